package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.admin.rest.DeliveredLinks;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.admin.rest.PortalConnections;
import org.trunkline.admin.rest.PortalDirectories;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.admin.rest.UserCheck;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.Json;
import org.trunkline.model.Measured;
import org.trunkline.model.PbxHealth;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.internal.OpenStore;

/** The bundle's routes behind the real gate on a free port, with the real store on H2. */
final class TestHub implements AutoCloseable {

    final OpenStore store;
    final Connecting portals = new Connecting();
    final KnownPortals directory = new KnownPortals();
    final NotedLinks links = new NotedLinks();
    final List<String> starting = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final OpenGate gate;
    private final HubHealth health;
    private final UserCheck users;
    private final AdminRoutes routes;
    private final MonitorRoutes monitor;
    private final HttpClient client = HttpClient.newHttpClient();

    TestHub(
            Path folder,
            List<PbxHealth.Source> pbx,
            List<CrmConnector> connectors,
            List<Measured> measured)
            throws SQLException {
        this.folder = folder;
        store = new OpenStore(folder);
        gate = new OpenGate(folder);
        health = new HubHealth(store.companies, store.work, pbx, connectors, List.of(directory));
        users = new UserCheck(connectors, List.of(directory));
        routes =
                new AdminRoutes(
                        gate.gate(),
                        RoutesContext.standalone("admin"),
                        new Provisioning(store.companies, users),
                        store.companies,
                        store.calls,
                        store.work,
                        new PortalConnections(List.of(portals)),
                        new PortalDirectories(List.of(directory)),
                        new DeliveredLinks(links));
        monitor =
                new MonitorRoutes(
                        gate.gate(),
                        RoutesContext.standalone("monitor"),
                        health,
                        () -> starting,
                        new Metrics(health, store.companies, store.calls, measured));
    }

    TestHub(Path folder) throws SQLException {
        this(folder, List.of(), List.of(), List.of());
    }

    /** What came back. */
    record Reply(int status, String type, String text, Map<String, List<String>> headers) {
        JsonNode json() {
            return Json.tree(text);
        }
    }

    Reply get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    Reply put(String path, String body) {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(body));
    }

    Reply patch(String path, String body) {
        return send("PATCH", path, body, "Content-Type", "application/merge-patch+json");
    }

    Reply post(String path) {
        return send("POST", path, HttpRequest.BodyPublishers.noBody());
    }

    Reply post(String path, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body));
    }

    /** With a header, such as {@code If-Match}. */
    Reply send(String method, String path, String body, String header, String value) {
        try {
            return send(
                    request(path)
                            .header("Authorization", bearer())
                            .header(header, value)
                            .method(method, HttpRequest.BodyPublishers.ofString(body)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Reply delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    private Reply send(String method, String path, HttpRequest.BodyPublisher body) {
        try {
            return send(request(path).header("Authorization", bearer()).method(method, body));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without credentials. */
    Reply getAsStranger(String path) {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response.headers().map());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String bearer() throws IOException {
        String token = System.getenv("TRUNKLINE_API_TOKEN");
        return "Bearer "
                + (token != null ? token : Files.readString(folder.resolve("api-token.txt")))
                        .strip();
    }

    @Override
    public void close() {
        routes.stop();
        monitor.stop();
        health.stop();
        users.stop();
        gate.close();
        store.close();
    }
}
