package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.crm.bitrix24.internal.directory.Bitrix24Directory;
import org.trunkline.crm.bitrix24.internal.install.Grant;
import org.trunkline.crm.connector.Reply;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * A Bitrix24 portal's tokens and where it is (rule T3). They are never renewed by a timer: the
 * vendor blocks mass renewals.
 */
final class Bitrix24Tokens implements Tokens.Vendor {

    private final Companies companies;
    private final String company;
    private final Supplier<Addresses> addresses;
    private final Rest rest;
    private final Tokens tokens;

    Bitrix24Tokens(
            Companies companies,
            String company,
            Supplier<Addresses> addresses,
            Rest rest,
            Clock clock) {
        this.companies = companies;
        this.company = company;
        this.addresses = addresses;
        this.rest = rest;
        this.tokens = new Tokens(companies, company, this, clock);
    }

    /** To send requests with. */
    Tokens tokens() {
        return tokens;
    }

    @Override
    public Portal portal() {
        return addresses.get().portal();
    }

    @Override
    public Duration margin() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Fault.Auth unconnected() {
        return Cures.unconnected(companies, company, portal());
    }

    /** What to store of an installation, by name. */
    Map<String, String> secrets(Grant grant) {
        Map<String, String> secrets = new HashMap<>();
        secrets.put(Tokens.ACCESS, grant.accessToken());
        secrets.put(Tokens.REFRESH, grant.refreshToken());
        secrets.put(Bitrix24Directory.MEMBER_ID, grant.memberId());
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
        String known = portal().address() + " ";
        return tokens.stored("clientEndpoint")
                .filter(e -> e.startsWith(known))
                .map(e -> URI.create(e.substring(known.length())))
                .orElseGet(() -> addresses.get().rest());
    }

    /** The portal has a new host. */
    void moved(URI endpoint) {
        companies.putSecrets(
                company,
                Map.of(portal().secretKey("clientEndpoint"), endpoint(endpoint.toString())));
    }

    private String endpoint(String said) {
        return portal().address() + " " + said;
    }

    @Override
    public Tokens.Renewal renewal(String refreshToken) {
        Addresses to = addresses.get();
        Optional<String> server = tokens.stored("serverEndpoint");
        Reply.Arrived arrived =
                rest.token(URI.create(to.token(server) + query(refreshToken)))
                        .arrived("tokens cannot be renewed");
        JsonNode body = arrived.json();
        if (body.path("access_token").asText().isEmpty()
                || body.path("refresh_token").asText().isEmpty()) {
            throw refusal(arrived, body);
        }
        return new Tokens.Renewal(
                secrets(to, body), Duration.ofSeconds(body.path("expires_in").asLong()));
    }

    private String query(String refresh) {
        return "?grant_type=refresh_token"
                + parameter("client_id", tokens.stored("clientId").orElse(""))
                + parameter("client_secret", tokens.stored("clientSecret").orElse(""))
                + parameter("refresh_token", refresh);
    }

    private static String parameter(String name, String value) {
        return "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Fault refusal(Reply.Arrived reply, JsonNode body) {
        String error = body.path("error").asText();
        return reply.status() >= 500 || error.isEmpty()
                ? new Fault.Retryable(
                        "the authorisation server answered " + reply.status(),
                        Duration.ofSeconds(5))
                : new Fault.Auth(
                        "the authorisation server refused to renew: " + error, cure(error));
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
        secrets.put(Tokens.ACCESS, body.path("access_token").asText());
        secrets.put(Tokens.REFRESH, body.path("refresh_token").asText());
        String server = body.path("server_endpoint").asText();
        if (to.trusted(server)) {
            secrets.put("serverEndpoint", server);
        }
        String client = body.path("client_endpoint").asText();
        if (to.trusted(client) && client.endsWith("/rest/")) {
            secrets.put("clientEndpoint", endpoint(client));
        }
        return secrets;
    }
}
