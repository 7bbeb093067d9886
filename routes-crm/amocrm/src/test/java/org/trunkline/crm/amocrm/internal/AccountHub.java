package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.trunkline.crm.amocrm.internal.directory.AmocrmDirectory;
import org.trunkline.crm.amocrm.internal.install.AmocrmInstallation;
import org.trunkline.crm.connector.GivenLeases;
import org.trunkline.crm.connector.directory.KeptDirectory;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.internal.OpenStore;

/** The bundle behind the real gate, with the real store, and a simulated account. */
final class AccountHub implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    private static final long LONG_AGO = Duration.ofSeconds(5).toNanos();

    /** Real time, and as much ahead as a test wants. */
    static final class Ahead extends Clock {
        private volatile Duration by = Duration.ZERO;

        void advance(Duration more) {
            by = by.plus(more);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final Ahead clock = new Ahead();
    final String name;
    private final String sandbox;
    final OpenStore store;
    private final OpenGate gate;
    private final AmocrmConnector connector;
    private final AmocrmHttp http;
    final AmocrmInstallation installation;
    AmocrmDirectory directory;

    AccountHub(Path folder, String sandbox, String name) throws SQLException {
        this.sandbox = sandbox;
        this.name = name;
        store = new OpenStore(folder);
        gate = new OpenGate(folder);
        connector =
                new AmocrmConnector(
                        RoutesContext.standalone("amocrm"),
                        store.companies,
                        new GivenLeases(),
                        store.book,
                        store.notes,
                        config(),
                        addresses(),
                        clock,
                        System.nanoTime() - LONG_AGO);
        directory = newDirectory();
        installation =
                new AmocrmInstallation(
                        store.companies,
                        connector,
                        (company, portal, kind, id) -> directory.changed(company, portal, kind, id),
                        addresses(),
                        clock);
        http =
                new AmocrmHttp(
                        gate.gate(),
                        RoutesContext.standalone("amocrm-http"),
                        installation.routes());
    }

    /** As after a restart. */
    AmocrmDirectory newDirectory() {
        directory =
                new AmocrmDirectory(
                        new KeptDirectory.Stores(
                                store.companies, new GivenLeases(), store.notes, store.book),
                        connector,
                        config(),
                        addresses(),
                        clock);
        return directory;
    }

    private HubAddresses addresses() {
        return new HubAddresses(Optional.of(url("/")), AmocrmHttp.PREFIX);
    }

    /** What Declarative Services would make without a cfg file. */
    private static AmocrmConfig config() {
        return (AmocrmConfig)
                Proxy.newProxyInstance(
                        AmocrmConfig.class.getClassLoader(),
                        new Class<?>[] {AmocrmConfig.class},
                        (proxy, method, arguments) -> method.getDefaultValue());
    }

    String url(String path) {
        return "http://127.0.0.1:" + gate.port() + path;
    }

    String oauth(String company) {
        return url("/crm/amocrm/" + company + "/main/oauth");
    }

    /**
     * Provisions a company with this account.
     *
     * @param install what is given to the simulator's {@code _install}
     * @param secrets of its answer that the document brings
     */
    Portal company(String id, String settings, String install, String... secrets) {
        JsonNode installed = simulator("POST", "_install", install);
        simulator("PUT", "_state", "{\"clock\":{\"factor\":0}}");
        Portal portal =
                new Portal(
                        "main",
                        CrmKind.AMOCRM,
                        "Head office",
                        URI.create(installed.path("address").asText()),
                        true);
        Map<String, String> given = new java.util.HashMap<>();
        for (String secret : secrets) {
            given.put(portal.secretKey(secret), installed.at("/auth/" + secret).asText());
        }
        PbxAccount pbx =
                new PbxAccount(
                        "office",
                        PbxKind.UIS,
                        "",
                        0,
                        false,
                        "",
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty());
        store.companies.put(
                new Company(
                        id,
                        "Acme",
                        "RU",
                        List.of(pbx),
                        List.of(portal),
                        List.of(
                                new Integration(
                                        "office-main",
                                        "office",
                                        "main",
                                        "mango-amocrm",
                                        Map.of(),
                                        Json.tree(settings)))),
                Json.tree("{}"),
                given,
                "test");
        return portal;
    }

    /** With an integration that nobody consented to yet. */
    Portal unconnected(String id) {
        return company(
                id,
                "{}",
                "{\"integration\":{\"redirectUri\":\"" + oauth(id) + "\"}}",
                "clientId",
                "clientSecret");
    }

    /** With tokens in its document. */
    Portal connected(String settings) {
        return company(
                "acme", settings, "{}", "clientId", "clientSecret", "accessToken", "refreshToken");
    }

    Optional<String> secret(String company, String secret) {
        return store.companies.secret(company, "portals/main/auth/" + secret);
    }

    PortalHealth health(String company) {
        return connector.health().stream()
                .filter(h -> h.company().equals(company))
                .findFirst()
                .orElseThrow();
    }

    /** Does what is due, as the timer does each second. */
    void look() {
        directory.look();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(directory::idle);
    }

    JsonNode state() {
        return simulator("GET", "_state", "");
    }

    List<String> requests() {
        return java.util.stream.StreamSupport.stream(state().path("ledger").spliterator(), false)
                .map(entry -> entry.path("method").asText())
                .toList();
    }

    void put(String state) {
        simulator("PUT", "_state", state);
    }

    JsonNode simulator(String verb, String path, String body) {
        HttpResponse<String> reply =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                sandbox + "/sandbox/amocrm/" + name + "/" + path))
                                .header("Content-Type", "application/json")
                                .method(verb, BodyPublishers.ofString(body)));
        if (reply.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + reply.statusCode() + reply.body());
        }
        return Json.tree(reply.body().isEmpty() ? "{}" : reply.body());
    }

    HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).header("Accept-Language", "en").GET());
    }

    HttpResponse<String> post(String path, String form) {
        return send(
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        directory.stop();
        http.stop();
        installation.stop();
        connector.stop();
        gate.close();
        store.close();
    }
}
