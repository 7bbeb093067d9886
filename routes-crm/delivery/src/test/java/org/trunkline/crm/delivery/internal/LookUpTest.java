package org.trunkline.crm.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trunkline.crm.delivery.internal.TestStore.NO_LINKS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** When the CRM is asked who calls, and what becomes of the answer. */
@Timeout(120)
class LookUpTest {

    private static final Set<String> MAIN = Set.of("to-main");
    private static final Client KNOWN =
            new Client(
                    Optional.of(new Client.Found(EntityKind.CONTACT, "3", "Olga", "8", true)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Client.Found(EntityKind.DEAL, "4", "Kettle", "8", true)));

    @TempDir Path folder;
    private TestStore store;
    private Acme acme;
    private RoutesContext routes;
    private final Portals portals = new Portals();

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        acme = new Acme(store);
        routes = RoutesContext.standalone("delivery");
    }

    @AfterEach
    void close() {
        routes.close();
        store.close();
    }

    @Test
    void T14_theClientIsLookedUpOnceAtTheCallsEnd() {
        start(byHub());
        acme.rings("call", MAIN, "201");
        await().until(() -> settled() && portals.visits.size() == 1);
        assertThat(portals.lookUps).hasValue(0);

        acme.answered("call", MAIN, "201");
        acme.hungUp("call", MAIN, "201");
        await().until(() -> settled() && last().decision().entities().isPresent());
        assertThat(last().decision().entities().get().create()).isPresent();

        portals.book = () -> KNOWN;
        acme.tell(
                "call",
                MAIN,
                Acme.event("call", "", 50, new Fact.Tagged(Map.of("scenario", "sale"))));
        int before = portals.visits.size();
        await().until(() -> settled() && portals.visits.size() > before);

        assertThat(portals.lookUps).hasValue(1);
        assertThat(last().client()).isEqualTo(Client.UNKNOWN);
        assertThat(last().decision().entities().get().create()).isPresent();
        assertThat(store.work().client("acme", Acme.id("call"), "to-main"))
                .contains(Client.UNKNOWN);
    }

    @Test
    void I2_atTheAnswerNothingIsWrittenBeforeTheClientIsKnown() {
        portals.book = () -> KNOWN;
        ObjectNode settings = byHub();
        settings.withObject("/record").put("at", "answer");
        start(settings);
        acme.rings("call", MAIN, "201");
        acme.answered("call", MAIN, "201");
        await().until(() -> settled() && portals.lookUps.get() == 1);

        assertThat(portals.visits)
                .filteredOn(visit -> !visit.wanted().client().known())
                .flatExtracting(visit -> visit.records())
                .isNotEmpty()
                .allMatch(record -> record.written() == Written.NOT_YET);
        assertThat(last().client()).isEqualTo(KNOWN);
        assertThat(last().records().get(0).written()).isEqualTo(Written.WITHOUT_DURATION);
    }

    @Test
    void O11_whatIsFoundDecides() {
        portals.book = () -> KNOWN;
        start(byHub());
        acme.justEnded("call", MAIN, "201");

        await().until(() -> settled() && !portals.visits.isEmpty());

        assertThat(last().client()).isEqualTo(KNOWN);
        assertThat(last().decision().entities().orElseThrow().create()).isEmpty();
        assertThat(last().decision().entities().orElseThrow().reassign())
                .contains(KNOWN.deal().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"whenNoOpen, true", "byMode, false"})
    void X7_theLookUpKnowsWhetherOpenDealsMatter(String repeat, boolean matter) {
        portals.book = () -> KNOWN;
        ObjectNode settings = byHub();
        settings.withObject("/entities").put("repeat", repeat);
        start(settings);
        acme.justEnded("call", MAIN, "201");

        await().until(() -> settled() && !portals.visits.isEmpty());

        assertThat(portals.openMattered).containsExactly(matter);
    }

    @Test
    void T14_aPortalThatIsDownIsAskedAgain() {
        AtomicBoolean down = new AtomicBoolean(true);
        portals.book =
                () -> {
                    if (down.get()) {
                        throw new Fault.Retryable("no answer", Duration.ZERO);
                    }
                    return KNOWN;
                };
        start(byHub());
        acme.justEnded("call", MAIN, "201");
        await().until(() -> row(Work.State.RETRYING).isPresent());
        assertThat(portals.visits).isEmpty();

        down.set(false);

        await().until(this::settled);
        assertThat(last().client()).isEqualTo(KNOWN);
    }

    @Test
    void T7_theCardsOfACallThatGoesOnDoNotWaitForTheLookUp() {
        portals.book =
                () -> {
                    throw new Fault.Retryable("no answer", Duration.ofMinutes(5));
                };
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("notify").put("talker", true);
        start(settings);
        acme.rings("call", MAIN, "201", "202");
        await().until(() -> settled() && portals.visits.size() == 1);

        acme.answered("call", MAIN, "202");

        await().until(() -> row(Work.State.RETRYING).isPresent());
        assertThat(last().records().get(0).cards()).containsExactly("8");
        assertThat(last().decision().notices()).isEmpty();
    }

    @Test
    void K4_whereThePortalMakesEntitiesNobodyIsLookedUp() {
        start(JsonNodeFactory.instance.objectNode());
        acme.justEnded("call", MAIN, "201");

        await().until(() -> settled() && !portals.visits.isEmpty());

        assertThat(portals.lookUps).hasValue(0);
        assertThat(store.work().client("acme", Acme.id("call"), "to-main")).isEmpty();
    }

    private Wanted last() {
        return portals.visits.get(portals.visits.size() - 1).wanted();
    }

    private static ObjectNode byHub() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("entities").put("createBy", "hub");
        settings.putObject("responsible")
                .put("byEntity", true)
                .put("incomingDefault", "9")
                .put("outgoingDefault", "9");
        return settings;
    }

    private void start(ObjectNode settings) {
        Companies companies = new TestStore.Fixed(List.of(Acme.company(settings)));
        Clock clock = Clock.systemUTC();
        Absences absences = new Absences(store.work());
        Connectors connectors = new Connectors();
        connectors.addConnector(portals);
        routes.with("work", new WorkComponent(store.work(), new Lanes(companies), clock))
                .start(
                        new DeliverRoute(
                                new Delivery(
                                        store.work(),
                                        absences,
                                        store.calls(),
                                        companies,
                                        connectors,
                                        NO_LINKS,
                                        clock),
                                store.attempts(connectors, new Controls(), clock),
                                new Setbacks(store.work(), absences, clock)));
    }

    private boolean settled() {
        Work.Backlog backlog = store.work().backlog();
        return backlog.waiting() == 0
                && backlog.retrying() == 0
                && routes.camel().getInflightRepository().size() == 0;
    }

    private Optional<Work.Item> row(Work.State state) {
        return store.work().list("acme", Optional.of(state), Optional.empty(), 10).items().stream()
                .findFirst();
    }
}
