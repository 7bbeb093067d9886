package org.trunkline.bench.bitrix24;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trunkline.bench.Progress;

/** Requests that one call alone takes, while the bucket has room: nothing waits for company. */
final class Alone {
    private static final int CLIENTS = 100;

    /** Kinds of calls by the name of their figure. */
    private static final Map<String, String> CALLS =
            Map.of("answered", "mixmonitor", "ringAll", "ringall-answered");

    private final Firm firm;
    private int played;

    Alone(Firm firm) {
        this.firm = firm;
    }

    /**
     * What calls of each kind cost, by kind and client: {@code answered}, {@code ringAll}, {@code
     * answeredNew}.
     */
    Map<String, Cost> measure() throws IOException, InterruptedException {
        firm.know(1, CLIENTS);
        // The first call fetches what is then known: users, the portal's mode.
        play("mixmonitor", Firm.client(++played));
        play("mixmonitor", Firm.client(CLIENTS + ++played));
        firm.awaitInBook(Firm.client(CLIENTS));
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Map.Entry<String, String> call : CALLS.entrySet()) {
            costs.put(call.getKey(), play(call.getValue(), Firm.client(++played)));
        }
        costs.put("answeredNew", play("mixmonitor", Firm.client(CLIENTS + ++played)));
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

    private Cost play(String capture, String client) throws IOException, InterruptedException {
        firm.put(Firm.object().set("ledger", Firm.object().arrayNode()));
        firm.play(capture, client, 1).join();
        firm.rest();
        return Cost.of(firm.state().path("ledger"));
    }
}
