package org.trunkline.admin.rest.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trunkline.model.Company;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** Portals that another company holds: a portal belongs to one company at a time (rule T2). */
public final class BoundPortals {

    private final Companies companies;

    public BoundPortals(Companies companies) {
        this.companies = companies;
    }

    /**
     * What is wrong with the portals of a document, by the {@code memberId} that it brings.
     *
     * @param given the document's secrets
     */
    public List<DocumentFault> faults(Company company, Map<String, String> given) {
        return IntStream.range(0, company.portals().size())
                .boxed()
                .flatMap(i -> fault(company, i, given).stream())
                .toList();
    }

    private Optional<DocumentFault> fault(Company company, int index, Map<String, String> given) {
        Portal portal = company.portals().get(index);
        return Optional.ofNullable(given.get(portal.secretKey("memberId")))
                .flatMap(member -> holder(company.id(), member))
                .map(
                        holder ->
                                new DocumentFault(
                                        "/portals/" + index + "/auth/memberId",
                                        "is that of a portal that company " + holder + " holds",
                                        "release it there first (POST /api/v1/companies/"
                                                + holder
                                                + "/portals/…/release), or take it out of that"
                                                + " company's document"));
    }

    private Optional<String> holder(String company, String member) {
        return companies.all().stream()
                .filter(other -> !other.id().equals(company))
                .filter(other -> other.portals().stream().anyMatch(p -> holds(other, p, member)))
                .map(Company::id)
                .findFirst();
    }

    private boolean holds(Company company, Portal portal, String member) {
        return companies
                        .secret(company.id(), portal.secretKey("memberId"))
                        .filter(member::equals)
                        .isPresent()
                && companies.secret(company.id(), portal.secretKey("accessToken")).isPresent();
    }
}
