package org.trunkline.admin.rest.internal;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.admin.rest.DeliveredLinks;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingLinks;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** The links at which recordings are played: reading them, and having all of them die. */
final class RecordingLinkRoutes extends JsonRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingLinkRoutes.class);

    private final Companies companies;
    private final Calls calls;
    private final DeliveredLinks links;

    RecordingLinkRoutes(Companies companies, Calls calls, DeliveredLinks links) {
        this.companies = companies;
        this.calls = calls;
        this.links = links;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/calls/{id}")
                .get("/recording-links")
                .to("direct:recording-links");

        rest("/api/v1/companies/{company}/recording-links")
                .post("/revoke")
                .to("direct:revoke-recording-links");

        from("direct:recording-links").routeId("recording-links").process(answer(this::list));

        from("direct:revoke-recording-links")
                .routeId("revoke-recording-links")
                .process(obey(this::revoke));
    }

    private record Link(String recording, URI link) {}

    private Object list(Request request) {
        Company company = request.company(companies);
        String id = request.path("id");
        Call call =
                calls.find(company.id(), id).orElseThrow(() -> RequestFault.unknown("call", id));
        RecordingLinks made = links();
        List<Link> items =
                call.recordings().stream()
                        .map(recording -> link(made, call, recording))
                        .flatMap(Optional::stream)
                        .toList();
        return items.isEmpty() && !call.recordings().isEmpty()
                ? Map.of("items", items, "reason", RecordingLinks.NONE, "cure", RecordingLinks.CURE)
                : Map.of("items", items);
    }

    private static Optional<Link> link(RecordingLinks made, Call call, Recording recording) {
        return made.link(call.company(), call.id(), recording)
                .map(link -> new Link(recording.id(), link));
    }

    private void revoke(Request request) {
        Company company = request.company(companies);
        links().revoke(company.id());
        LOG.info(
                "All links to recordings of {} were revoked by {}", company.id(), request.author());
    }

    private RecordingLinks links() {
        return links.now()
                .orElseThrow(
                        () ->
                                RequestFault.unavailable(
                                        "the bundle that plays recordings does not run"));
    }
}
