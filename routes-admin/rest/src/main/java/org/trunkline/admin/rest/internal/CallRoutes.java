package org.trunkline.admin.rest.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Page;
import org.trunkline.store.Work;

/** What was heard, decided and done (contracts.md, "Reading what happened"). */
final class CallRoutes extends JsonRoutes {

    private final Companies companies;
    private final Calls calls;
    private final Work work;

    CallRoutes(Companies companies, Calls calls, Work work) {
        this.companies = companies;
        this.calls = calls;
        this.work = work;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/calls")
                .get()
                .to("direct:list-calls")
                .get("/{id}")
                .to("direct:show-call");

        from("direct:list-calls").routeId("list-calls").process(answer(this::list));

        from("direct:show-call").routeId("show-call").process(answer(this::show));
    }

    private Object list(Request request) {
        Company company = request.company(companies);
        Optional<Instant> since = request.since();
        int limit = request.limit();
        Page<Call> page = request.page(cursor -> calls.list(company.id(), since, cursor, limit));
        return items(page, call -> view(company, call));
    }

    private Object show(Request request) {
        Company company = request.company(companies);
        String id = request.path("id");
        Call call =
                calls.find(company.id(), id).orElseThrow(() -> RequestFault.unknown("call", id));
        return view(company, call)
                .with(
                        calls.events(company.id(), id),
                        work.decisions(company.id(), id),
                        work.steps(company.id(), id));
    }

    /** Steps are read only where they say something: of recordings. */
    private CallView view(Company company, Call call) {
        List<Work.Taken> taken =
                call.recordings().isEmpty() ? List.of() : work.steps(company.id(), call.id());
        return CallView.of(call, Optional.of(company), taken);
    }
}
