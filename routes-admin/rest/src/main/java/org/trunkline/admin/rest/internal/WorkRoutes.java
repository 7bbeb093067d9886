package org.trunkline.admin.rest.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trunkline.model.DocumentReader;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** What the CRMs still lack, and the dead letters (rule X3). */
final class WorkRoutes extends JsonRoutes {

    private final Companies companies;
    private final Work work;

    WorkRoutes(Companies companies, Work work) {
        this.companies = companies;
        this.work = work;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/work")
                .get()
                .to("direct:list-work")
                .post("/{id}/replay")
                .to("direct:replay-work")
                .delete("/{id}")
                .to("direct:drop-work");

        from("direct:list-work").routeId("list-work").process(answer(this::list));

        from("direct:replay-work").routeId("replay-work").process(obey(this::replay));

        from("direct:drop-work").routeId("drop-work").process(obey(this::drop));
    }

    private Object list(Request request) {
        String company = request.company(companies).id();
        Optional<Work.State> state = request.optional("state").map(WorkRoutes::state);
        int limit = request.limit();
        return items(
                request.page(cursor -> work.list(company, state, cursor, limit)), ItemView::of);
    }

    private void replay(Request request) {
        String id = request.path("id");
        if (!work.replay(request.company(companies).id(), number(id))) {
            throw RequestFault.unknown("work", id);
        }
    }

    private void drop(Request request) {
        String id = request.path("id");
        if (!work.delete(request.company(companies).id(), number(id))) {
            throw RequestFault.unknown("work", id);
        }
    }

    private static long number(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw RequestFault.unknown("work", id);
        }
        return Long.parseLong(id);
    }

    private static Work.State state(String text) {
        return Arrays.stream(Work.State.values())
                .filter(s -> DocumentReader.spelled(s).equals(text))
                .findFirst()
                .orElseThrow(
                        () -> RequestFault.parameter("state", text, "give one of " + states()));
    }

    private static String states() {
        return Arrays.stream(Work.State.values())
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** A row as contracts.md wants it. */
    record ItemView(
            String id,
            String call,
            String integration,
            Work.State state,
            Instant dueAt,
            int attempts,
            Optional<String> error) {

        static ItemView of(Work.Item item) {
            return new ItemView(
                    Long.toString(item.id()),
                    item.call(),
                    item.integration(),
                    item.state(),
                    item.dueAt(),
                    item.attempts(),
                    item.error());
        }
    }
}
