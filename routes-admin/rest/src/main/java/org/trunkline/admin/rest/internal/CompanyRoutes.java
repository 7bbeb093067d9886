package org.trunkline.admin.rest.internal;

import java.util.List;
import java.util.Map;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.model.Company;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** One document a company (contracts.md, "Provisioning"). */
final class CompanyRoutes extends JsonRoutes {

    private final Provisioning provisioning;
    private final Companies companies;

    CompanyRoutes(Provisioning provisioning, Companies companies) {
        this.provisioning = provisioning;
        this.companies = companies;
    }

    @Override
    void routes() {
        rest("/api/v1/companies")
                .get()
                .to("direct:list-companies")
                .get("/{company}")
                .to("direct:show-company")
                .put("/{company}")
                .to("direct:provision-company");

        from("direct:list-companies").routeId("list-companies").process(answer(r -> list()));

        from("direct:show-company").routeId("show-company").process(answerTagged(this::show));

        from("direct:provision-company")
                .routeId("provision-company")
                .process(answerTagged(this::apply));
    }

    private Object list() {
        return Map.of("items", companies.all().stream().map(Summary::of).toList());
    }

    private Tagged show(Request request) {
        String company = request.path("company");
        return companies
                .latest(company)
                .map(latest -> new Tagged(latest.version().number(), latest.document()))
                .orElseThrow(() -> RequestFault.unknown("company", company));
    }

    private Tagged apply(Request request) {
        Provisioning.Accepted accepted =
                accepted(
                        provisioning.apply(
                                request.path("company"),
                                request.body(),
                                request.author(),
                                request.madeFrom()));
        return new Tagged(accepted.version(), accepted.withWarnings());
    }

    /** A company in the list. */
    record Summary(
            String id,
            String name,
            List<String> pbx,
            List<String> portals,
            List<String> integrations) {

        static Summary of(Company company) {
            return new Summary(
                    company.id(),
                    company.name(),
                    company.pbx().stream().map(PbxAccount::id).toList(),
                    company.portals().stream().map(Portal::id).toList(),
                    company.integrations().stream().map(Integration::id).toList());
        }
    }
}
