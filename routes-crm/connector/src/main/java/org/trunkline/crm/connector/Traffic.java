package org.trunkline.crm.connector;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.trunkline.model.Measured.Kind;
import org.trunkline.model.Measured.Measure;

/**
 * How much went to one portal since the start; the two figures' ratio tells how well it coalesces.
 */
public final class Traffic {

    private final Map<String, String> labels;
    private final LongAdder requests = new LongAdder();
    private final LongAdder commands = new LongAdder();

    public Traffic(String company, String portal) {
        labels = Map.of("company", company, "portal", portal);
    }

    /**
     * A request leaves.
     *
     * @param parts of it that could have been requests of their own
     */
    public void sent(int parts) {
        requests.increment();
        commands.add(parts);
    }

    public List<Measure> measures() {
        return List.of(
                counter("trunkline_crm_requests", "Requests to the portal", requests),
                counter("trunkline_crm_commands", "Commands to the portal, in requests", commands));
    }

    private Measure counter(String name, String help, LongAdder count) {
        return new Measure(name, help, Kind.COUNTER, labels, count.sum());
    }
}
