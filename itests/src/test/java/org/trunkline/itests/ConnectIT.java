package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A portal leaves the hub and comes back by itself, while calls go on. */
@ExtendWith(LogsOnFailure.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConnectIT {
    private static final String PORTAL = "/api/v1/companies/acme/portals/main";

    /** Work without authorisation is tried once a minute. */
    private static final Duration TRIED_AGAIN = Duration.ofSeconds(90);

    @TempDir private static Path folder;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany acme;

    @BeforeAll
    static void start() throws IOException {
        hub = Hub.start();
        sandbox = Sandbox.start(hub);
        acme =
                PlayedCompany.provisioned(
                        "acme",
                        "mikopbx-bitrix24",
                        hub,
                        sandbox,
                        Files.createDirectories(folder.resolve("acme")));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        hub.close();
    }

    private static int told(String event) {
        String handler = hub.address() + "/crm/bitrix24/acme/main/install";
        return Http.parse(
                        sandbox.http()
                                .post(
                                        "/sandbox/bitrix24/acme/_event",
                                        "{\"event\":\""
                                                + event
                                                + "\",\"handler\":\""
                                                + handler
                                                + "\"}")
                                .body())
                .at("/sent/0/status")
                .asInt();
    }

    private static JsonNode health() {
        return hub.admin().json("/health").path("portals").path(0);
    }

    @Test
    void T1_T2_aPortalThatWasRemovedAndInstalledAgainLosesNoCall() throws IOException {
        // The reply to a request from before the removal would say that all is well.
        AtomicInteger asked = new AtomicInteger();
        Awaitility.await("the hub has set itself up")
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        () -> {
                            int requests = acme.state().path("ledger").size();
                            return asked.getAndSet(requests) == requests;
                        });
        assertThat(told("ONAPPUNINSTALL")).isEqualTo(200);
        assertThat(health().path("state").asText()).isEqualTo("unauthorized");
        assertThat(health().path("reason").asText()).contains("removed from the portal");
        assertThat(hub.admin().json(PORTAL + "/installation").path("connected").asBoolean())
                .isFalse();

        acme.play(CallKind.ANSWERED, "+79163330001", 2);
        Awaitility.await("the call waits")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                hub.admin()
                                        .json("/api/v1/companies/acme/work?state=retrying")
                                        .at("/items/0/error")
                                        .asText()
                                        .contains("no access token"));
        assertThat(acme.state().path("calls")).isEmpty();
        assertThat(told("ONAPPINSTALL")).isEqualTo(401);

        assertThat(hub.admin().post(PORTAL + "/installation", "").statusCode()).isEqualTo(200);
        assertThat(told("ONAPPINSTALL")).isEqualTo(200);

        assertThat(health().path("state").asText()).isEqualTo("ok");
        assertThat(hub.admin().json(PORTAL + "/installation").has("openUntil")).isFalse();
        Awaitility.await("the call is in the portal")
                .atMost(TRIED_AGAIN)
                .until(
                        () ->
                                StreamSupport.stream(
                                                acme.state().path("calls").spliterator(), false)
                                        .anyMatch(
                                                call ->
                                                        call.path("PHONE_NUMBER")
                                                                .asText()
                                                                .endsWith("79163330001")));
        JsonNode renewal = Http.parse(hub.admin().post(PORTAL + "/refresh-tokens", "").body());
        assertThat(renewal.path("renewed").asBoolean()).isTrue();
        assertThat(acme.secrets()).allSatisfy(s -> assertThat(hub.log()).doesNotContain(s));
    }
}
