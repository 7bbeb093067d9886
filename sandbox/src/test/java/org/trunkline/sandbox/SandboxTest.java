package org.trunkline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.sandbox.http.Json;

/** The sandbox over real sockets. */
class SandboxTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private String portal;
    private String token;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start("127.0.0.1", 0);
        portal = sandbox.address() + "/sandbox/bitrix24/main";
        JsonNode installed = Json.parse(send("POST", portal + "/_install", "").body());
        assertThat(installed.path("address").asText()).isEqualTo(portal);
        token = installed.path("auth").path("accessToken").asText();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void methodsTakeUrlencodedParametersByGetAndPost() throws Exception {
        HttpResponse<String> get =
                send("GET", portal + "/rest/user.current.json?auth=" + token, "");
        assertThat(Json.parse(get.body()).path("result").path("ID").asText()).isEqualTo("1");
        HttpResponse<String> post =
                http.send(
                        HttpRequest.newBuilder(URI.create(portal + "/rest/USER.get"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "auth=" + token + "&FILTER[UF_PHONE_INNER]=203"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(Json.parse(post.body()).path("result").path(0).path("ID").asText())
                .isEqualTo("9");
    }

    @Test
    void aLostReplyClosesTheConnection() throws Exception {
        send("POST", portal + "/_faults", "{\"kind\":\"lostReply\"}");
        assertThatThrownBy(() -> send("GET", portal + "/rest/user.current?auth=" + token, ""))
                .isInstanceOf(IOException.class);
        send("DELETE", portal + "/_faults", "");
        assertThat(send("GET", portal + "/rest/user.current?auth=" + token, "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void halfAReplyBreaksOff() throws Exception {
        send("POST", portal + "/_faults", "{\"kind\":\"halfReply\"}");
        assertThatThrownBy(() -> send("GET", portal + "/rest/user.current?auth=" + token, ""))
                .isInstanceOf(IOException.class);
    }

    @Test
    void wrongKnobsAreNamed() throws Exception {
        HttpResponse<String> state = send("PUT", portal + "/_state", "{\"mode\":\"odd\"}");
        assertThat(state.statusCode()).isEqualTo(400);
        assertThat(state.body()).contains("/mode");
        assertThat(send("POST", portal + "/_faults", "{\"kind\":\"odd\"}").body())
                .contains("/kind");
        assertThat(send("PUT", portal + "/_state", "not json").body()).contains("not JSON");
        assertThat(send("POST", sandbox.address() + "/sandbox/ami/none/_play", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void anUnknownPortalIsNoPortal() throws Exception {
        assertThat(
                        send(
                                        "GET",
                                        sandbox.address()
                                                + "/sandbox/bitrix24/none/rest/user.current",
                                        "")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void thePageShowsWhatThereIs() throws Exception {
        String params =
                "?auth=" + token + "&USER_ID=7&PHONE_NUMBER=79161234567&TYPE=2&CRM_CREATE=1";
        send("GET", portal + "/rest/telephony.externalCall.register" + params, "");
        HttpResponse<String> page = send("GET", sandbox.address() + "/sandbox/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("main", "79161234567", "Ivan Petrov", "Без имени");
    }

    private HttpResponse<String> send(String verb, String url, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(10))
                        .method(verb, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
