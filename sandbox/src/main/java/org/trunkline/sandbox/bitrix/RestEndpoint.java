package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.Faults;
import org.trunkline.sandbox.portal.WireFaults;

/** {@code /rest/METHOD} and {@code /rest/USER/CODE/METHOD}, with limits, faults and the ledger. */
final class RestEndpoint {
    private static final Set<String> TOKENS = Set.of("expireToken", "revokeToken");

    private final CommandRunner runner;
    private final Batch batch;

    RestEndpoint(MethodTable methods) {
        runner = new CommandRunner(methods);
        batch = new Batch(runner);
    }

    /** One request as the ledger tells of it. */
    private record Visit(Portal portal, Request request, String method, ObjectNode params) {
        boolean isBatch() {
            return MethodTable.key(method).equals("batch");
        }

        List<String> commands() {
            List<String> names = new ArrayList<>();
            if (isBatch()) {
                Batch.commands(params).values().forEach(c -> names.add(Batch.method(c)));
            } else {
                names.add(method);
            }
            return names;
        }

        /** For the faults: the method itself and what is inside. */
        List<String> keys() {
            List<String> keys = new ArrayList<>(commands().stream().map(MethodTable::key).toList());
            keys.add(MethodTable.key(method));
            return keys;
        }
    }

    Reply handle(Portal portal, Request request) {
        if (portal.movedTo().isPresent()) {
            // A renamed portal: clients that follow turn their POST into a GET.
            String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
            return Reply.redirect(
                    302,
                    portal.movedTo().get() + "/rest/" + String.join("/", request.path()) + query);
        }
        String method =
                request.path().isEmpty() ? "" : request.path().get(request.path().size() - 1);
        Visit visit = new Visit(portal, request, method, request.parameters());
        Instant start = portal.now();
        Reply reply = answer(visit, start);
        portal.ledger()
                .add(
                        start,
                        method,
                        visit.commands(),
                        AskedCards.of(portal, method, visit.params()),
                        request,
                        reply);
        return reply;
    }

    private Reply answer(Visit visit, Instant start) {
        Portal portal = visit.portal();
        Optional<Reply> cut = WireFaults.cut(portal, visit.keys());
        if (cut.isPresent()) {
            return cut.get();
        }
        try {
            if (!portal.bucket().admit(visit.request().remoteAddress(), portal.now())) {
                throw new RestFault(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
            }
            Optional<Reply> planted = WireFaults.answered(portal, visit.keys());
            return planted.isPresent()
                    ? planted.get()
                    : WireFaults.delivered(portal, visit.keys(), run(visit, start));
        } catch (RestFault fault) {
            return Reply.json(fault.status(), fault.body(portal.errorStyle()));
        } catch (CommandRunner.CutOff e) {
            return Reply.html(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>");
        }
    }

    private Reply run(Visit visit, Instant start) throws RestFault {
        Portal portal = visit.portal();
        Caller caller = authenticate(visit);
        CommandRunner.Budget budget = new CommandRunner.Budget(portal);
        WireFaults.slow(portal, visit.keys()).ifPresent(fault -> budget.spend(fault.seconds(20)));
        ObjectNode body = Json.object();
        if (visit.isBatch()) {
            body.set("result", batch.run(portal, caller, visit.params(), budget));
        } else {
            RestCall call = new RestCall(portal, visit.method(), visit.params(), caller);
            RestResult result = runner.run(call, budget);
            body.set("result", result.value());
            result.total().ifPresent(total -> body.put("total", total));
            result.next().ifPresent(next -> body.put("next", next));
        }
        body.set("time", runner.time(portal, caller, visit.method(), start));
        return Reply.json(200, body);
    }

    private Caller authenticate(Visit visit) throws RestFault {
        Portal portal = visit.portal();
        strike(visit, TOKENS)
                .ifPresent(
                        fault -> {
                            if (fault.kind().equals("expireToken")) {
                                portal.tokens().expireAll();
                            } else {
                                portal.tokens().revokeAll();
                            }
                        });
        List<String> path = visit.request().path();
        if (path.size() == 3) {
            return webhook(portal, path.get(0), path.get(1));
        }
        return application(portal, Json.text(visit.params(), "auth"));
    }

    static Caller application(Portal portal, String token) throws RestFault {
        Optional<String> user = portal.tokens().user(token, portal.now());
        if (user.isPresent()) {
            return new Caller(user.get(), false, portal.tokens().clientId(), token);
        }
        throw portal.tokens().wasGood(token)
                ? new RestFault(401, "expired_token", "The access token provided has expired.")
                : new RestFault(401, "NO_AUTH_FOUND", "Wrong authorization data");
    }

    private static Caller webhook(Portal portal, String user, String code) throws RestFault {
        synchronized (portal) {
            return portal.webhooks().all().stream()
                    .filter(row -> Json.text(row, "USER_ID").equals(user))
                    .filter(row -> Json.text(row, "CODE").equals(code))
                    .map(row -> new Caller(user, true, "webhook-" + Json.text(row, "ID"), ""))
                    .findFirst()
                    .orElseThrow(
                            () -> new RestFault(401, "NO_AUTH_FOUND", "Wrong authorization data"));
        }
    }

    private static Optional<Faults.Fault> strike(Visit visit, Set<String> kinds) {
        return visit.portal().faults().strike(kinds, visit.keys(), visit.portal().now());
    }
}
