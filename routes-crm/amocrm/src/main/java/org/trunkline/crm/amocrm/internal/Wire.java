package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.Reply;
import org.trunkline.crm.connector.Trip;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

/** Carries one request to an account. */
final class Wire {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final String WRONG_ADDRESS =
            "check the portal's address in the provisioning document: https://NAME.amocrm.ru";

    private final PortalHttp http;
    private final AmocrmTokens tokens;

    /** So long after a 429 a 403 is a block, whatever it says. */
    private static final Duration WARNED = Duration.ofMinutes(10);

    private final Clock clock;
    private volatile Instant warnedAt = Instant.EPOCH;

    Wire(PortalHttp http, AmocrmTokens tokens, Clock clock) {
        this.http = http;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Blocks until the reply. */
    Trip carry(Endpoint endpoint, List<ObjectNode> items) {
        try {
            String token = tokens.fresh();
            Reply reply = send(endpoint, items, token);
            return Trip.mishap(reply).orElseGet(() -> trip(token, (Reply.Arrived) reply));
        } catch (Fault noToken) {
            return new Trip.Unsent(noToken);
        }
    }

    private Reply send(Endpoint endpoint, List<ObjectNode> items, String token) {
        URI address = URI.create(tokens.base() + endpoint.path(items));
        Optional<byte[]> body =
                endpoint.body(items).map(json -> Json.write(json).getBytes(StandardCharsets.UTF_8));
        return http.send(
                endpoint.method(),
                address,
                Map.of("Authorization", "Bearer " + token, "User-Agent", "Trunkline"),
                body.orElse(null),
                DEADLINE,
                MOST_BYTES);
    }

    private Trip trip(String token, Reply.Arrived arrived) {
        int status = arrived.status();
        if (status == 429 || status == 403 && blocks(arrived)) {
            warnedAt = clock.instant();
            return new Said.TooMany(status == 403);
        }
        if (status == 401) {
            tokens.renew(token);
            return new Trip.Renewed();
        }
        if (status >= 500) {
            return new Trip.Lost("the account answered " + status, "");
        }
        JsonNode body = json(arrived.body());
        if (status / 100 == 3 || status / 100 == 2 && status != 204 && body.isMissingNode()) {
            return new Trip.Lost("the account answered " + status + " with no JSON", WRONG_ADDRESS);
        }
        return new Said.Answered(status, body);
    }

    /** A missing right is told in JSON; who is blocked gets a page. */
    private boolean blocks(Reply.Arrived refusal) {
        return json(refusal.body()).isMissingNode()
                || warnedAt.plus(WARNED).isAfter(clock.instant());
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode read = body.length == 0 ? null : Json.MAPPER.readTree(body);
            return read != null && read.isContainerNode() ? read : MissingNode.getInstance();
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }
}
