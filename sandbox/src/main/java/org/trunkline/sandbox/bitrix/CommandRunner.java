package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Faults;
import org.trunkline.sandbox.portal.PortalClock;

/** Runs one command: whether it exists and is allowed, what it costs, what it does. */
final class CommandRunner {
    private final MethodTable methods;

    CommandRunner(MethodTable methods) {
        this.methods = methods;
    }

    /** The vendor cut the request off; what ran before stays done. */
    static final class CutOff extends RuntimeException {
        CutOff() {
            super("The request took longer than the portal's limit", null, false, false);
        }
    }

    /** The time one HTTP request may take. */
    static final class Budget {
        private final PortalClock clock;
        private Duration left;

        Budget(Portal portal) {
            clock = portal.clock();
            left = portal.requestLimit();
        }

        /** Spends the time; when it is more than what is left, spends that and cuts off. */
        void spend(Duration time) {
            Duration spent = time.compareTo(left) > 0 ? left : time;
            clock.spend(spent);
            left = left.minus(spent);
            if (spent.compareTo(time) < 0) {
                throw new CutOff();
            }
        }
    }

    RestResult run(RestCall call, Budget budget) throws RestFault {
        MethodTable.Entry entry =
                methods.find(call.method())
                        .filter(found -> !absent(call.portal(), found.name()))
                        .orElseThrow(
                                () ->
                                        new RestFault(
                                                404,
                                                "ERROR_METHOD_NOT_FOUND",
                                                "Method not found!"));
        if (entry.appOnly() && call.caller().webhook()) {
            throw new RestFault(
                    403, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method");
        }
        Scopes.check(call);
        Portal portal = call.portal();
        String key = MethodTable.key(call.method());
        planted(portal, key);
        String app = call.caller().app();
        if (!portal.operating().admits(app, key, portal.now())) {
            throw new RestFault(
                    429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.");
        }
        Duration cost = portal.clock().scaled(entry.cost());
        budget.spend(cost);
        portal.operating().add(app, key, cost, portal.now());
        if (!entry.locked()) {
            return entry.body().run(call);
        }
        synchronized (portal) {
            return entry.body().run(call);
        }
    }

    private static boolean absent(Portal portal, String method) {
        return portal.absent().contains(MethodTable.key(method));
    }

    /** The {@code time} block of a reply. */
    ObjectNode time(Portal portal, Caller caller, String method, Instant start) {
        Instant finish = portal.now();
        String key = MethodTable.key(method);
        double duration = Duration.between(start, finish).toNanos() / 1e9;
        ObjectNode time =
                Json.object()
                        .put("start", seconds(start))
                        .put("finish", seconds(finish))
                        .put("duration", duration)
                        .put("processing", duration)
                        .put("date_start", PortalClock.text(start))
                        .put("date_finish", PortalClock.text(finish));
        // Unconfirmed: a box whose limit is off is taken to tell no figures of it.
        return portal.operating().enabled()
                ? time.put(
                                "operating_reset_at",
                                portal.operating()
                                        .resetAt(caller.app(), key, finish)
                                        .getEpochSecond())
                        .put("operating", portal.operating().spent(caller.app(), key, finish))
                : time;
    }

    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }

    private static void planted(Portal portal, String method) throws RestFault {
        Optional<Faults.Fault> fault =
                portal.faults().strike(Set.of("error"), List.of(method), portal.now());
        if (fault.isPresent()) {
            throw new RestFault(
                    fault.get().status(400),
                    fault.get().text("error", "ERROR_CORE"),
                    fault.get().text("error_description", "Planted by the sandbox"));
        }
    }
}
