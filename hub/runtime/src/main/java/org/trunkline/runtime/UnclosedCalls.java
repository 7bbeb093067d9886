package org.trunkline.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxKind;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/**
 * Looks each minute for calls of one kind of PBX whose end was never heard of, as after a webhook
 * that got lost, and ends them. Told as {@link Confidence#POLLED}: a closing record that comes
 * later still has the last word.
 */
public final class UnclosedCalls extends RouteBuilder {

    /** After the last that was heard; longer than a client waits in a queue. */
    static final Duration QUIET = Duration.ofMinutes(30);

    /** After a talk began of which nothing more was heard; longer than people talk. */
    static final Duration LONGEST_TALK = Duration.ofHours(12);

    private final PbxKind kind;
    private final Companies companies;
    private final Calls calls;
    private final Clock clock;

    public UnclosedCalls(PbxKind kind, Companies companies, Calls calls, Clock clock) {
        this.kind = kind;
        this.companies = companies;
        this.calls = calls;
        this.clock = clock;
    }

    /** Where a look begins; {@code direct:uis-unclosed} for UIS. */
    public static String look(PbxKind kind) {
        return "direct:" + name(kind);
    }

    private static String name(PbxKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "-unclosed";
    }

    @Override
    public void configure() {
        onException(Fault.Retryable.class)
                .handled(true)
                .log(LoggingLevel.WARN, "calls without an end must wait: ${exception.message}");

        from("timer:" + name(kind) + "?delay=60s&period=60s")
                .routeId(name(kind) + "-timer")
                .to(look(kind));

        from(look(kind)).routeId(name(kind)).process(this::find).to("journal:append");
    }

    private void find(Exchange exchange) {
        exchange.getMessage().setBody(companies.all().stream().flatMap(this::ends).toList());
    }

    private Stream<CallEvent> ends(Company company) {
        return company.pbx().stream()
                .filter(account -> account.kind() == kind)
                .flatMap(account -> calls.open(company.id(), account.id()).stream())
                .flatMap(call -> end(call, clock.instant()).stream());
    }

    /** The end of the call, if it is time to conclude it; the same from any hub, at any time. */
    static Optional<CallEvent> end(Call call, Instant now) {
        boolean talk = call.legs().stream().anyMatch(leg -> leg.answered() && !leg.ended());
        Instant last =
                call.legs().stream()
                        .flatMap(UnclosedCalls::times)
                        .reduce(call.startedAt(), (a, b) -> a.isAfter(b) ? a : b);
        if (call.ended() || last.plus(talk ? LONGEST_TALK : QUIET).isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(
                new CallEvent(
                        call.company(),
                        call.account(),
                        call.key(),
                        Optional.empty(),
                        Optional.of("unclosed-" + last.toEpochMilli() + "-" + call.key()),
                        last.toEpochMilli(),
                        last,
                        now,
                        Confidence.POLLED,
                        new Fact.Ended(Optional.empty()),
                        "no end was heard of"));
    }

    private static Stream<Instant> times(Leg leg) {
        return Stream.of(leg.ringingAt(), leg.answeredAt(), leg.endedAt())
                .flatMap(Optional::stream);
    }
}
