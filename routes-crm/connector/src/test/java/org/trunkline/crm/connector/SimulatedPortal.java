package org.trunkline.crm.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;

/** One simulated portal, with its knobs. */
public final class SimulatedPortal {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public final Portal portal;
    public final MemoryCompanies companies = new MemoryCompanies();
    private final String base;

    public SimulatedPortal(String sandbox, CrmKind kind, String name) {
        base = sandbox + "/sandbox/" + kind.name().toLowerCase(Locale.ROOT) + "/" + name;
        JsonNode installed = post("_install", "{}");
        portal =
                new Portal(
                        "main",
                        kind,
                        "Head office",
                        URI.create(installed.path("address").asText()),
                        true);
        companies.portals.add(portal);
        keep(installed);
        put("{\"clock\":{\"factor\":0}}");
    }

    /** Installs the application anew, as after its tokens died. */
    public void install() {
        keep(post("_install", "{}"));
    }

    private void keep(JsonNode installed) {
        installed
                .path("auth")
                .fields()
                .forEachRemaining(
                        e -> companies.with(portal.secretKey(e.getKey()), e.getValue().asText()));
    }

    public void put(String state) {
        request("PUT", "_state", state);
    }

    /** Told to the hub, or into its queue, if it asked for that. */
    public void event(String document) {
        post("_event", document);
    }

    public void fault(String document) {
        post("_faults", document);
    }

    public void heal() {
        request("DELETE", "_faults", "");
    }

    public JsonNode state() {
        return request("GET", "_state", "");
    }

    public List<JsonNode> list(String part) {
        return StreamSupport.stream(state().path(part).spliterator(), false).toList();
    }

    /** Requests so far, a batch as {@code batch[inner methods]}. */
    public List<String> requests() {
        return list("ledger").stream().map(SimulatedPortal::shown).toList();
    }

    /** {@code show 7}, {@code hide 8} … in order. */
    public List<String> cards() {
        return list("cards").stream()
                .map(c -> c.path("action").asText() + " " + c.path("user").asText())
                .toList();
    }

    private static String shown(JsonNode entry) {
        String method = entry.path("method").asText();
        return method + (entry.path("status").asInt() == 200 ? "" : " " + entry.path("status"));
    }

    private JsonNode post(String path, String body) {
        return request("POST", path, body);
    }

    private JsonNode request(String verb, String path, String body) {
        try {
            var reply =
                    HTTP.send(
                            HttpRequest.newBuilder(URI.create(base + "/" + path))
                                    .header("Content-Type", "application/json")
                                    .method(verb, BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            if (reply.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + reply.statusCode() + reply.body());
            }
            return reply.body().isEmpty() ? Json.tree("{}") : Json.tree(reply.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
