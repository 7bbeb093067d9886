package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;
import org.trunkline.sandbox.portal.WireFaults;

/** {@code /api/…} of one account: faults, limits, authentication, the route, the ledger. */
final class ApiEndpoint {
    /** What a request costs under the clock's factor 1. */
    private static final Duration COST = Duration.ofMillis(100);

    private static final Set<String> TOKENS = Set.of("expireToken", "revokeToken");
    private final ApiRoutes routes = new ApiRoutes();

    /** One request and the routes that fit its path. */
    private record Visit(Request request, List<ApiRoutes.Match> matches) {
        Optional<ApiRoutes.Match> match() {
            return matches.stream().filter(m -> m.verb().equals(request.verb())).findFirst();
        }

        /** The path below {@code /api/} without ids, as the ledger and the faults know it. */
        String path() {
            return matches.isEmpty()
                    ? String.join("/", request.path())
                    : match().orElse(matches.get(0)).name();
        }

        String name() {
            return request.verb() + " /api/" + path();
        }

        /** What the query is about, without its values: {@code ?filter.id,limit}. */
        String asked() {
            Set<String> keys = new TreeSet<>();
            for (Map.Entry<String, JsonNode> part : request.query().properties()) {
                if (part.getValue().isObject()) {
                    part.getValue()
                            .fieldNames()
                            .forEachRemaining(inner -> keys.add(part.getKey() + "." + inner));
                } else {
                    keys.add(part.getKey());
                }
            }
            return keys.isEmpty() ? "" : "?" + String.join(",", keys);
        }

        /** {@code contacts}, {@code get contacts}, {@code get /api/v4/contacts} and so on. */
        List<String> keys() {
            String path = path().toLowerCase(Locale.ROOT);
            String brief = path.replaceFirst("^v4/", "");
            String verb = request.verb().toLowerCase(Locale.ROOT);
            return List.of(brief, verb + " " + brief, "/api/" + path, verb + " /api/" + path, path);
        }
    }

    Reply handle(AmoPortal portal, Request request) {
        Visit visit = new Visit(request, routes.find(request.path()));
        Instant start = portal.now();
        Reply reply = answer(portal, visit);
        JsonNode body = body(request).orElseGet(Json::object);
        portal.ledger()
                .add(
                        start,
                        visit.name(),
                        Collections.nCopies(items(body), visit.name() + visit.asked()),
                        Popups.numbers(visit.path(), body),
                        request,
                        reply);
        return reply.with("X-Request-Id", UUID.randomUUID().toString());
    }

    private Reply answer(AmoPortal portal, Visit visit) {
        List<String> keys = visit.keys();
        return WireFaults.cut(portal, keys)
                .or(() -> tooFast(portal))
                .or(() -> WireFaults.answered(portal, keys))
                .orElseGet(
                        () -> {
                            spend(portal, keys);
                            Reply reply = run(portal, visit);
                            return WireFaults.delivered(portal, keys, reply);
                        });
    }

    /** The cost of a request, and what a fault adds. */
    static void spend(AmoPortal portal, List<String> keys) {
        WireFaults.slow(portal, keys).ifPresent(slow -> portal.clock().spend(slow.seconds(20)));
        portal.clock().spend(portal.clock().scaled(COST));
    }

    /** 429, or 403 for who did not heed it; neither is JSON. */
    static Optional<Reply> tooFast(AmoPortal portal) {
        return switch (portal.rate().admit(portal.now())) {
            case WELCOME -> Optional.empty();
            case TOO_MANY ->
                    Optional.of(Reply.html(429, "<html><h1>429 Too Many Requests</h1></html>"));
            case BLOCKED -> Optional.of(Reply.html(403, "<html><h1>403 Forbidden</h1></html>"));
        };
    }

    private static Reply run(AmoPortal portal, Visit visit) {
        try {
            String user = user(portal, visit);
            if (!portal.account().path("is_paid").asBoolean(true)) {
                throw ApiFault.of(402, "Payment Required", "Account is not paid");
            }
            if (visit.matches().isEmpty()) {
                throw ApiFault.notFound();
            }
            ApiRoutes.Match match =
                    visit.match()
                            .orElseThrow(
                                    () -> ApiFault.of(405, "Method Not Allowed", "Not allowed"));
            Request request = visit.request();
            ApiCall call =
                    new ApiCall(
                            portal,
                            "/api/" + String.join("/", request.path()),
                            request.rawQuery(),
                            match.arguments(),
                            request.query(),
                            body(request)
                                    .orElseThrow(() -> ApiFault.badRequest("Invalid JSON body")),
                            user);
            synchronized (portal) {
                return match.handler().handle(call);
            }
        } catch (ApiFault fault) {
            return fault.reply();
        }
    }

    private static String user(AmoPortal portal, Visit visit) throws ApiFault {
        portal.faults()
                .strike(TOKENS, visit.keys(), portal.now())
                .ifPresent(
                        fault -> {
                            if (fault.kind().equals("expireToken")) {
                                portal.tokens().expireAll();
                            } else {
                                portal.tokens().revokeAll();
                            }
                        });
        String token = visit.request().header("Authorization").replaceFirst("^Bearer ", "");
        String owner =
                portal.tokens().user(token, portal.now()).orElseThrow(ApiFault::unauthorized);
        String other = visit.request().header("X-Context-User-ID");
        synchronized (portal) {
            if (other.isEmpty()) {
                return owner;
            }
            if (!portal.isAdmin(owner) || portal.users().get(other).isEmpty()) {
                throw ApiFault.forbidden();
            }
            return other;
        }
    }

    /**
     * The body; empty if it is not what it must be: JSON that says so in its type. The old method
     * takes urlencoded ones too.
     */
    private static Optional<JsonNode> body(Request request) {
        boolean old = request.segment(0).equals("v2");
        boolean json = request.contentType().contains("application/json");
        if (!old && !json && request.body().length > 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(old && !json ? request.parameters() : request.json());
        } catch (BadRequest notJson) {
            return Optional.empty();
        }
    }

    private static int items(JsonNode body) {
        JsonNode list = body.isArray() ? body : body.path("add");
        return Math.max(1, list.size());
    }
}
