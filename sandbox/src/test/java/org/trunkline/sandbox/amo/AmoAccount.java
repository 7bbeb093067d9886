package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.trunkline.sandbox.Sandbox;
import org.trunkline.sandbox.http.Json;

/** One account in a sandbox of its own, reached over real HTTP, at no cost and without limits. */
final class AmoAccount implements AutoCloseable {
    /** The pipeline a fresh account works in, and its statuses. */
    static final long PIPELINE = 3_383_152;

    static final long UNSORTED = 33_929_746;
    static final long FIRST = 33_929_749;
    static final long TALKS = 33_929_752;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private final String base;
    private final JsonNode auth;
    private String token;

    AmoAccount() {
        try {
            sandbox = Sandbox.start("127.0.0.1", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        base = sandbox.address() + "/sandbox/amocrm/main";
        auth = json(send("POST", "_install", "{}")).path("auth");
        token = auth.path("accessToken").asText();
        put("{\"clock\":0,\"rate\":{\"enabled\":false}}");
    }

    @Override
    public void close() {
        sandbox.close();
    }

    /** The page for people. */
    String overview() {
        try {
            URI page = URI.create(sandbox.address() + "/sandbox/");
            return http.send(
                            HttpRequest.newBuilder(page).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String base() {
        return base;
    }

    JsonNode auth() {
        return auth;
    }

    void token(String token) {
        this.token = token;
    }

    HttpResponse<String> send(String verb, String path, String body) {
        return send(verb, path, body, "application/json");
    }

    HttpResponse<String> send(String verb, String path, String body, String type) {
        try {
            return tried(verb, path, body, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request that may lose its reply. */
    HttpResponse<String> tried(String verb, String path, String body, String type, String... more)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        base + "/" + path.replace("[", "%5B").replace("]", "%5D")))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", type)
                        .method(verb, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (more.length > 0) {
            request.headers(more);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> api(String verb, String path, String body) {
        return send(verb, "api/v4/" + path, body);
    }

    JsonNode get(String path) {
        return good(api("GET", path, ""));
    }

    JsonNode post(String path, String body) {
        return good(api("POST", path, body));
    }

    JsonNode patch(String path, String body) {
        return good(api("PATCH", path, body));
    }

    /** The codes and paths of what a refused array was refused for. */
    static String complaints(HttpResponse<String> response) {
        StringBuilder out = new StringBuilder();
        for (JsonNode item : json(response).path("validation-errors")) {
            for (JsonNode error : item.path("errors")) {
                out.append(item.path("request_id").asText()).append(' ');
                out.append(error.path("code").asText()).append(' ');
                out.append(error.path("path").asText()).append('\n');
            }
        }
        return out.toString();
    }

    JsonNode state() {
        return json(send("GET", "_state", ""));
    }

    void put(String document) {
        good(send("PUT", "_state", document));
    }

    void fault(String document) {
        good(send("POST", "_faults", document));
    }

    private static JsonNode good(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body());
    }

    /** A contact with a number, as a client writes it. */
    static String contact(String name, String phone) {
        return "{\"name\":\""
                + name
                + "\",\"custom_fields_values\":[{\"field_code\":\"PHONE\",\"values\":[{\"value\":\""
                + phone
                + "\",\"enum_code\":\"WORK\"}]}]}";
    }
}
