package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.Client;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.RecordingPlace;
import org.trunkline.sandbox.Sandbox;
import org.trunkline.store.internal.TestClock;

/** A portal that connects itself by ONAPPINSTALL, through the real gate into the real store. */
class InstallTest {

    private static final AtomicInteger PORTALS = new AtomicInteger();
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static Sandbox sandbox;

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private final String simulated = "install-" + PORTALS.incrementAndGet();
    private ConnectingHub hub;
    private Portal portal;

    @BeforeAll
    static void startSandbox() throws Exception {
        sandbox = Sandbox.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void start() throws Exception {
        hub = new ConnectingHub(folder, sandbox.address(), clock);
        portal = hub.company("acme", simulated);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void install() {
        hub.installation.open("acme", portal, WINDOW);
        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(200);
    }

    private Optional<String> reason() {
        return hub.installation.state("acme", portal).refusal().map(r -> r.reason());
    }

    private void bring() {
        var record = CallRecords.inbound().cards("7").startedAt(Instant.now()).get();
        hub.connector()
                .bring(
                        portal,
                        "acme",
                        "0123456789abcdef01234567",
                        CallRecords.wanted(
                                CallRecords.decision(List.of(record), Optional.empty()),
                                Client.UNKNOWN,
                                new RecordingPlace.Nowhere("")),
                        new MemorySteps());
    }

    @Test
    void T1_aPortalInstallsItselfThroughAnOpenWindow_andItsCallsAreWritten() {
        install();

        assertThat(hub.secret("acme", "memberId")).isPresent();
        assertThat(hub.secret("acme", "applicationToken")).isPresent();
        assertThat(hub.secret("acme", "clientEndpoint")).isPresent();
        assertThat(hub.installation.state("acme", portal).connected()).isTrue();
        assertThat(hub.health("acme").state()).isEqualTo("ok");
        bring();
        assertThat(hub.sandbox("GET", simulated + "/_state", "").path("calls")).hasSize(1);
    }

    @Test
    void T1_theWindowLetsOneInstallationIn() {
        install();
        hub.companies().putSecrets("acme", Map.of(portal.secretKey("applicationToken"), "other"));

        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(401);
    }

    @Test
    void T1_theWindowClosesByItself() {
        hub.installation.open("acme", portal, WINDOW);
        assertThat(hub.installation.state("acme", portal).openUntil())
                .contains(clock.instant().plus(WINDOW));
        clock.advance(WINDOW);

        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(401);
        assertThat(hub.secret("acme", "accessToken")).isEmpty();
        assertThat(hub.installation.state("acme", portal).openUntil()).isEmpty();
    }

    @Test
    void T1_theWindowOutlivesTheHub() throws Exception {
        hub.installation.open("acme", portal, WINDOW);
        hub.close();
        hub = new ConnectingHub(folder, sandbox.address(), clock);

        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(200);
    }

    @Test
    void T1_withoutAWindowNobodyInstalls_andTheAdministratorIsTold() {
        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(401);

        assertThat(hub.secret("acme", "accessToken")).isEmpty();
        assertThat(hub.health("acme").state()).isEqualTo("unauthorized");
        assertThat(hub.health("acme").reason()).contains("nobody let in");
        assertThat(hub.health("acme").cure())
                .contains("POST /api/v1/companies/acme/portals/main/installation");
    }

    @Test
    void T1_withTheApplicationTokenOfBefore_aPortalInstallsAgainAtAnyTime() {
        install();
        String first = hub.secret("acme", "accessToken").orElseThrow();

        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(200);
        assertThat(hub.secret("acme", "accessToken")).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void T1_tokensThatThePortalDoesNotKnowAreRefused() {
        hub.installation.open("acme", portal, WINDOW);

        assertThat(hub.form("/crm/bitrix24/acme/main/install", event()).statusCode())
                .isEqualTo(401);
        assertThat(hub.secret("acme", "accessToken")).isEmpty();
        assertThat(reason()).hasValueSatisfying(r -> assertThat(r).contains("does not know"));
        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(200);
        assertThat(reason()).isEmpty();
    }

    @Test
    void T2_aPortalOfAnotherCompanyIsRefusedUntilItIsReleasedThere() {
        install();
        Portal second = hub.company("beta", simulated);
        hub.installation.open("beta", second, WINDOW);

        assertThat(hub.event(simulated, "ONAPPINSTALL", "beta")).isEqualTo(403);
        assertThat(hub.secret("beta", "accessToken")).isEmpty();
        assertThat(hub.health("beta").reason()).contains("bound to company acme, portal main");
        assertThat(hub.health("beta").cure()).contains("/companies/acme/portals/main/release");

        hub.installation.release("acme", portal);
        assertThat(hub.event(simulated, "ONAPPINSTALL", "beta")).isEqualTo(200);
        assertThat(hub.secret("beta", "accessToken")).isPresent();
    }

    @Test
    void T2_uninstallingReleasesThePortal_andItsWorkWaits() {
        install();

        // The portal tells where the hub asked it to at the installation.
        assertThat(
                        hub.sandbox("POST", simulated + "/_event", "{\"event\":\"ONAPPUNINSTALL\"}")
                                .at("/sent/0/status")
                                .asInt())
                .isEqualTo(200);

        assertThat(
                        List.of(
                                "accessToken",
                                "refreshToken",
                                "memberId",
                                "applicationToken",
                                "clientEndpoint"))
                .allSatisfy(name -> assertThat(hub.secret("acme", name)).isEmpty());
        assertThat(hub.secret("acme", "clientId")).isPresent();
        assertThat(hub.health("acme").state()).isEqualTo("unauthorized");
        assertThat(hub.health("acme").reason()).contains("removed from the portal");
        assertThat(hub.health("acme").cure()).contains("install the application in the portal");
        assertThatThrownBy(this::bring).isInstanceOf(Fault.Auth.class);

        install();
        bring();
        assertThat(hub.sandbox("GET", simulated + "/_state", "").path("calls")).hasSize(1);
    }

    @Test
    void T2_aRemovalWithoutTheApplicationTokenIsRefused() {
        install();
        Map<String, String> forged =
                Map.of("event", "ONAPPUNINSTALL", "auth[application_token]", "guessed");

        assertThat(hub.form("/crm/bitrix24/acme/main/install", forged).statusCode()).isEqualTo(401);
        assertThat(hub.secret("acme", "accessToken")).isPresent();
    }

    @Test
    void T2_aRemovalThatIsToldAfterTheNextInstallationChangesNothing() {
        install();
        String token = hub.secret("acme", "applicationToken").orElseThrow();
        long before = clock.instant().minusSeconds(60).getEpochSecond();

        var told =
                hub.form(
                        "/crm/bitrix24/acme/main/install",
                        Map.of(
                                "event",
                                "ONAPPUNINSTALL",
                                "ts",
                                Long.toString(before),
                                "auth[application_token]",
                                token));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(hub.secret("acme", "accessToken")).isPresent();
    }

    @Test
    void T1_afterTheNextStartHealthStillSaysWhatIsMissing() throws Exception {
        hub.close();
        hub = new ConnectingHub(folder, sandbox.address(), clock);

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(hub.connector().health())
                                        .singleElement()
                                        .satisfies(
                                                h ->
                                                        assertThat(h.cure())
                                                                .contains(
                                                                        "open the installation")));
    }

    @Test
    void T3_refreshTokensRenewsThePairAndSaysSo() {
        install();
        String refresh = hub.secret("acme", "refreshToken").orElseThrow();

        assertThat(hub.installation.refreshTokens("acme", portal)).contains("renewed");
        assertThat(hub.secret("acme", "refreshToken"))
                .isPresent()
                .isNotEqualTo(Optional.of(refresh));
        assertThat(hub.secret("acme", "memberId")).isPresent();
    }

    @Test
    void T3_tokensThatAreDeadAreToldWithTheCure() {
        install();
        hub.sandbox("POST", simulated + "/_faults", "{\"kind\":\"revokeToken\"}");

        assertThatThrownBy(() -> hub.installation.refreshTokens("acme", portal))
                .isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "/crm/bitrix24/other/main/install",
        "/crm/bitrix24/acme/other/install",
        "/crm/bitrix24/acme/main/other"
    })
    void unknownPlacesAre404(String path) {
        assertThat(hub.form(path, event()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event",
                "auth[access_token]",
                "auth[refresh_token]",
                "auth[member_id]",
                "auth[application_token]"
            })
    void whatIsMissingIsNamed(String field) {
        hub.installation.open("acme", portal, WINDOW);
        Map<String, String> event = new HashMap<>(event());
        event.remove(field);

        var answer = hub.form("/crm/bitrix24/acme/main/install", event);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(field).doesNotContain("a-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event=A&event=B", "event=%ZZ", "event=%FF", "", "a=%00", "event=ONX"})
    void malformedIs400(String body) {
        var answer =
                hub.post(
                        "/crm/bitrix24/acme/main/install",
                        "application/x-www-form-urlencoded",
                        body);

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void otherContentIs400_andTooMuch413() {
        String path = "/crm/bitrix24/acme/main/install";

        assertThat(hub.post(path, "application/json", "{}").statusCode()).isEqualTo(400);
        assertThat(
                        hub.post(
                                        path,
                                        "application/x-www-form-urlencoded",
                                        "a=" + "b".repeat(262_144))
                                .statusCode())
                .isEqualTo(413);
    }

    private static Map<String, String> event() {
        return Map.of(
                "event", "ONAPPINSTALL",
                "auth[access_token]", "a-token",
                "auth[refresh_token]", "r-token",
                "auth[member_id]", "m",
                "auth[application_token]", "app");
    }
}
