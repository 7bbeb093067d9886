package org.trunkline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;

/** A server spoken to in JSON. */
final class JsonHttp {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final String base;
    private final String authorization;

    private JsonHttp(String base, String authorization) {
        this.base = base.replaceFirst("/+$", "");
        this.authorization = authorization;
    }

    static JsonHttp open(String base) {
        return new JsonHttp(base, "");
    }

    static JsonHttp basic(String base, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new JsonHttp(base, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** An answer; {@code body} is an empty object when there was none or no JSON. */
    record Answer(int status, JsonNode body, String text) {
        boolean good() {
            return status >= 200 && status < 300;
        }
    }

    String base() {
        return base;
    }

    Answer get(String path) throws DemoFault {
        return send("GET", path, Json.object());
    }

    Answer send(String verb, String path, JsonNode body) throws DemoFault {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .method(
                                verb,
                                verb.equals("GET")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(Json.write(body)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()), response.body());
        } catch (IOException e) {
            throw new DemoFault("No answer from " + base + path + " (" + e + "). Is it running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFault("Interrupted while waiting for " + base + path);
        }
    }

    /** As {@link #send}, and anything but 2xx is a fault. */
    JsonNode expect(String verb, String path, JsonNode body) throws DemoFault {
        Answer answer = send(verb, path, body);
        if (!answer.good()) {
            throw new DemoFault(
                    verb
                            + " "
                            + base
                            + path
                            + " answered "
                            + answer.status()
                            + ": "
                            + answer.text());
        }
        return answer.body();
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? Json.object() : Json.parse(text);
        } catch (BadRequest notJson) {
            return Json.object();
        }
    }
}
