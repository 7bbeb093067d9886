package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.install.Grant;
import org.trunkline.crm.bitrix24.internal.install.NotConnected;
import org.trunkline.crm.connector.Reply;
import org.trunkline.model.Fault;
import org.trunkline.store.Companies;

/**
 * One portal's tokens (rule T3). They are renewed just before a request that they would not
 * outlive, and when the portal says that they expired, never by a timer (the vendor blocks mass
 * renewals); one renewal at a time. Each gives a new refresh token and spends the old, so the new
 * pair is stored before it is used.
 *
 * <p>Thread-safe; while a renewal runs, the others wait for its outcome.
 */
final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** A dead authorisation is tried again after this even if nobody changed the tokens. */
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(5);

    private final Companies companies;
    private final String company;
    private final Supplier<Addresses> addresses;
    private final Rest rest;
    private final Clock clock;

    /** So long before its end a token is not used any more: a request may wait and travel. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private Optional<Renewed> unsaved = Optional.empty();
    private Optional<Dead> dead = Optional.empty();

    /** Known of tokens that this process renewed. */
    private Optional<Lifetime> lifetime = Optional.empty();

    private record Lifetime(String token, Instant end) {}

    /** What a renewal gave for a refresh token. */
    private record Renewed(String usedUp, Map<String, String> secrets) {}

    /** Tokens that the portal does not take any more. */
    private record Dead(Fault.Auth fault, Optional<String> token, Instant since) {}

    Tokens(
            Companies companies,
            String company,
            Supplier<Addresses> addresses,
            Rest rest,
            Clock clock) {
        this.companies = companies;
        this.company = company;
        this.addresses = addresses;
        this.rest = rest;
        this.clock = clock;
    }

    /**
     * The access token for the next request.
     *
     * @throws Fault.Auth while the portal takes none
     */
    synchronized String access() {
        save();
        Optional<String> token = stored("accessToken");
        dead.ifPresent(
                d -> {
                    if (d.token().equals(token) && clock.instant().isBefore(again(d))) {
                        throw new Fault.Auth(d.fault().getMessage(), d.fault().cure());
                    }
                    dead = Optional.empty();
                });
        return token.orElseThrow(
                () -> NotConnected.fault(companies, company, addresses.get().portal()));
    }

    /**
     * Likewise, but renewed first if it is about to end. If that can't be done now, the old one is
     * used while it lasts.
     *
     * @throws Fault.Auth while the portal takes none
     */
    synchronized String fresh() {
        String token = access();
        boolean ends =
                lifetime.filter(l -> l.token().equals(token))
                        .filter(l -> l.end().minus(MARGIN).isBefore(clock.instant()))
                        .isPresent();
        if (!ends) {
            return token;
        }
        try {
            renew(token);
        } catch (Fault.Retryable later) {
            LOG.info(
                    "{}: a token that ends soon is used once more: {}",
                    company,
                    later.getMessage());
        }
        return access();
    }

    /** The access token that the portal may have ended, for {@link #renew}. */
    synchronized String last() {
        dead = Optional.empty();
        return access();
    }

    /** What to store of an installation, by name. */
    Map<String, String> secrets(Grant grant) {
        Map<String, String> secrets = new HashMap<>();
        secrets.put("accessToken", grant.accessToken());
        secrets.put("refreshToken", grant.refreshToken());
        secrets.put("memberId", grant.memberId());
        grant.applicationToken().ifPresent(token -> secrets.put("applicationToken", token));
        grant.serverEndpoint()
                .filter(addresses.get()::trusted)
                .ifPresent(server -> secrets.put("serverEndpoint", server));
        grant.clientEndpoint()
                .filter(client -> addresses.get().trusted(client) && client.endsWith("/rest/"))
                .ifPresent(client -> secrets.put("clientEndpoint", endpoint(client)));
        return secrets;
    }

    /**
     * Where methods are called: where the portal said last, unless its address was changed since.
     */
    URI endpoint() {
        String known = addresses.get().portal().address() + " ";
        return stored("clientEndpoint")
                .filter(e -> e.startsWith(known))
                .map(e -> URI.create(e.substring(known.length())))
                .orElseGet(() -> addresses.get().rest());
    }

    /** The portal has a new host. */
    void moved(URI endpoint) {
        companies.putSecrets(company, Map.of(key("clientEndpoint"), endpoint(endpoint.toString())));
    }

    private String endpoint(String said) {
        return addresses.get().portal().address() + " " + said;
    }

    private static Instant again(Dead dead) {
        return dead.since().plus(BETWEEN_TRIES);
    }

    /** The portal said that this token, if it is still in use, is dead. */
    synchronized void refused(String token, Fault.Auth fault) {
        if (stored("accessToken").filter(token::equals).isPresent()) {
            dead = Optional.of(new Dead(fault, Optional.of(token), clock.instant()));
        }
    }

    /**
     * Renews this token unless another thread has done so.
     *
     * @throws Fault.Auth if the authorisation server takes the refresh token no more
     * @throws Fault.Retryable if it cannot be asked now, or the store cannot keep the new tokens
     */
    synchronized void renew(String expired) {
        if (!access().equals(expired)) {
            return;
        }
        Addresses to = addresses.get();
        String refresh = stored("refreshToken").orElse("");
        if (!storeTakes(refresh)) {
            return;
        }
        Reply reply = rest.token(URI.create(to.token(stored("serverEndpoint")) + query(refresh)));
        if (!(reply instanceof Reply.Arrived arrived)) {
            String why =
                    reply instanceof Reply.Unreached u ? u.reason() : ((Reply.Lost) reply).reason();
            throw new Fault.Retryable("tokens cannot be renewed: " + why, Duration.ofSeconds(5));
        }
        JsonNode body = arrived.json();
        if (body.path("access_token").asText().isEmpty()
                || body.path("refresh_token").asText().isEmpty()) {
            throw refusal(arrived, body);
        }
        Duration life = Duration.ofSeconds(body.path("expires_in").asLong());
        if (life.compareTo(MARGIN) > 0) {
            String token = body.path("access_token").asText();
            lifetime = Optional.of(new Lifetime(token, clock.instant().plus(life)));
        }
        unsaved = Optional.of(new Renewed(refresh, secrets(to, body)));
        save();
    }

    /**
     * The vendor spends the refresh token with his reply. While the store takes nothing, a new pair
     * would be lost with this process; so it is written to before the vendor is asked.
     *
     * @return false: another hub has renewed meanwhile
     */
    private boolean storeTakes(String refresh) {
        String key = key("refreshToken");
        return companies.renewSecrets(company, key, refresh, Map.of(key, refresh));
    }

    private String query(String refresh) {
        return "?grant_type=refresh_token"
                + parameter("client_id", stored("clientId").orElse(""))
                + parameter("client_secret", stored("clientSecret").orElse(""))
                + parameter("refresh_token", refresh);
    }

    private static String parameter(String name, String value) {
        return "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Fault refusal(Reply.Arrived reply, JsonNode body) {
        String error = body.path("error").asText();
        if (reply.status() >= 500 || error.isEmpty()) {
            return new Fault.Retryable(
                    "the authorisation server answered " + reply.status(), Duration.ofSeconds(5));
        }
        Fault.Auth fault =
                new Fault.Auth("the authorisation server refused to renew: " + error, cure(error));
        dead = Optional.of(new Dead(fault, stored("accessToken"), clock.instant()));
        return fault;
    }

    private static String cure(String error) {
        switch (error) {
            case "invalid_client", "wrong_client":
                return "check clientId and clientSecret in the provisioning document";
            case "PAYMENT_REQUIRED":
                return Cures.OF_CODES.get(error);
            default:
                return Cures.REINSTALL;
        }
    }

    private Map<String, String> secrets(Addresses to, JsonNode body) {
        Map<String, String> secrets = new HashMap<>();
        secrets.put(key("accessToken"), body.path("access_token").asText());
        secrets.put(key("refreshToken"), body.path("refresh_token").asText());
        String server = body.path("server_endpoint").asText();
        if (to.trusted(server)) {
            secrets.put(key("serverEndpoint"), server);
        }
        String client = body.path("client_endpoint").asText();
        if (to.trusted(client) && client.endsWith("/rest/")) {
            secrets.put(key("clientEndpoint"), endpoint(client));
        }
        return secrets;
    }

    /** A pair that the store could not keep at once must still be kept before it is used. */
    private void save() {
        if (unsaved.isEmpty()) {
            return;
        }
        Renewed renewed = unsaved.get();
        companies.renewSecrets(company, key("refreshToken"), renewed.usedUp(), renewed.secrets());
        unsaved = Optional.empty();
    }

    private Optional<String> stored(String name) {
        return companies.secret(company, key(name));
    }

    private String key(String name) {
        return addresses.get().portal().secretKey(name);
    }
}
