package org.trunkline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One HTTP request, read whole.
 *
 * @param path segments below the mount point, decoded
 * @param rawQuery the query as it stood, "" if none
 * @param headers the first value of each, names in lower case
 */
public record Request(
        String verb,
        List<String> path,
        String rawQuery,
        String contentType,
        String remoteAddress,
        byte[] body,
        Map<String, String> headers) {

    /** Bigger bodies are refused: the sandbox is to run in a small heap. */
    static final int BODY_LIMIT = 24 << 20;

    /** A request whose headers do not matter. */
    public Request(
            String verb,
            List<String> path,
            String rawQuery,
            String contentType,
            String remoteAddress,
            byte[] body) {
        this(verb, path, rawQuery, contentType, remoteAddress, body, Map.of());
    }

    static Request read(HttpExchange exchange, String mount) throws IOException {
        URI uri = exchange.getRequestURI();
        String below = uri.getPath().substring(Math.min(mount.length(), uri.getPath().length()));
        List<String> segments = Stream.of(below.split("/")).filter(s -> !s.isEmpty()).toList();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return new Request(
                exchange.getRequestMethod(),
                segments,
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                Optional.ofNullable(type).orElse(""),
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                exchange.getRequestBody().readNBytes(BODY_LIMIT + 1),
                headers(exchange));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(key(name), values.get(0)));
        return Map.copyOf(headers);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The first header of that name in any letter case, "" if there is none. */
    public String header(String name) {
        return headers.getOrDefault(key(name), "");
    }

    /** The path segment at {@code index}, "" beyond the end. */
    public String segment(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** The same request seen from {@code depth} segments further down. */
    public Request below(int depth) {
        List<String> rest = path.subList(Math.min(depth, path.size()), path.size());
        return new Request(verb, rest, rawQuery, contentType, remoteAddress, body, headers);
    }

    public ObjectNode query() {
        return PhpParams.parse(rawQuery);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; an empty body is an empty object. */
    public JsonNode json() {
        return bodyText().isBlank() ? Json.object() : Json.parse(bodyText());
    }

    /** Query and body parameters together, the body's win; JSON, urlencoded or multipart. */
    public ObjectNode parameters() {
        ObjectNode all = query();
        String type = contentType.toLowerCase(Locale.ROOT);
        if (body.length == 0) {
            return all;
        }
        if (type.startsWith("multipart/")) {
            Multipart.parse(this).forEach(part -> all.setAll(PhpParams.parse(part.asParameter())));
        } else if (type.contains("json") || bodyText().stripLeading().startsWith("{")) {
            if (json() instanceof ObjectNode map) {
                all.setAll(map);
            }
        } else {
            all.setAll(PhpParams.parse(bodyText()));
        }
        return all;
    }
}
