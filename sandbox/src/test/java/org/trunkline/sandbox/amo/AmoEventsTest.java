package org.trunkline.sandbox.amo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.PhpParams;
import org.trunkline.sandbox.portal.PortalClock;

/** What the CRM sends by itself: webhooks, the disconnect hook, the code, the widget's token. */
class AmoEventsTest {
    private final AmoAccount account = new AmoAccount();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile long delay;
    private HttpServer hub;
    private String address;

    @BeforeEach
    void listen() throws IOException {
        hub = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        hub.setExecutor(Executors.newCachedThreadPool());
        hub.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    String query = exchange.getRequestURI().getRawQuery();
                    received.add(
                            body.length == 0 && query != null
                                    ? query
                                    : new String(body, StandardCharsets.UTF_8));
                    pause();
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        hub.start();
        address = "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    /** A hub that does not answer in time. */
    private void pause() {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        account.close();
    }

    @Test
    void aChangeIsToldToThoseWhoSubscribed() {
        subscribe("\"update_contact\",\"add_lead\",\"status_lead\"");
        account.put("{\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"+79161234567\"}]}");
        account.patch("contacts/5", "{\"responsible_user_id\":8}");
        JsonNode update = next(1);
        assertThat(update.at("/contacts/update/0/id").asText()).isEqualTo("5");
        assertThat(update.at("/contacts/update/0/type").asText()).isEqualTo("contact");
        assertThat(update.at("/contacts/update/0/responsible_user_id").asText()).isEqualTo("8");
        assertThat(update.at("/contacts/update/0/custom_fields/0/values/0/value").asText())
                .isEqualTo("+79161234567");
        assertThat(update.at("/account/subdomain").asText()).isEqualTo("main");

        String lead = account.post("leads", "[{}]").at("/_embedded/leads/0/id").asText();
        assertThat(next(2).at("/leads/add/0/id").asText()).isEqualTo(lead);
        account.patch("leads/" + lead, "{\"status_id\":142}");
        JsonNode moved = next(3);
        assertThat(moved.at("/leads/status/0/status_id").asText()).isEqualTo("142");
        assertThat(moved.at("/leads/status/0/old_status_id").asText())
                .isEqualTo(Long.toString(AmoAccount.FIRST));
    }

    @Test
    void whatIsNotTakenIsTriedAgainAfterFiveMinutes() {
        status = 500;
        subscribe("\"add_contact\"");
        account.post("contacts", "[{\"name\":\"New\"}]");
        next(1);
        awaitDeliveries("attempt", "1", "2");
        status = 204;
        account.put("{\"clock\":{\"offsetSeconds\":301}}");
        next(2);
        awaitDeliveries("status", "500", "204");
    }

    @Test
    void aRefusalIsTriedThriceAndAnErrorFiveTimes() {
        assertThat(attempts(404)).isEqualTo(3);
        assertThat(attempts(503)).isEqualTo(5);
        assertThat(attempts(0)).isEqualTo(3);
    }

    /** How often a queue tries a webhook that is always answered like this. */
    private int attempts(int answer) {
        AmoPortal portal = portal();
        portal.webhooks()
                .add(
                        (ObjectNode)
                                Json.parse(
                                        "{\"destination\":\"http://x\",\"settings\":[\"add_lead\"]}"));
        portal.hooks().happened("add", EntityType.LEADS, Json.object().put("id", 1));
        int attempts = 0;
        for (int minute = 0; minute < 300; minute++) {
            portal.clock().shift(Duration.ofMinutes(minute));
            for (WebhookQueue.Delivery delivery : portal.hooks().due()) {
                attempts++;
                portal.hooks().answered(delivery, answer);
            }
        }
        return attempts;
    }

    @Test
    void aHundredAndOneFailuresInTwoHoursDisable() {
        AmoPortal portal = portal();
        String hook =
                portal.webhooks()
                        .add(
                                (ObjectNode)
                                        Json.parse(
                                                "{\"destination\":\"http://x\","
                                                        + "\"settings\":[\"add_lead\"]}"))
                        .path("id")
                        .asText();
        for (int i = 0; i < 101; i++) {
            assertThat(disabled(portal, hook)).isFalse();
            portal.hooks().happened("add", EntityType.LEADS, Json.object().put("id", 1));
            portal.hooks().due().forEach(one -> portal.hooks().answered(one, 404));
        }
        assertThat(disabled(portal, hook)).isTrue();
        portal.hooks().happened("add", EntityType.LEADS, Json.object().put("id", 1));
        assertThat(portal.hooks().due()).isEmpty();
    }

    private static boolean disabled(AmoPortal portal, String hook) {
        return portal.webhooks().get(hook).orElseThrow().path("disabled").asBoolean();
    }

    private static AmoPortal portal() {
        return new AmoPortal("queue", "http://x", PortalClock.system());
    }

    @Test
    void anAnswerAfterTwoSecondsCountsAsNone() {
        delay = 2500;
        account.send(
                "POST",
                "_event",
                "{\"event\":\"update_contact\",\"data\":{\"id\":5},\"handler\":\""
                        + address
                        + "\"}");
        assertThat(account.state().at("/deliveries/0/status").asInt(-1)).isZero();
    }

    @Test
    void subscriptionsAreCheckedListedAndEnded() {
        subscribe("\"add_lead\"");
        subscribe("\"add_lead\",\"note_contact\"");
        assertThat(account.get("webhooks").at("/_embedded/webhooks")).hasSize(1);
        assertThat(
                        AmoAccount.complaints(
                                account.api(
                                        "POST",
                                        "webhooks",
                                        "{\"destination\":\"nowhere\",\"settings\":[\"add_call\"]}")))
                .contains("InvalidUrl destination", "NotSupportedChoice settings.0");
        account.api("DELETE", "webhooks", "{\"destination\":\"" + address + "\"}");
        assertThat(account.api("GET", "webhooks", "").statusCode()).isEqualTo(204);
    }

    @Test
    void noSubscriptionBringsWhatHappensInUnsorted() {
        subscribe("\"add_lead\",\"update_lead\",\"delete_lead\",\"add_contact\",\"note_lead\"");
        String uid =
                account.post(
                                "leads/unsorted/forms",
                                "[{\"source_uid\":\"s\",\"source_name\":\"S\",\"metadata\":{"
                                        + "\"form_id\":\"f\",\"form_name\":\"F\",\"form_page\":\"p\","
                                        + "\"ip\":\"i\",\"form_sent_at\":1,\"referer\":\"r\"},"
                                        + "\"_embedded\":{\"contacts\":[{\"name\":\"A\"}]}}]")
                        .at("/_embedded/unsorted/0/uid")
                        .asText();
        account.api("DELETE", "leads/unsorted/" + uid + "/decline", "{}");
        account.post("leads", "[{\"name\":\"Told\"}]");
        assertThat(next(1).at("/leads/add/0/name").asText()).isEqualTo("Told");
    }

    @Test
    void anEventCanBeSentByHand() {
        account.put("{\"contacts\":[{\"id\":5,\"name\":\"Ivan\",\"phone\":\"+79161234567\"}]}");
        String sent =
                account.send(
                                "POST",
                                "_event",
                                "{\"event\":\"delete_contact\",\"data\":{\"id\":5},"
                                        + "\"handler\":\""
                                        + address
                                        + "\"}")
                        .body();
        assertThat(Json.parse(sent).at("/sent/0/status").asInt()).isEqualTo(200);
        assertThat(next(1).at("/contacts/delete/0/name").asText()).isEqualTo("Ivan");
        account.send(
                "POST",
                "_event",
                "{\"event\":\"delete_unsorted\",\"data\":{\"uid\":\"u\",\"action\":\"accept\"},"
                        + "\"handler\":\""
                        + address
                        + "\"}");
        assertThat(next(2).at("/unsorted/delete/0/action").asText()).isEqualTo("accept");
    }

    @Test
    void theDisconnectHookIsSignedAndEndsTheTokens() throws Exception {
        account.put("{\"account\":{\"integration\":{\"disconnectUrl\":\"" + address + "\"}}}");
        account.send("POST", "_event", "{\"event\":\"disconnect\"}");
        JsonNode given = next(1);
        String client = account.auth().path("clientId").asText();
        assertThat(given.path("client_uuid").asText()).isEqualTo(client);
        String message = client + "|" + given.path("account_id").asText();
        assertThat(given.path("signature").asText())
                .isEqualTo(HexFormat.of().formatHex(hmac(message)));
        assertThat(account.api("GET", "account", "").statusCode()).isEqualTo(401);
    }

    @Test
    void anInstallationSendsTheCode() {
        account.put("{\"account\":{\"integration\":{\"redirectUri\":\"" + address + "\"}}}");
        account.send("POST", "_event", "{\"event\":\"install\",\"data\":{\"state\":\"a b\"}}");
        JsonNode given = next(1);
        assertThat(given.path("code").asText()).isNotEmpty();
        assertThat(given.path("state").asText()).isEqualTo("a b");
        assertThat("http://" + given.path("referer").asText()).isEqualTo(account.base());
    }

    @Test
    void theWidgetsTokenIsSignedWithTheSecretAndHasEveryClaim() throws Exception {
        String body =
                account.send(
                                "POST",
                                "_jwt",
                                "{\"user_id\":7,\"audience\":\"https://hub.example/x/y\","
                                        + "\"claims\":{\"subdomain\":null}}")
                        .body();
        String token = Json.parse(body).path("token").asText();
        String signed = token.substring(0, token.lastIndexOf('.'));
        assertThat(token)
                .isEqualTo(
                        signed
                                + "."
                                + Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(hmac(signed)));
        JsonNode claims =
                Json.parse(
                        new String(
                                Base64.getUrlDecoder().decode(signed.split("\\.")[1]),
                                StandardCharsets.UTF_8));
        assertThat(claims.path("iss").asText()).isEqualTo(account.base());
        assertThat(claims.path("aud").asText()).isEqualTo("https://hub.example");
        assertThat(claims.path("user_id").asInt()).isEqualTo(7);
        assertThat(claims.path("client_uuid")).isEqualTo(account.auth().path("clientId"));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(1800);
        assertThat(claims.path("nbf")).isEqualTo(claims.path("iat"));
        assertThat(claims.path("account_id")).isEqualTo(account.get("account").path("id"));
        assertThat(claims.path("jti").asText()).isNotEmpty();
        assertThat(claims.has("subdomain")).isFalse();
    }

    private byte[] hmac(String text) throws GeneralSecurityException {
        byte[] secret =
                account.auth().path("clientSecret").asText().getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private void subscribe(String settings) {
        assertThat(
                        account.api(
                                        "POST",
                                        "webhooks",
                                        "{\"destination\":\""
                                                + address
                                                + "\",\"settings\":["
                                                + settings
                                                + "]}")
                                .statusCode())
                .isEqualTo(201);
    }

    private JsonNode next(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> received.size() >= count);
        return PhpParams.parse(received.get(count - 1));
    }

    private void awaitDeliveries(String key, String... values) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(account.state().path("deliveries").findValuesAsText(key))
                                        .containsExactly(values));
    }
}
