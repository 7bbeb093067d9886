package org.trunkline.crm.connector.install;

import java.util.Optional;
import java.util.function.BiPredicate;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * A portal is one company's at a time (rule T2).
 *
 * @param leave how a portal ends its connection by itself and is connected anew, for people
 */
public record SingleBinding(CrmKind kind, Companies companies, String leave) {

    /** Why a portal is not taken. */
    public record Conflict(String reason, String cure) {}

    /**
     * Who else has a portal.
     *
     * @param holds whether a company's entry is connected with the very portal
     * @return empty: nobody
     */
    public Optional<Conflict> elsewhere(
            String company, Portal portal, BiPredicate<String, Portal> holds) {
        return companies.all().stream()
                .flatMap(
                        other ->
                                other.portals().stream()
                                        .filter(p -> p.kind() == kind)
                                        .filter(
                                                p ->
                                                        !other.id().equals(company)
                                                                || !p.id().equals(portal.id()))
                                        .filter(p -> holds.test(other.id(), p))
                                        .map(p -> conflict(portal, other.id(), p.id())))
                .findFirst();
    }

    private Conflict conflict(Portal portal, String company, String entry) {
        return new Conflict(
                portal.address() + " is bound to company " + company + ", portal " + entry,
                "release it there (POST /api/v1/companies/"
                        + company
                        + "/portals/"
                        + entry
                        + "/release), or "
                        + leave);
    }
}
