package org.trunkline.pbx.mango.internal;

import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.mango.internal.translate.Unclosed;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** Looks each minute for calls whose summary never came. */
public final class UnclosedRoute extends RouteBuilder {

    private final Companies companies;
    private final Calls calls;
    private final Clock clock;

    public UnclosedRoute(Companies companies, Calls calls, Clock clock) {
        this.companies = companies;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public void configure() {
        onException(Fault.Retryable.class)
                .handled(true)
                .log(LoggingLevel.WARN, "calls without a summary must wait: ${exception.message}");

        from("timer:mango-unclosed?delay=60s&period=60s")
                .routeId("mango-unclosed-timer")
                .to("direct:mango-unclosed");

        from("direct:mango-unclosed")
                .routeId("mango-unclosed")
                .process(this::findUnclosed)
                .to("journal:append");
    }

    private void findUnclosed(Exchange exchange) {
        exchange.getMessage()
                .setBody(companies.all().stream().flatMap(c -> ends(c).stream()).toList());
    }

    private List<CallEvent> ends(Company company) {
        return company.pbx().stream()
                .filter(account -> account.kind() == PbxKind.MANGO)
                .flatMap(account -> calls.open(company.id(), account.id()).stream())
                .flatMap(call -> Unclosed.end(call, clock.instant()).stream())
                .toList();
    }
}
