package org.trunkline.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.trunkline.model.CallEvent;
import org.trunkline.store.Journal;

/** Appends and returns once that is committed. */
final class JournalProducer extends DefaultProducer {

    private final Journal journal;

    JournalProducer(Endpoint endpoint, Journal journal) {
        super(endpoint);
        this.journal = journal;
    }

    @Override
    public void process(Exchange exchange) {
        List<CallEvent> events = events(exchange.getMessage().getBody());
        if (!events.isEmpty()) {
            journal.append(events);
        }
    }

    private static List<CallEvent> events(Object body) {
        Iterable<?> given = body instanceof Iterable<?> many ? many : List.of(body);
        List<CallEvent> events = new ArrayList<>();
        for (Object each : given) {
            if (!(each instanceof CallEvent event)) {
                throw new IllegalArgumentException(
                        "journal: takes CallEvents, not " + each.getClass().getName());
            }
            events.add(event);
        }
        return events;
    }
}
