package org.trunkline.pbx.asterisk.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fault;
import org.trunkline.store.Leases;

/**
 * Hands events on while this hub serves the company. While another hub does, each waiting hub
 * listens too and keeps the last moments: AMI tells nothing twice, so what the other one heard and
 * did not write before it fell silent would be lost. What both write counts once, by the fold.
 */
final class Relay {

    /** Well above the time in which a silent hub is succeeded. */
    static final Duration KEPT = Duration.ofSeconds(3L * Leases.SECONDS_TO_TAKE_OVER);

    /** Memory's bound; about 40 MB. */
    private static final int MOST_KEPT = 50_000;

    private static final int MOST_AT_ONCE = 500;

    /** Takes translated events; fails if they could not be made durable. */
    interface Output {
        void accept(List<CallEvent> events) throws Exception;
    }

    private record Kept(CallEvent event, Instant at) {}

    private final Leases leases;
    private final String company;
    private final Output output;
    private final Clock clock;
    private final Deque<Kept> kept = new ArrayDeque<>();

    Relay(Leases leases, String company, Output output, Clock clock) {
        this.leases = leases;
        this.company = company;
        this.output = output;
        this.clock = clock;
    }

    /**
     * Hands on, or keeps. Without events: hands on what was kept, if that is due.
     *
     * @throws Exception if the events must be brought again: they are not durable, or nobody knows
     *     now which hub serves the company
     */
    synchronized void accept(List<CallEvent> events) throws Exception {
        switch (leases.standing(company)) {
            case SERVING -> {
                handOnKept();
                if (!events.isEmpty()) {
                    output.accept(events);
                }
            }
            case STANDBY -> keep(events);
            case DOUBTFUL ->
                    throw new Fault.Retryable(
                            "the database does not say which hub serves company " + company,
                            Duration.ZERO);
        }
    }

    private void handOnKept() throws Exception {
        while (!kept.isEmpty()) {
            List<CallEvent> some = new ArrayList<>();
            kept.stream().limit(MOST_AT_ONCE).map(Kept::event).forEach(some::add);
            output.accept(some);
            some.forEach(handedOn -> kept.removeFirst());
        }
    }

    private void keep(List<CallEvent> events) {
        Instant now = clock.instant();
        events.forEach(event -> kept.addLast(new Kept(event, now)));
        Instant since = now.minus(KEPT);
        while (!kept.isEmpty() && (kept.size() > MOST_KEPT || kept.peek().at().isBefore(since))) {
            kept.removeFirst();
        }
    }
}
