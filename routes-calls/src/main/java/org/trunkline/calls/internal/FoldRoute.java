package org.trunkline.calls.internal;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Call;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;

/**
 * Events become calls. A fold that fails leaves its events in the journal: the component names the
 * call in the log and brings it again later, while other calls go on.
 */
public final class FoldRoute extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(FoldRoute.class);

    private final Calls calls;
    private final Concerned concerned;
    private final int parallel;

    public FoldRoute(Calls calls, Companies companies, int parallel) {
        this.calls = calls;
        this.concerned = new Concerned(companies);
        this.parallel = parallel;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("journal:unfolded?parallel=" + parallel)
                .routeId("fold")
                .process(this::fold)
                .id("fold-into-call-and-work")
                .process(this::tell)
                .id("tell");
    }

    private void fold(Exchange exchange) {
        Journal.Unfolded events = exchange.getMessage().getBody(Journal.Unfolded.class);
        exchange.getMessage().setBody(calls.fold(events, concerned));
    }

    private void tell(Exchange exchange) {
        Call call = exchange.getMessage().getBody(Call.class);
        LOG.debug(
                "Call {} of {}/{} is {}", call.id(), call.company(), call.account(), call.state());
    }
}
