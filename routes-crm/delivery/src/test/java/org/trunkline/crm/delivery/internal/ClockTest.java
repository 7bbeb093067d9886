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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.Company;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** Decisions that the clock alone changes. */
@Timeout(120)
class ClockTest {

    private static final Set<String> MAIN = Set.of("to-main");

    @TempDir Path folder;
    private TestStore store;
    private RoutesContext routes;
    private final List<Company> documents = new CopyOnWriteArrayList<>();
    private final Portals portals = new Portals();

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
    }

    @AfterEach
    void close() {
        routes.close();
        store.close();
    }

    @Test
    void O12_theCallIsWrittenOnceItsResponsibleIsDueAndNotBefore() {
        start(changeAfter("PT3S"));
        endedCall();

        await().until(() -> !written().isEmpty() && lastWritten() == Written.WHOLE);
        assertThat(written().get(0)).isEqualTo(Written.NOT_YET);
        Instant ended = endOfCall();
        assertThat(decidedAt()).isAfterOrEqualTo(ended.plusSeconds(3));
    }

    @Test
    void O12_whatWaitsIsDoneAfterARestart() throws Exception {
        start(changeAfter("PT4S"));
        endedCall();
        await().until(() -> later().isPresent());
        routes.close();
        store.close();

        store = TestStore.in(folder);
        start(changeAfter("PT4S"));

        await().until(() -> !written().isEmpty() && lastWritten() == Written.WHOLE);
        assertThat(decidedAt()).isAfterOrEqualTo(endOfCall().plusSeconds(4));
    }

    @Test
    void O12_aShorterDelayTakesEffectAtOnce() {
        start(changeAfter("PT1H"));
        endedCall();
        await().until(() -> later().isPresent());

        put(changeAfter("PT0S"));

        await().until(() -> lastWritten() == Written.WHOLE);
        await().until(() -> row(Work.State.WAITING).isEmpty());
    }

    @Test
    void O12_aLongerDelayTakesEffectAtOnce() {
        start(changeAfter("PT30M"));
        endedCall();
        await().until(() -> later().isPresent());

        put(changeAfter("PT1H"));

        await().until(() -> later().equals(Optional.of(endOfCall().plus(Duration.ofHours(1)))));
        assertThat(written()).containsOnly(Written.NOT_YET);
    }

    @Test
    void O12_settingsThatChangeWhileThePortalIsSlowAreHeeded() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        portals.behaviour =
                visit -> {
                    there.countDown();
                    release.await(60, TimeUnit.SECONDS);
                };
        start(changeAfter("PT1H"));
        endedCall();
        assertThat(there.await(30, TimeUnit.SECONDS)).isTrue();
        put(changeAfter("PT0S"));
        release.countDown();

        await().until(() -> lastWritten() == Written.WHOLE);
    }

    @Test
    void O12_aDocumentPutJustBeforeTheStopIsHeededAfterTheStart() {
        start(changeAfter("PT1H"));
        endedCall();
        await().until(() -> later().isPresent());
        routes.close();
        store.close();

        store = TestStore.in(folder);
        start(changeAfter("PT0S"));

        await().until(() -> lastWritten() == Written.WHOLE);
    }

    @Test
    void I3_theDurationFollowsWhenItIsDue() {
        start(durationAfter("PT3S"));
        endedCall();

        await().until(() -> !written().isEmpty() && lastWritten() == Written.WHOLE);
        assertThat(written().get(0)).isEqualTo(Written.WITHOUT_DURATION);
        assertThat(decidedAt()).isAfterOrEqualTo(endOfCall().plusSeconds(3));
    }

    @Test
    void I3_aDurationNoLongerPutOffFollowsAtOnce() {
        start(durationAfter("PT1H"));
        endedCall();
        await().until(() -> later().isPresent());

        put(durationAfter("PT0S"));

        await().until(() -> lastWritten() == Written.WHOLE);
    }

    private void endedCall() {
        new Acme(store).justEnded("call", MAIN, "201");
    }

    private Instant endOfCall() {
        return store.calls().find("acme", Acme.id("call")).orElseThrow().endedAt().orElseThrow();
    }

    private Instant decidedAt() {
        return store.work().decisions("acme", Acme.id("call")).get(0).at();
    }

    private List<Written> written() {
        return portals.visits.stream().map(v -> v.records().get(0).written()).toList();
    }

    private Written lastWritten() {
        List<Written> all = written();
        return all.get(all.size() - 1);
    }

    /** When the row that waits for its time is due. */
    private Optional<Instant> later() {
        return row(Work.State.WAITING)
                .map(Work.Item::dueAt)
                .filter(at -> at.isAfter(Instant.now()));
    }

    private Optional<Work.Item> row(Work.State state) {
        return store.work().list("acme", Optional.of(state), Optional.empty(), 10).items().stream()
                .findFirst();
    }

    private static ObjectNode changeAfter(String duration) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("entities").put("createBy", "hub");
        settings.putObject("responsible")
                .put("incomingDefault", "9")
                .put("outgoingDefault", "9")
                .put("changeAfter", duration);
        return settings;
    }

    private static ObjectNode durationAfter(String duration) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("recordings").put("durationAfter", duration);
        return settings;
    }

    private void put(ObjectNode settings) {
        documents.set(0, Acme.company(settings));
    }

    private void start(ObjectNode settings) {
        documents.clear();
        documents.add(Acme.company(settings));
        Companies companies = new TestStore.Fixed(documents);
        Clock clock = Clock.systemUTC();
        Absences absences = new Absences(store.work());
        Connectors connectors = new Connectors();
        connectors.addConnector(portals);
        WorkComponent due = new WorkComponent(store.work(), new Lanes(companies), clock);
        routes = RoutesContext.standalone("delivery").with("work", due);
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
                        store.attempts(connectors, new Controls(), clock),
                        new Setbacks(store.work(), absences, clock)),
                new SettingsRoute(companies, store.work()));
    }
}
