package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.bitrix24.internal.events.Bitrix24Events;
import org.trunkline.crm.connector.GivenLeases;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Setback;
import org.trunkline.sandbox.Sandbox;
import org.trunkline.store.Companies;
import org.trunkline.store.internal.TestClock;

/** What portals tell by themselves, through the real gate. */
class EventsTest {

    private static final AtomicInteger PORTALS = new AtomicInteger();
    private static final String PATH = "/crm/bitrix24/acme/main/event";
    private static final String ON =
            "{\"clickToCall\":{\"enabled\":true,\"number\":\"+74951000001\"},"
                    + "\"callback\":{\"enabled\":true,\"number\":\"+74951000001\"}}";
    private static Sandbox sandbox;

    @TempDir Path folder;
    private final TestClock clock = new TestClock();
    private final String simulated = "events-" + PORTALS.incrementAndGet();
    private final GivenPbx pbx = new GivenPbx();
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
        start(true);
    }

    private void start(boolean online) throws Exception {
        hub = new ConnectingHub(folder, sandbox.address(), clock, online);
        hub.controls.addControl(pbx);
        portal = hub.company("acme", simulated, List.of(account()), List.of(integration(ON)));
        hub.installation.open("acme", portal, Duration.ofMinutes(15));
        assertThat(hub.event(simulated, "ONAPPINSTALL", "acme")).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static PbxAccount account() {
        return new PbxAccount(
                "office",
                PbxKind.ASTERISK,
                "127.0.0.1",
                5038,
                false,
                "crm",
                Optional.empty(),
                List.of(
                        new Line(
                                number("+74951000001"),
                                Line.Kind.MULTICHANNEL,
                                Optional.empty(),
                                true)),
                List.of(employee("201"), employee("202")),
                Optional.of(
                        new Asterisk(
                                List.of("from-trunk"),
                                List.of("internal"),
                                "all_peers",
                                Optional.empty(),
                                Optional.empty())));
    }

    private static Employee employee(String id) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), Optional.empty(), false, true);
    }

    private static PhoneNumber number(String text) {
        return PhoneNumber.read(text, "RU").orElseThrow();
    }

    private static Integration integration(String settings) {
        return new Integration(
                "office-main",
                "office",
                "main",
                "mikopbx-bitrix24",
                Map.of("201", "7", "202", "8"),
                Json.tree(settings));
    }

    private Map<String, String> form(String event) {
        Map<String, String> form = new HashMap<>();
        form.put("event", event);
        form.put("auth[member_id]", hub.secret("acme", "memberId").orElseThrow());
        form.put("auth[application_token]", hub.secret("acme", "applicationToken").orElseThrow());
        return form;
    }

    private Map<String, String> click(String id) {
        Map<String, String> form = form("ONEXTERNALCALLSTART");
        form.put("data[CALL_ID]", id);
        form.put("data[USER_ID]", "7");
        form.put("data[PHONE_NUMBER]", "8 916 333-00-01");
        return form;
    }

    private int sent(Map<String, String> form) {
        return hub.form(PATH, form).statusCode();
    }

    private List<JsonNode> bound() {
        JsonNode rows = hub.connector().at("acme", portal).call("event.get", Map.of());
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("event").asText().startsWith("ONEXTERNAL"))
                .toList();
    }

    private Call onlyCall() {
        assertThat(hub.heard.all()).hasSize(1);
        return hub.heard.all().get(0);
    }

    @Test
    void whoDoesNotKnowTheSecretsIsRefused() {
        Map<String, String> wrong = click("1");
        wrong.put("auth[application_token]", "guessed");
        assertThat(sent(wrong)).isEqualTo(401);
        Map<String, String> other = click("1");
        other.put("auth[member_id]", "another");
        assertThat(sent(other)).isEqualTo(401);
        Map<String, String> without = click("1");
        without.remove("auth[application_token]");
        assertThat(sent(without)).isEqualTo(400);
        assertThat(hub.form("/crm/bitrix24/acme/none/event", click("1")).statusCode())
                .isEqualTo(404);
        Map<String, String> large = click("1");
        large.put("data[TEXT]", "x".repeat(300 * 1024));
        assertThat(sent(large)).isEqualTo(413);
        assertThat(hub.heard.all()).isEmpty();
    }

    @Test
    void T17_aClickIsDurableBeforeThePortalHasItsAnswer() {
        hub.heard.full(true);
        assertThat(sent(click("externalCall.1"))).isEqualTo(503);
        hub.heard.full(false);

        assertThat(sent(click("externalCall.1"))).isEqualTo(200);

        Call call = onlyCall();
        assertThat(call.direction()).contains(Direction.OUTBOUND);
        assertThat(call.client().map(PhoneNumber::value)).contains("+79163330001");
        FromCrm begun = FromCrm.of(call).orElseThrow();
        assertThat(begun.portalCall()).contains("externalCall.1");
        assertThat(begun.user()).contains("7");
        Awaitility.await().until(() -> pbx.orders.size() == 1);
        PbxControl.Order order = pbx.orders.get(0);
        assertThat(order.callKey()).isEqualTo(call.key());
        assertThat(order.first().get(0).phone()).isEqualTo(new PbxControl.Extension("201"));
        assertThat(order.client().value()).isEqualTo("+79163330001");
    }

    @Test
    void T17_theSameClickToldTwiceIsDialledOnce() {
        assertThat(sent(click("externalCall.1"))).isEqualTo(200);
        assertThat(sent(click("externalCall.1"))).isEqualTo(200);
        assertThat(sent(click("externalCall.2"))).isEqualTo(200);

        Awaitility.await().until(() -> pbx.orders.size() == 2);
        assertThat(hub.heard.all()).hasSize(2);
    }

    @Test
    void T17_whatIsInTheWayEndsTheCallAtOnce() {
        Map<String, String> unmapped = click("1");
        unmapped.put("data[USER_ID]", "99");
        Map<String, String> wrong = click("2");
        wrong.put("data[PHONE_NUMBER]", "*72");
        Map<String, String> late = click("3");
        late.put("ts", String.valueOf(clock.instant().minusSeconds(90).getEpochSecond()));

        assertThat(sent(unmapped)).isEqualTo(200);
        assertThat(sent(wrong)).isEqualTo(200);
        assertThat(sent(late)).isEqualTo(200);

        assertThat(hub.heard.all())
                .extracting(call -> FromCrm.of(call).orElseThrow().setback().orElseThrow())
                .containsExactly(Setback.NOT_MAPPED, Setback.WRONG_NUMBER, Setback.LOST);
        assertThat(hub.heard.all()).allMatch(Call::ended);
        assertThat(pbx.orders).isEmpty();
    }

    @Test
    void T17_aPbxThatIsAwayOrRefusesEndsTheCall() {
        pbx.refuses(new Fault.Retryable("no line", Duration.ZERO));
        sent(click("1"));
        Awaitility.await().until(() -> onlyCall().ended());
        assertThat(FromCrm.of(onlyCall()).orElseThrow().setback()).contains(Setback.PBX_AWAY);

        pbx.refuses(new Fault.Data("Permission denied", "give it"));
        sent(click("2"));
        Awaitility.await().until(() -> hub.heard.all().stream().allMatch(Call::ended));
        assertThat(hub.heard.all())
                .extracting(call -> FromCrm.of(call).orElseThrow().setback().orElseThrow())
                .contains(Setback.PBX_REFUSED);
    }

    @Test
    void T17_switchedOffTheClickIsEndedAndNothingRings() {
        hub.companies()
                .put(
                        new Company(
                                "acme",
                                "Acme",
                                "RU",
                                List.of(account()),
                                List.of(portal),
                                List.of(integration("{}"))),
                        Json.tree("{}"),
                        Map.of(),
                        "test");
        sent(click("1"));

        assertThat(FromCrm.of(onlyCall()).orElseThrow().setback()).contains(Setback.OFF);
        assertThat(onlyCall().ended()).isTrue();
        assertThat(pbx.orders).isEmpty();
    }

    @Test
    void T19_theApplicationAloneRingsAllMappedEmployees() {
        Map<String, String> form = form("ONEXTERNALCALLBACKSTART");
        form.put("data[PHONE_NUMBER]", "+79163330001");

        assertThat(sent(form)).isEqualTo(200);

        assertThat(onlyCall().direction()).contains(Direction.INBOUND);
        Awaitility.await().until(() -> pbx.orders.size() == 1);
        assertThat(pbx.orders.get(0).first())
                .extracting(PbxControl.First::phone)
                .containsExactly(new PbxControl.Extension("201"), new PbxControl.Extension("202"));
    }

    @Test
    void handlersAreBoundAtTheInstallationAndAgainWhenTheyAreGone() {
        assertThat(bound())
                .extracting(row -> row.path("event").asText())
                .containsExactlyInAnyOrder("ONEXTERNALCALLSTART", "ONEXTERNALCALLBACKSTART");
        assertThat(bound())
                .allSatisfy(
                        row ->
                                assertThat(row.path("handler").asText())
                                        .isEqualTo(hub.address(PATH)));
        hub.connector()
                .at("acme", portal)
                .call("event.unbind", Map.of("event", "ONEXTERNALCALLSTART"));
        assertThat(bound()).hasSize(1);

        hub.events.mendAll();

        assertThat(bound()).hasSize(2);
    }

    @Test
    void aPortalThatDoesNotPromiseToTellIsNamedInHealth() {
        hub.sandbox(
                "POST",
                simulated + "/_faults",
                "{\"kind\":\"status\",\"status\":403,\"error\":\"insufficient_scope\","
                        + "\"method\":\"event.get\",\"probability\":1,\"forSeconds\":60}");

        hub.events.mendAll();
        // Whatever else the portal answers, this stays told until it is mended.
        hub.connector().at("acme", portal).call("app.info", Map.of());

        assertThat(hub.health("acme").state()).isEqualTo("ok");
        assertThat(hub.health("acme").reason()).contains("clicks and callback forms");
        assertThat(hub.health("acme").cure()).isNotEmpty();
        hub.sandbox("DELETE", simulated + "/_faults", "");
        hub.events.mendAll();
        assertThat(hub.health("acme").reason()).isEmpty();
    }

    @Test
    void changedEntitiesAreToldToWhoWantsThem_andOnlyThenAskedFor() {
        List<String> heard = new CopyOnWriteArrayList<>();
        hub.events.addChanges((company, where, type, id) -> heard.add(type + " " + id));
        Awaitility.await()
                .until(
                        () ->
                                StreamSupport.stream(
                                                hub.connector()
                                                        .at("acme", portal)
                                                        .call("event.get", Map.of())
                                                        .spliterator(),
                                                false)
                                        .anyMatch(
                                                row ->
                                                        row.path("event")
                                                                .asText()
                                                                .equals("ONCRMCONTACTUPDATE")));
        Map<String, String> form = form("ONCRMCONTACTUPDATE");
        form.put("data[FIELDS][ID]", "17");

        assertThat(sent(form)).isEqualTo(200);

        assertThat(heard).containsExactly("CONTACT 17");
    }

    @Test
    void T17_behindNatClicksAreFetchedOutOfThePortalsQueueOnce() throws Exception {
        hub.close();
        start(false);
        hub.events.bind("acme", portal);
        assertThat(bound()).allSatisfy(row -> assertThat(row.path("offline").asInt()).isOne());
        hub.sandbox(
                "POST",
                simulated + "/_event",
                "{\"event\":\"ONEXTERNALCALLSTART\",\"data\":{\"PHONE_NUMBER\":\"+79163330001\","
                        + "\"USER_ID\":\"7\"}}");

        hub.events.drainAll();
        hub.events.drainAll();

        Awaitility.await().until(() -> pbx.orders.size() == 1);
        assertThat(FromCrm.of(onlyCall()).orElseThrow().portalCall().orElseThrow())
                .startsWith("externalCall.");
        assertThat(hub.secret("acme", "offlineProcess").filter(p -> !p.isEmpty())).isEmpty();
    }

    @Test
    void T17_aBatchOfAHubThatDiedIsFetchedAgain() throws Exception {
        hub.close();
        start(false);
        hub.events.bind("acme", portal);
        hub.sandbox(
                "POST",
                simulated + "/_event",
                "{\"event\":\"ONEXTERNALCALLSTART\",\"data\":{\"PHONE_NUMBER\":\"+79163330001\","
                        + "\"USER_ID\":\"7\"}}");
        hub.heard.full(true);
        hub.events.drainAll();
        assertThat(hub.heard.all()).isEmpty();
        hub.heard.full(false);

        hub.events.drainAll();

        assertThat(hub.heard.all()).hasSize(1);
    }

    @Test
    void T17_afterARestartAQueueIsAskedWithoutWaitingForTheHourlyLook() throws Exception {
        hub.close();
        start(false);
        hub.events.bind("acme", portal);
        hub.close();
        hub = new ConnectingHub(folder, sandbox.address(), clock, false);
        hub.controls.addControl(pbx);
        hub.sandbox(
                "POST",
                simulated + "/_event",
                "{\"event\":\"ONEXTERNALCALLSTART\",\"data\":{\"PHONE_NUMBER\":\"+79163330001\","
                        + "\"USER_ID\":\"7\"}}");

        hub.events.drainAll();

        assertThat(hub.heard.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "secret"})
    void aStoreThatIsAwayForAMomentStopsNoTimer(String failing) {
        AtomicBoolean away = new AtomicBoolean(true);
        Companies companies =
                (Companies)
                        Proxy.newProxyInstance(
                                Companies.class.getClassLoader(),
                                new Class<?>[] {Companies.class},
                                (proxy, method, arguments) -> {
                                    if (away.get() && method.getName().equals(failing)) {
                                        throw new Fault.Retryable("database", Duration.ZERO);
                                    }
                                    return method.invoke(hub.companies(), arguments);
                                });
        Bitrix24Events events =
                new Bitrix24Events(
                        hub.heard,
                        hub.heard,
                        companies,
                        new GivenLeases(),
                        hub.connector(),
                        hub.controls,
                        Optional.of("http://127.0.0.1:1"),
                        clock);
        try {
            assertThatCode(events::drainAll).doesNotThrowAnyException();
            assertThatCode(events::mendAll).doesNotThrowAnyException();
            away.set(false);
            events.mendAll();
            assertThat(bound())
                    .extracting(row -> row.path("handler").asText())
                    .contains("http://127.0.0.1:1" + PATH);
        } finally {
            events.stop();
        }
    }

    @Test
    void T17_aClickIsThePbxsWhoseLineItNames() {
        PbxAccount other =
                new PbxAccount(
                        "branch",
                        PbxKind.ASTERISK,
                        "127.0.0.1",
                        5039,
                        false,
                        "crm",
                        Optional.empty(),
                        List.of(
                                new Line(
                                        number("+74952000002"),
                                        Line.Kind.MULTICHANNEL,
                                        Optional.empty(),
                                        true)),
                        List.of(employee("201")),
                        account().asterisk());
        Integration branch =
                new Integration(
                        "branch-main",
                        "branch",
                        "main",
                        "mikopbx-bitrix24",
                        Map.of("201", "7"),
                        Json.tree(ON.replace("4951000001", "4952000002")));
        hub.companies()
                .put(
                        new Company(
                                "acme",
                                "Acme",
                                "RU",
                                List.of(account(), other),
                                List.of(portal),
                                List.of(integration(ON), branch)),
                        Json.tree("{}"),
                        Map.of(),
                        "test");
        Map<String, String> named = click("1");
        named.put("data[LINE_NUMBER]", "+74952000002");

        assertThat(sent(named)).isEqualTo(200);
        assertThat(onlyCall().account()).isEqualTo("branch");
    }

    @Test
    void T19_aFormThatWaitedTooLongIsAMissedCallAndRingsNobody() {
        Map<String, String> form = form("ONEXTERNALCALLBACKSTART");
        form.put("data[PHONE_NUMBER]", "+79163330001");
        form.put("ts", String.valueOf(clock.instant().minusSeconds(601).getEpochSecond()));

        assertThat(sent(form)).isEqualTo(200);

        assertThat(onlyCall().ended()).isTrue();
        assertThat(onlyCall().direction()).contains(Direction.INBOUND);
        assertThat(FromCrm.of(onlyCall()).orElseThrow().setback()).contains(Setback.LOST);
        form.put("ts", String.valueOf(clock.instant().minusSeconds(599).getEpochSecond()));
        assertThat(sent(form)).isEqualTo(200);
        Awaitility.await().until(() -> !pbx.orders.isEmpty());
        assertThat(pbx.orders).hasSize(1);
    }

    @Test
    void T19_formsWithoutATimeInTheQueueAreOldAndOneCallEach() throws Exception {
        hub.close();
        start(false);
        hub.events.bind("acme", portal);
        String row =
                "{\"ID\":\"%1$d\",\"TIMESTAMP_X\":\"yesterday\",\"EVENT_NAME\":\"ONEXTERNALCALLBACKSTART\","
                        + "\"EVENT_DATA\":{\"PHONE_NUMBER\":\"+79163330001\"},"
                        + "\"EVENT_ADDITIONAL\":\"\",\"MESSAGE_ID\":\"m%1$d\",\"processId\":\"\"}";
        hub.sandbox(
                "PUT",
                simulated + "/_state",
                "{\"offline\":[" + row.formatted(1) + "," + row.formatted(2) + "]}");

        hub.events.drainAll();

        assertThat(hub.heard.all()).hasSize(2).allMatch(Call::ended);
        assertThat(pbx.orders).isEmpty();
    }
}
