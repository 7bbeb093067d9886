package org.trunkline.crm.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trunkline.crm.delivery.internal.TestStore.NO_LINKS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallbackRequest;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Companies;

/** The attempts of a request to be called back, by the clock (rule I6). */
@Timeout(120)
class NextAttemptsTest {

    private static final Set<String> MAIN = Set.of("to-main");
    private static final Set<String> BOTH = Set.of("to-main", "to-second");
    private static final PhoneNumber CLIENT = new PhoneNumber("+79161234567", "89161234567");
    private static final Duration EVERY = Duration.ofSeconds(3);

    @TempDir Path folder;
    private TestStore store;
    private RoutesContext routes;
    private final Portals portals = new Portals();
    private final List<PbxControl.Order> orders = new CopyOnWriteArrayList<>();
    private final Controls pbxs = new Controls();
    private volatile String state = "connected";

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        pbxs.addControl(
                new PbxControl() {
                    @Override
                    public PbxKind kind() {
                        return PbxKind.ASTERISK;
                    }

                    @Override
                    public void call(String company, PbxAccount account, Order order) {
                        orders.add(order);
                    }
                });
    }

    @AfterEach
    void close() {
        routes.close();
        store.close();
    }

    @Test
    void I6_theNextAttemptBeginsWhenItIsDue_once() {
        start("[]");
        Instant ended = Instant.now();
        failed("tl-1", MAIN, ended, 600);

        await().until(() -> !orders.isEmpty());

        assertThat(Instant.now()).isAfterOrEqualTo(ended.plus(EVERY));
        PbxControl.Order order = orders.get(0);
        assertThat(order.callKey()).startsWith(FromCrm.KEY).isNotEqualTo("tl-1");
        assertThat(order.client()).isEqualTo(CLIENT);
        fold(MAIN);
        Call next = store.calls().find("acme", Acme.id(order.callKey())).orElseThrow();
        assertThat(CallbackRequest.of(next).orElseThrow().attempt()).isEqualTo(2);
        assertThat(next.direction()).contains(Direction.INBOUND);
        assertThat(next.attributes()).containsEntry("site", "a.example");
        assertThat(CallbackRequest.of(call("tl-1")).orElseThrow().next()).contains(next.id());
        await().until(() -> reason("tl-1").endsWith("the next one is call " + next.id()));
        assertThat(orders).hasSize(1);
        assertThat(portals.of(Acme.id("tl-1"))).isEmpty();
    }

    @Test
    void I6_whatWaitsIsBegunAfterARestart() {
        start("[]");
        failed("tl-1", MAIN, Instant.now(), 600);
        await().until(() -> reason("tl-1").contains("again at"));
        routes.close();
        store.close();
        assertThat(orders).isEmpty();

        store = TestStore.in(folder);
        start("[]");

        await().until(() -> orders.size() == 1);
    }

    @Test
    void I6_anAttemptThatIsInTheJournalIsNotBegunAgainAfterACrash() {
        start("[]");
        failed("tl-1", MAIN, Instant.now(), 600);
        await().until(() -> orders.size() == 1);
        routes.close();
        // As after a crash: nobody knows that it was done, and what was begun is not folded yet.
        long row =
                store.work()
                        .list("acme", Optional.empty(), Optional.empty(), 10)
                        .items()
                        .get(0)
                        .id();
        assertThat(store.work().replay("acme", row)).isTrue();
        store.close();
        store = TestStore.in(folder);
        Instant again = Instant.now();
        start("[]");
        await().until(() -> decidedAt("tl-1").isAfter(again));
        fold(MAIN);

        await().until(() -> reason("tl-1").contains("the next one is call"));
        assertThat(orders).hasSize(1);
    }

    @Test
    void I6_whileThePbxIsNotHeardTheNextAttemptWaits() {
        state = "connecting";
        start("[]");
        Instant ended = Instant.now();
        failed("tl-1", MAIN, ended, 600);
        await().until(() -> decidedAt("tl-1").isAfter(ended.plus(EVERY)));
        assertThat(orders).isEmpty();

        state = "connected";

        await().until(() -> orders.size() == 1);
    }

    @Test
    void I6_whileTheClientIsOnAnotherCallTheNextAttemptWaits() {
        Instant ended = Instant.now();
        new Acme(store)
                .tell(
                        "1.0",
                        Set.of(),
                        Acme.event(
                                "1.0",
                                "",
                                ended,
                                new Fact.Started(
                                        Optional.of(Direction.INBOUND),
                                        Optional.of(new PhoneNumber("+79161234567", "79161234567")),
                                        Optional.empty())));
        start("[]");
        failed("tl-1", MAIN, ended, 600);
        await().until(() -> decidedAt("tl-1").isAfter(ended.plus(EVERY)));
        assertThat(orders).isEmpty();

        new Acme(store)
                .tell(
                        "1.0",
                        Set.of(),
                        Acme.event("1.0", "", Instant.now(), new Fact.Ended(Optional.empty())));

        await().until(() -> orders.size() == 1);
    }

    @Test
    void I6_ofTwoIntegrationsOnlyThatOfTheRequestCallsAgain() {
        start("[]");
        failed("tl-1", BOTH, Instant.now(), 600);

        await().until(() -> orders.size() == 1);
        fold(BOTH);
        assertThat(FromCrm.of(call(orders.get(0).callKey())).orElseThrow().integration())
                .isEqualTo("to-main");
        await().until(
                        () ->
                                store.work().decisions("acme", Acme.id("tl-1")).stream()
                                        .allMatch(
                                                d ->
                                                        d.decision()
                                                                .parts()
                                                                .get(0)
                                                                .reason()
                                                                .contains("the next one")));
        assertThat(orders).hasSize(1);
        assertThat(portals.of(Acme.id("tl-1"))).isEmpty();
    }

    @Test
    void I6_theOtherIntegrationAloneCallsNobody() {
        start("[]");
        Instant ended = Instant.now();

        failed("tl-1", Set.of("to-second"), ended, 600);

        await().until(() -> decidedAt("tl-1").isAfter(ended.plus(EVERY)));
        assertThat(orders).isEmpty();
    }

    @Test
    void I6_whereCallbacksWereSwitchedOffMeanwhileNobodyIsRungAgain() {
        start("[]", false);

        failed("tl-1", MAIN, Instant.now(), 600);

        await().until(() -> !portals.of(Acme.id("tl-1")).isEmpty());
        assertThat(portals.of(Acme.id("tl-1")).get(0).records().get(0).outcome().orElseThrow())
                .satisfies(o -> assertThat(o.result()).isEqualTo(CallResult.MISSED));
        assertThat(orders).isEmpty();
    }

    @Test
    void I6_whenTheTimeIsOverItIsWrittenAsMissed() {
        start("[]");

        failed("tl-1", MAIN, Instant.now(), 1);

        await().until(() -> !portals.of(Acme.id("tl-1")).isEmpty());
        assertThat(portals.of(Acme.id("tl-1")).get(0).records().get(0).outcome().orElseThrow())
                .satisfies(o -> assertThat(o.result()).isEqualTo(CallResult.MISSED));
        assertThat(orders).isEmpty();
    }

    @Test
    void I6_theResponsibleIsAskedForAtEachAttempt_andAPortalThatIsAwayKeepsNobodyFromCalling() {
        portals.book =
                () ->
                        new Client(
                                Optional.of(
                                        new Client.Found(
                                                EntityKind.CONTACT, "1", "Anna", "8", true)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
        String routesToHim = "[{\"responsible\":true},{\"employee\":\"201\"}]";
        start(routesToHim);
        failed("tl-1", MAIN, Instant.now(), 600);
        await().until(() -> orders.size() == 1);
        assertThat(phones(orders.get(0))).containsExactly("202");

        portals.book =
                () -> {
                    throw new Fault.Retryable("down", Duration.ofMinutes(5));
                };
        failed("tl-2", MAIN, Instant.now(), 600);

        await().until(() -> orders.size() == 2);
        assertThat(phones(orders.get(1))).containsExactly("201");
    }

    private static List<String> phones(PbxControl.Order order) {
        return order.first().stream()
                .map(PbxControl.First::phone)
                .map(phone -> ((PbxControl.Extension) phone).extension())
                .toList();
    }

    private Call call(String key) {
        return store.calls().find("acme", Acme.id(key)).orElseThrow();
    }

    private Instant decidedAt(String key) {
        return store.work().decisions("acme", Acme.id(key)).get(0).at();
    }

    private String reason(String key) {
        return store.work().decisions("acme", Acme.id(key)).stream()
                .flatMap(d -> d.decision().parts().stream())
                .map(part -> part.reason())
                .findFirst()
                .orElse("");
    }

    /** As routes-calls does. */
    private void fold(Set<String> concerned) {
        store.journal().unfolded(1_000).forEach(u -> store.calls().fold(u, call -> concerned));
    }

    /** The first attempt of a request rang 201, in vain. */
    private void failed(String key, Set<String> concerned, Instant ended, int until) {
        Instant began = ended.minusSeconds(20);
        Map<String, String> told = new HashMap<>();
        told.putAll(
                new FromCrm(
                                "to-main",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false,
                                Optional.empty())
                        .attributes());
        told.putAll(new CallbackRequest(EVERY, ended.plusSeconds(until)).attributes());
        told.put("site", "a.example");
        List<CallEvent> events = new ArrayList<>();
        events.add(
                Acme.event(
                        key,
                        "",
                        began,
                        new Fact.Started(
                                Optional.of(Direction.INBOUND),
                                Optional.of(CLIENT),
                                Optional.empty())));
        events.add(Acme.event(key, "", began, new Fact.Tagged(told)));
        events.add(Acme.event(key, "201", began.plusSeconds(1), new Fact.LegRinging("201")));
        events.add(Acme.event(key, "", ended, new Fact.Ended(Optional.of(CallResult.MISSED))));
        new Acme(store).tell(key, concerned, events.toArray(CallEvent[]::new));
    }

    private void start(String callbackRoutes) {
        start(callbackRoutes, true);
    }

    private void start(String callbackRoutes, boolean enabled) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        ObjectNode callback = settings.putObject("callback");
        callback.put("enabled", enabled).put("number", "+74951000001");
        callback.set("routes", Json.tree(callbackRoutes));
        List<Company> documents = List.of(Acme.company(settings));
        Companies companies = new TestStore.Fixed(documents);
        Clock clock = Clock.systemUTC();
        Absences absences = new Absences(store.work());
        Connectors connectors = new Connectors();
        connectors.addConnector(portals);
        connectors.addPbx(() -> List.of(new PbxHealth("acme", "office", state, "", "")));
        routes =
                RoutesContext.standalone("delivery")
                        .with("work", new WorkComponent(store.work(), new Lanes(companies), clock));
        routes.start(
                new DeliverRoute(
                        new Delivery(
                                store.work(),
                                absences,
                                store.calls(),
                                companies,
                                connectors,
                                NO_LINKS,
                                clock),
                        store.attempts(connectors, pbxs, clock),
                        new Setbacks(store.work(), absences, clock)));
    }
}
