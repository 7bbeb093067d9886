package org.trunkline.bench.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.bench.Progress;

/** Requests that one call alone takes, while the CRM has room: nothing waits for company. */
public final class Alone {
    private static final int CLIENTS = 100;
    private static final String ANSWERED = "mixmonitor";

    private final Firm firm;
    private int played;

    public Alone(Firm firm) {
        this.firm = firm;
    }

    /**
     * A call to measure.
     *
     * @param kind as its figure is called
     * @param known whether the CRM knows the client
     */
    public record Single(String kind, String capture, boolean known) {
        /** Answered and recorded. */
        public static Single answered(String kind, boolean known) {
            return new Single(kind, ANSWERED, known);
        }
    }

    /** What each call costs, by its kind. */
    public Map<String, Cost> measure(List<Single> calls) throws IOException, InterruptedException {
        firm.know(CLIENTS);
        // The first calls fetch what is then known: users, pipelines, the portal's mode.
        play(Single.answered("", true));
        play(Single.answered("", false));
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Single call : calls) {
            costs.put(call.kind(), play(call));
        }
        costs.forEach(
                (kind, cost) ->
                        Progress.say(
                                "%s, %s: %d requests, %d uploads, %d commands %s",
                                firm.feed().id(),
                                kind,
                                cost.requests(),
                                cost.uploads(),
                                cost.commands(),
                                cost.names()));
        return costs;
    }

    private Cost play(Single call) throws IOException, InterruptedException {
        played++;
        firm.forgetLedger();
        firm.play(call.capture(), Firm.client(call.known() ? played : CLIENTS + played), 1).join();
        firm.rest();
        return Cost.of(firm.state().path("ledger"), firm.crm());
    }
}
