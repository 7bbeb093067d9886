package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trunkline.crm.bitrix24.internal.events.Bitrix24Events;
import org.trunkline.crm.bitrix24.internal.install.Bitrix24Installation;
import org.trunkline.crm.connector.GivenLeases;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Companies;
import org.trunkline.store.internal.OpenStore;
import org.trunkline.store.internal.TestClock;

/**
 * The bundle behind the real gate, with the real store; its companies have an application each on a
 * simulated portal, and no tokens.
 */
final class ConnectingHub implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final TestClock clock;
    private final String sandbox;
    private final OpenStore store;
    private final OpenGate gate;
    private final Bitrix24Connector connector;
    final Bitrix24Installation installation;
    final Bitrix24Events events;
    final HeardCalls heard = new HeardCalls();
    final Controls controls = new Controls();

    ConnectingHub(Path folder, String sandbox, TestClock clock) throws SQLException {
        this(folder, sandbox, clock, true);
    }

    /**
     * @param online whether portals tell it at once, as opposed to queues that it asks
     */
    ConnectingHub(Path folder, String sandbox, TestClock clock, boolean online)
            throws SQLException {
        this.sandbox = sandbox;
        this.clock = clock;
        store = new OpenStore(folder);
        gate = new OpenGate(folder);
        connector =
                new Bitrix24Connector(
                        RoutesContext.standalone("bitrix24"),
                        store.companies,
                        new GivenLeases(),
                        new DefaultConfig(),
                        clock,
                        System.nanoTime() - 12_500_000_000L);
        events =
                new Bitrix24Events(
                        heard,
                        heard,
                        store.companies,
                        new GivenLeases(),
                        connector,
                        controls,
                        online ? Optional.of("http://127.0.0.1:" + gate.port()) : Optional.empty(),
                        clock);
        installation =
                new Bitrix24Installation(
                        gate.gate(),
                        RoutesContext.standalone("bitrix24-install"),
                        store.companies,
                        connector,
                        events,
                        Optional.of("http://127.0.0.1:" + gate.port() + "/"),
                        clock);
    }

    Companies companies() {
        return store.companies;
    }

    Bitrix24Connector connector() {
        return connector;
    }

    /** Provisions a company with one portal, the application's id and secret and nothing more. */
    Portal company(String id, String simulated) {
        return company(id, simulated, List.of(), List.of());
    }

    /** Likewise, with PBXs. */
    Portal company(
            String id, String simulated, List<PbxAccount> pbxs, List<Integration> integrations) {
        JsonNode installed = sandbox("POST", simulated + "/_install", "{}");
        sandbox("PUT", simulated + "/_state", "{\"clock\":{\"factor\":0}}");
        Portal portal =
                new Portal(
                        "main",
                        CrmKind.BITRIX24,
                        "Head office",
                        URI.create(installed.path("address").asText()),
                        true);
        store.companies.put(
                new Company(id, "ООО Ромашка", "RU", pbxs, List.of(portal), integrations),
                Json.tree("{}"),
                Map.of(
                        portal.secretKey("clientId"),
                        installed.at("/auth/clientId").asText(),
                        portal.secretKey("clientSecret"),
                        installed.at("/auth/clientSecret").asText()),
                "test");
        return portal;
    }

    Optional<String> secret(String company, String name) {
        return store.companies.secret(company, "portals/main/auth/" + name);
    }

    PortalHealth health(String company) {
        return connector.health().stream()
                .filter(h -> h.company().equals(company))
                .findFirst()
                .orElseThrow();
    }

    String address(String path) {
        return "http://127.0.0.1:" + gate.port() + path;
    }

    /**
     * The simulator sends an event to the hub's install address; its status as the portal saw it.
     */
    int event(String simulated, String event, String company) {
        JsonNode told =
                sandbox(
                        "POST",
                        simulated + "/_event",
                        Json.write(
                                Map.of(
                                        "event",
                                        event,
                                        "handler",
                                        address("/crm/bitrix24/" + company + "/main/install"))));
        return told.at("/sent/0/status").asInt();
    }

    JsonNode sandbox(String verb, String path, String body) {
        HttpResponse<String> reply =
                send(
                        HttpRequest.newBuilder(URI.create(sandbox + "/sandbox/bitrix24/" + path))
                                .header("Content-Type", "application/json")
                                .method(verb, BodyPublishers.ofString(body)));
        return Json.tree(reply.body().isEmpty() ? "{}" : reply.body());
    }

    HttpResponse<String> form(String path, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
                        .collect(Collectors.joining("&"));
        return post(path, "application/x-www-form-urlencoded", body);
    }

    HttpResponse<String> post(String path, String type, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(address(path)))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        installation.stop();
        events.stop();
        connector.stop();
        gate.close();
        store.close();
    }
}
