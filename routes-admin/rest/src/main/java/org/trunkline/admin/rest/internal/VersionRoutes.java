package org.trunkline.admin.rest.internal;

import java.util.Optional;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.admin.rest.VersionView;
import org.trunkline.store.Companies;

/** What a company's document was, who changed what, and the way back (rule X6). */
final class VersionRoutes extends JsonRoutes {

    private final Provisioning provisioning;
    private final Companies companies;

    VersionRoutes(Provisioning provisioning, Companies companies) {
        this.provisioning = provisioning;
        this.companies = companies;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/versions")
                .get()
                .to("direct:list-versions")
                .get("/{number}")
                .to("direct:show-version")
                .post("/{number}/restore")
                .to("direct:restore-version");

        from("direct:list-versions").routeId("list-versions").process(answer(this::list));

        from("direct:show-version").routeId("show-version").process(answerTagged(this::show));

        from("direct:restore-version")
                .routeId("restore-version")
                .process(answerTagged(this::restore));
    }

    private Object list(Request request) {
        String company = request.company(companies).id();
        int limit = request.limit();
        return items(
                request.page(cursor -> companies.versions(company, cursor, limit)),
                version -> VersionView.of(companies, company, version.number()).orElseThrow());
    }

    private Tagged show(Request request) {
        String company = request.company(companies).id();
        int number = number(request);
        return VersionView.whole(companies, company, number)
                .map(version -> new Tagged(number, version))
                .orElseThrow(() -> unknown(request));
    }

    private Tagged restore(Request request) {
        String company = request.company(companies).id();
        Companies.Stored old =
                companies.version(company, number(request)).orElseThrow(() -> unknown(request));
        Provisioning.Accepted accepted =
                accepted(provisioning.restore(company, old, request.author(), request.madeFrom()));
        return new Tagged(accepted.version(), accepted.withWarnings());
    }

    private static int number(Request request) {
        return Optional.of(request.path("number"))
                .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                .map(Integer::parseInt)
                .orElseThrow(() -> unknown(request));
    }

    private static RequestFault unknown(Request request) {
        return RequestFault.unknown("version", request.path("number"));
    }
}
