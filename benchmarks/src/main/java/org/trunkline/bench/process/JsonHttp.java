package org.trunkline.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** JSON over HTTP with one server. */
public final class JsonHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final Optional<String> authorization;

    private JsonHttp(String address, Optional<String> authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    public static JsonHttp open(String address) {
        return new JsonHttp(address, Optional.empty());
    }

    public static JsonHttp administrator(String address, String password) {
        byte[] credentials = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
        return new JsonHttp(
                address, Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials)));
    }

    /** The status; 0 when nobody listens or answers in time. */
    public int status(String path) throws InterruptedException {
        try {
            return client.send(request(path).build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException notThere) {
            return 0;
        }
    }

    /**
     * @throws IOException if the answer is not a 2xx
     */
    public String text(String path) throws IOException, InterruptedException {
        return accepted(client.send(request(path).build(), BodyHandlers.ofString())).body();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    public JsonNode send(String verb, String path, JsonNode document)
            throws IOException, InterruptedException {
        return JSON.readTree(
                accepted(client.send(request(verb, path, document), BodyHandlers.ofString()))
                        .body());
    }

    public void delete(String path) throws IOException, InterruptedException {
        accepted(client.send(request(path).DELETE().build(), BodyHandlers.ofString()));
    }

    /** Does not wait for the answer. */
    public CompletableFuture<HttpResponse<String>> post(String path, JsonNode document) {
        return client.sendAsync(request("POST", path, document), BodyHandlers.ofString());
    }

    /**
     * The answer if it is a 2xx.
     *
     * @throws IOException with what was answered instead
     */
    public static HttpResponse<String> accepted(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    response.uri() + " answered " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    private HttpRequest request(String verb, String path, JsonNode document) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(document.toString()))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }
}
