package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.trunkline.model.Measured.Kind;
import org.trunkline.model.Measured.Measure;

/**
 * How much went to one portal since the start; the two figures' ratio tells how well it coalesces.
 */
final class Traffic {

    private final Map<String, String> labels;
    private final LongAdder requests = new LongAdder();
    private final LongAdder commands = new LongAdder();

    Traffic(String company, String portal) {
        labels = Map.of("company", company, "portal", portal);
    }

    void sent(Envelope envelope) {
        requests.increment();
        commands.add(envelope.parcels().stream().mapToInt(p -> p.commands().size()).sum());
    }

    List<Measure> measures() {
        return List.of(
                counter("trunkline_crm_requests", "Requests to the portal", requests),
                counter("trunkline_crm_commands", "Commands to the portal, in requests", commands));
    }

    private Measure counter(String name, String help, LongAdder count) {
        return new Measure(name, help, Kind.COUNTER, labels, count.sum());
    }
}
