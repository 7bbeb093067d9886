package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Reply;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.crm.connector.Trip;
import org.trunkline.model.Fault;

/** Carries one envelope to a portal and reads what comes back. */
final class Wire {

    /** A renamed portal redirects once; more is a loop. */
    private static final int MOST_REDIRECTS = 3;

    private static final String WRONG_ADDRESS =
            "check the portal's address in the provisioning document";

    private final Rest rest;
    private final Bitrix24Tokens access;
    private final Tokens tokens;
    private final Supplier<Addresses> addresses;

    Wire(Rest rest, Bitrix24Tokens access, Supplier<Addresses> addresses) {
        this.rest = rest;
        this.access = access;
        this.tokens = access.tokens();
        this.addresses = addresses;
    }

    Trip carry(Envelope envelope) {
        try {
            String token = tokens.fresh();
            ObjectNode body = envelope.body().put("auth", token);
            Reply reply = send(envelope, body.toString().getBytes(StandardCharsets.UTF_8));
            return Trip.mishap(reply).orElseGet(() -> trip(envelope, token, (Reply.Arrived) reply));
        } catch (Fault notSent) {
            return new Trip.Unsent(notSent);
        }
    }

    /**
     * Calls one method with a token that is not ours.
     *
     * @throws Fault.Auth if the portal does not take the token
     * @throws Fault if there is no answer, or another refusal
     */
    JsonNode ask(String token, Command command) {
        Envelope envelope = new Envelope(List.of(Parcel.of(Lane.CARDS, command)));
        ObjectNode body = envelope.body().put("auth", token);
        Reply.Arrived arrived =
                send(envelope, body.toString().getBytes(StandardCharsets.UTF_8))
                        .arrived("the portal can't be asked");
        JsonNode json = arrived.json();
        if (json.has("error")) {
            Bitrix24Refusal refusal = refusal(envelope, arrived.status(), json);
            throw refusal.kind() == Bitrix24Refusal.Kind.TOKEN_EXPIRED
                    ? new Fault.Auth(refusal.text(), Cures.REINSTALL)
                    : refusal.fault();
        }
        if (arrived.status() != 200 || !json.has("result")) {
            throw new Fault.Retryable(
                    "the portal answered " + arrived.status() + " with no REST reply",
                    Duration.ofSeconds(5));
        }
        return json.path("result");
    }

    /** A client that followed by itself would turn POST into GET. */
    private Reply send(Envelope envelope, byte[] body) {
        URI endpoint = access.endpoint();
        for (int redirects = 0; ; redirects++) {
            URI address = endpoint.resolve(envelope.method());
            Reply reply = envelope.batch() ? rest.batch(address, body) : rest.call(address, body);
            if (!(reply instanceof Reply.Arrived arrived) || !arrived.redirect()) {
                return reply;
            }
            Optional<URI> moved =
                    addresses.get().moved(arrived.location().orElse(""), envelope.method());
            if (moved.isEmpty() || redirects == MOST_REDIRECTS) {
                return new Reply.Unreached(
                        "the portal redirects to where no REST API is", WRONG_ADDRESS);
            }
            endpoint = moved.get();
            access.moved(endpoint);
        }
    }

    private Trip trip(Envelope envelope, String token, Reply.Arrived arrived) {
        JsonNode json = arrived.json();
        if (json.has("error")) {
            return refused(envelope, token, refusal(envelope, arrived.status(), json));
        }
        if (arrived.status() == 200 && json.has("result")) {
            return new Said.Answered(envelope.answers(json), envelope.spent(json));
        }
        return new Trip.Lost(
                "the portal answered " + arrived.status() + " with no REST reply",
                arrived.status() < 500 ? WRONG_ADDRESS : "");
    }

    private static Bitrix24Refusal refusal(Envelope envelope, int status, JsonNode json) {
        return new Bitrix24Refusal(
                envelope.method(),
                status,
                json.path("error").asText(),
                json.path("error_description").asText());
    }

    private Trip refused(Envelope envelope, String token, Bitrix24Refusal refusal) {
        switch (refusal.kind()) {
            case TOKEN_EXPIRED:
                tokens.renew(token);
                return new Trip.Renewed();
            case UNAUTHORIZED:
                tokens.refused(token, (Fault.Auth) refusal.fault());
                return new Trip.Unsent(refusal.fault());
            case BROKEN:
                return new Trip.Lost(refusal.text(), "");
            default:
                return new Said.Refused(refusal);
        }
    }
}
