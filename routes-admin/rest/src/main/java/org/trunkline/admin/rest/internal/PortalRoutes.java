package org.trunkline.admin.rest.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.trunkline.admin.rest.PortalConnections;
import org.trunkline.model.Company;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection;
import org.trunkline.store.Companies;

/** Connecting portals: who may install, whose tokens are held, new tokens (rules T1 to T3). */
final class PortalRoutes extends JsonRoutes {

    /** Long enough to install an application by hand. */
    private static final Duration OPEN = Duration.ofMinutes(15);

    private final Companies companies;
    private final PortalConnections connections;

    PortalRoutes(Companies companies, PortalConnections connections) {
        this.companies = companies;
        this.connections = connections;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/portals/{portal}")
                .get("/installation")
                .to("direct:show-installation")
                .post("/installation")
                .to("direct:open-installation")
                .delete("/installation")
                .to("direct:close-installation")
                .post("/release")
                .to("direct:release-portal")
                .post("/refresh-tokens")
                .to("direct:refresh-tokens")
                .post("/check")
                .to("direct:check-portal");

        from("direct:show-installation")
                .routeId("show-installation")
                .process(answer(r -> with(r, (to, c) -> c.state(to.company(), to.portal()))));

        from("direct:open-installation")
                .routeId("open-installation")
                .process(answer(r -> with(r, (to, c) -> c.open(to.company(), to.portal(), OPEN))));

        from("direct:close-installation")
                .routeId("close-installation")
                .process(answer(r -> with(r, (to, c) -> c.close(to.company(), to.portal()))));

        from("direct:release-portal")
                .routeId("release-portal")
                .process(answer(r -> with(r, (to, c) -> c.release(to.company(), to.portal()))));

        from("direct:check-portal")
                .routeId("check-portal")
                .process(answer(r -> with(r, (to, c) -> c.check(to.company(), to.portal()))));

        from("direct:refresh-tokens")
                .routeId("refresh-tokens")
                .process(answer(r -> with(r, PortalRoutes::refresh)));
    }

    private record Renewal(boolean renewed, String outcome, Optional<String> cure) {}

    private record Addressee(String company, Portal portal) {}

    private Object with(Request request, BiFunction<Addressee, PortalConnection, Object> work) {
        Company company = request.company(companies);
        String id = request.path("portal");
        Portal portal = company.portal(id).orElseThrow(() -> RequestFault.unknown("portal", id));
        PortalConnection connection =
                connections
                        .of(portal.kind())
                        .orElseThrow(
                                () ->
                                        RequestFault.unavailable(
                                                "the bundle that connects portals of kind "
                                                        + DocumentReader.spelled(portal.kind())
                                                        + " does not run"));
        return work.apply(new Addressee(company.id(), portal), connection);
    }

    /** What went wrong is an answer too: people are to read it. */
    private static Object refresh(Addressee to, PortalConnection connection) {
        try {
            String outcome = connection.refreshTokens(to.company(), to.portal());
            return new Renewal(true, outcome, Optional.empty());
        } catch (Fault fault) {
            return new Renewal(
                    false,
                    fault.getMessage(),
                    Optional.of(fault.cure()).filter(cure -> !cure.isEmpty()));
        }
    }
}
