package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** The portal's page that has an application in a frame: the frame's first request is a POST. */
final class AppFrame {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PAGE =
            """
            <!doctype html><html><head><meta charset="utf-8"><title>Bitrix24</title>
            <style>body{margin:0;font:14px sans-serif;background:#eef2f4}
            header{background:#2fc6f6;color:#fff;padding:12px 20px;font-weight:bold}
            iframe{border:0;width:100%%;height:860px}</style></head>
            <body><header>Bitrix24</header>
            <form id="open" method="post" target="app" action="%s">%s</form>
            <iframe name="app"></iframe>
            <script>document.getElementById('open').submit()</script></body></html>
            """;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /**
     * A user opens the application; {@code {"handler","user"?,"lang"?}}, answers what the frame
     * got.
     */
    Reply open(Portal portal, JsonNode document) {
        String handler = handler(document);
        String body =
                fields(portal, document).entrySet().stream()
                        .map(field -> field.getKey() + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address(portal, document, handler)))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        ObjectNode out = Json.object();
        try {
            HttpResponse<String> reply =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            out.put("status", reply.statusCode()).put("body", reply.body());
            ObjectNode headers = out.putObject("headers");
            reply.headers().map().forEach((name, all) -> headers.put(name, all.get(0)));
        } catch (IOException e) {
            out.put("status", 0).put("body", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            out.put("status", 0).put("body", "");
        }
        return Reply.json(200, out);
    }

    /** The same for a browser: the page around the frame. */
    Reply page(Portal portal, JsonNode query) {
        String inputs =
                fields(portal, query).entrySet().stream()
                        .map(
                                field ->
                                        "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                                                .formatted(field.getKey(), html(field.getValue())))
                        .collect(Collectors.joining());
        return Reply.html(
                200, PAGE.formatted(html(address(portal, query, handler(query))), inputs));
    }

    private static String handler(JsonNode document) {
        String handler = Json.text((ObjectNode) document, "handler");
        if (!handler.startsWith("http")) {
            throw new BadRequest("/handler: give the address of the application");
        }
        return handler;
    }

    private static String address(Portal portal, JsonNode document, String handler) {
        URI own = URI.create(portal.address());
        return handler
                + "?DOMAIN="
                + encode(own.getAuthority())
                + "&PROTOCOL="
                + (own.getScheme().equals("https") ? 1 : 0)
                + "&LANG="
                + document.path("lang").asText("ru")
                + "&APP_SID="
                + FreshPortal.hex(portal.name(), "session");
    }

    /** Tokens of the user who opens it. */
    private static Map<String, String> fields(Portal portal, JsonNode document) {
        Tokens.Pair pair = portal.tokens().issue(document.path("user").asText("1"), portal.now());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("AUTH_ID", pair.access());
        fields.put("AUTH_EXPIRES", Long.toString(portal.tokens().life().toSeconds()));
        fields.put("REFRESH_ID", pair.refresh());
        fields.put("SERVER_ENDPOINT", portal.address() + "/rest/");
        fields.put("APPLICATION_TOKEN", portal.applicationToken());
        fields.put("APPLICATION_SCOPE", OauthEndpoint.SCOPE);
        fields.put("member_id", portal.memberId());
        fields.put("status", "L");
        fields.put("PLACEMENT", "DEFAULT");
        fields.put("PLACEMENT_OPTIONS", "{\"any\":\"0/\"}");
        return fields;
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
