package org.trunkline.crm.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trunkline.crm.delivery.internal.TestStore.NO_LINKS;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.CallResult;
import org.trunkline.model.Company;
import org.trunkline.model.Decision;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

@Timeout(120)
class DeliverRouteTest {

    private static final Set<String> MAIN = Set.of("to-main");
    private static final Set<String> BOTH = Set.of("to-main", "to-second");

    @TempDir Path folder;
    private TestStore store;
    private Acme acme;
    private RoutesContext routes;
    private final Portals portals = new Portals();
    private final Connectors connectors = new Connectors();
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void open() throws Exception {
        store = TestStore.in(folder);
        acme = new Acme(store);
        routes = RoutesContext.standalone("delivery");
    }

    /** A busy machine is no failure. */
    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @AfterEach
    void close() {
        release.countDown();
        routes.close();
        store.close();
    }

    @Test
    void aCallComesToItsPortalAsItGoesAlong() {
        start(Acme.company());
        acme.rings("call", MAIN, "201", "202");
        await().until(() -> settled() && portals.visits.size() == 1);
        acme.answered("call", MAIN, "202");
        await().until(() -> settled() && portals.visits.size() == 2);
        acme.hungUp("call", MAIN, "202");
        await().until(() -> settled() && portals.visits.size() == 3);

        assertThat(portals.visits)
                .extracting(v -> v.records().get(0).cards())
                .containsExactly(
                        new java.util.TreeSet<>(Set.of("7", "8")),
                        new java.util.TreeSet<>(Set.of("8")),
                        new java.util.TreeSet<>());
        assertThat(portals.visits.get(2).records().get(0).outcome())
                .hasValueSatisfying(
                        o -> {
                            assertThat(o.user()).isEqualTo("8");
                            assertThat(o.talkSeconds()).isEqualTo(30);
                            assertThat(o.result()).isEqualTo(CallResult.ANSWERED);
                        });
        assertThat(portals.recordings).isEqualTo(new RecordingPlace.Folder(Acme.RECORDINGS));
    }

    @Test
    void X5_theDecisionIsThereForPeopleToRead() {
        start(Acme.company());
        acme.rings("call", MAIN, "201");
        await().until(this::settled);

        assertThat(store.work().decisions("acme", Acme.id("call")))
                .singleElement()
                .satisfies(
                        d -> {
                            assertThat(d.integration()).isEqualTo("to-main");
                            assertThat(d.decision().parts())
                                    .extracting(Decision.Part::rule)
                                    .contains("T7");
                        });
    }

    @Test
    void T8_whoTalksInAnotherCallSeesNoCard() {
        start(Acme.company());
        acme.rings("first", Set.of(), "201");
        acme.answered("first", Set.of(), "201");
        acme.rings("second", MAIN, "201", "202");
        await().until(() -> portals.visits.size() == 1 && settled());

        assertThat(portals.visits.get(0).records().get(0).cards()).containsExactly("8");
    }

    @Test
    void aCallTheCrmNeedNotHearOfGoesToNoPortal() {
        start(Acme.company());
        acme.rings("call", MAIN, "999");
        await().until(this::settled);

        assertThat(portals.visits).isEmpty();
        assertThat(store.work().decisions("acme", Acme.id("call"))).hasSize(1);
    }

    @Test
    void X1_whatWasBegunIsTakenBackWhenTheCallBecamePartOfAnother() {
        start(Acme.company());
        acme.rings("call", MAIN, "201");
        await().until(() -> portals.visits.size() == 1 && settled());
        acme.tell("call", Set.of(), Acme.event("call", "", 9, new Fact.Merged("other")));
        await().until(() -> portals.visits.size() == 2 && settled());

        assertThat(portals.visits.get(1).records()).isEmpty();
    }

    @Test
    void anEventDuringTheVisitLeadsToAnother() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        portals.behaviour =
                visit -> {
                    there.countDown();
                    release.await(60, TimeUnit.SECONDS);
                };
        start(Acme.company());
        acme.rings("call", MAIN, "201");
        assertThat(there.await(30, TimeUnit.SECONDS)).isTrue();
        acme.answered("call", MAIN, "201");
        acme.hungUp("call", MAIN, "201");
        release.countDown();

        await().until(() -> portals.visits.size() == 2 && settled());
        assertThat(portals.visits.get(1).records().get(0).outcome()).isPresent();
        assertThat(portals.collisions).isEmpty();
    }

    @Test
    void aPortalThatIsDownIsTriedAgainUntilItIsUp() {
        AtomicInteger tries = new AtomicInteger();
        portals.behaviour =
                visit -> {
                    if (tries.incrementAndGet() <= 2) {
                        throw new Fault.Retryable("no answer", new java.io.IOException("reset"));
                    }
                };
        start(Acme.company());
        Instant before = Instant.now();
        acme.rings("call", MAIN, "201");

        Work.Item waiting =
                await().until(() -> row(Work.State.RETRYING), Optional::isPresent).get();
        assertThat(waiting.error()).contains("no answer");
        assertThat(waiting.dueAt())
                .isBetween(before.plusMillis(740), Instant.now().plusMillis(2_100));
        await().until(this::settled);
        assertThat(tries).hasValue(3);
    }

    @Test
    void X3_whenAPortalIsBackAllThatWaitedForItGoes() {
        AtomicBoolean up = new AtomicBoolean();
        portals.behaviour =
                visit -> {
                    if (!up.get()) {
                        throw new Fault.Away("no answer", Duration.ofMinutes(4));
                    }
                };
        start(Acme.company());
        acme.rings("patient", MAIN, "201");
        await().until(() -> row(Work.State.RETRYING).isPresent());
        up.set(true);
        acme.rings("fresh", MAIN, "202");

        await().until(this::settled);
        assertThat(portals.visits)
                .extracting(Portals.Visit::call)
                .containsExactly(Acme.id("patient"), Acme.id("fresh"), Acme.id("patient"));
    }

    @Test
    void X3_aTryThatFailsWhileThePortalComesBackIsHurriedByTheNextThatGetsThrough() {
        Company company = Acme.company();
        acme.rings("late", MAIN, "201");
        Work.Item late = store.work().due(1, Set.of()).get(0);
        Absences absences = new Absences(store.work());
        Matter other = delivery(company, absences).load(late);
        absences.away(late);
        // The portal is back, and another call got through, just before the late one notes its
        // failure.
        Work interrupted =
                (Work)
                        Proxy.newProxyInstance(
                                Work.class.getClassLoader(),
                                new Class<?>[] {Work.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("retry")) {
                                        absences.reached(other);
                                    }
                                    return method.invoke(store.work(), arguments);
                                });
        new Setbacks(interrupted, absences, Clock.systemUTC())
                .retryable(late, new Fault.Away("no answer", Duration.ofMinutes(4)));
        assertThat(row(Work.State.RETRYING)).isPresent();

        absences.reached(other);

        assertThat(store.work().due(1, Set.of())).extracting(Work.Item::id).contains(late.id());
    }

    @Test
    void aPortalThatAsksToBeLeftAloneIsLeftAlone() {
        portals.behaviour =
                visit -> {
                    throw new Fault.Retryable("quota", Duration.ofMinutes(3));
                };
        start(Acme.company());
        Instant before = Instant.now();
        acme.rings("call", MAIN, "201");

        Work.Item waiting =
                await().until(() -> row(Work.State.RETRYING), Optional::isPresent).get();
        assertThat(waiting.dueAt()).isAfter(before.plusSeconds(179));
    }

    @Test
    void withoutAuthorisationTheRowWaitsAMinuteAndSaysWhatToDo() {
        portals.behaviour =
                visit -> {
                    throw new Fault.Auth("token revoked", "install the application again");
                };
        start(Acme.company());
        Instant before = Instant.now();
        acme.rings("call", MAIN, "201");

        Work.Item waiting =
                await().until(() -> row(Work.State.RETRYING), Optional::isPresent).get();
        assertThat(waiting.error())
                .contains("portal paused: token revoked (install the application again)");
        assertThat(waiting.dueAt())
                .isBetween(before.plusSeconds(44), Instant.now().plusSeconds(60));
    }

    @Test
    void X3_aDataFaultIsADeadLetterAtOnceAndReplayBringsItBack() {
        portals.behaviour =
                visit -> {
                    throw new Fault.Data("user 7 is gone", "map employee 201 anew");
                };
        start(Acme.company());
        acme.rings("call", MAIN, "201");

        Work.Item dead = await().until(() -> row(Work.State.DEAD), Optional::isPresent).get();
        assertThat(dead.error()).contains("user 7 is gone (map employee 201 anew)");
        assertThat(portals.visits).hasSize(1);

        portals.behaviour = visit -> {};
        store.work().replay("acme", dead.id());
        await().until(this::settled);
        assertThat(portals.visits).hasSize(2);
    }

    @Test
    void aRowThatFallsThreeTimesIsSetAsideWhileOthersGoOn() {
        String poison = Acme.id("poison");
        portals.behaviour =
                visit -> {
                    if (visit.call().equals(poison)) {
                        throw new IllegalStateException("planted");
                    }
                };
        start(Acme.company());
        acme.rings("poison", MAIN, "201");
        for (int n = 0; n < 20; n++) {
            acme.rings("call-" + n, MAIN, "201");
        }

        Work.Item dead = await().until(() -> row(Work.State.DEAD), Optional::isPresent).get();
        assertThat(dead.call()).isEqualTo(poison);
        assertThat(dead.error().orElseThrow())
                .startsWith("unexpected fault 3 of 3")
                .contains("planted");
        assertThat(portals.of(poison)).hasSize(3);
        await().until(this::settled);
        assertThat(portals.visits).hasSize(23);
    }

    @Test
    void withoutItsConnectorWorkWaits() {
        start(Acme.company());
        connectors.removeConnector(portals);
        acme.rings("call", MAIN, "201");

        Work.Item waiting =
                await().until(() -> row(Work.State.RETRYING), Optional::isPresent).get();
        assertThat(waiting.error())
                .contains("the connector for bitrix24 is not running; start its bundle");
        connectors.addConnector(portals);
        await().until(this::settled);
        assertThat(portals.visits).hasSize(1);
    }

    @Test
    void theOldConnectorGoingDoesNotTakeTheNewOneAway() {
        Portals updated = new Portals();
        start(Acme.company());
        connectors.addConnector(updated);
        connectors.removeConnector(portals);
        acme.rings("call", MAIN, "201");

        await().until(this::settled);
        assertThat(updated.visits).hasSize(1);
    }

    @Test
    void whatIsNotProvisionedAnyMoreWaitsForAPerson() {
        start(Acme.company());
        acme.rings("call", Set.of("gone"), "201");

        Work.Item dead = await().until(() -> row(Work.State.DEAD), Optional::isPresent).get();
        assertThat(dead.error().orElseThrow())
                .contains("integration 'gone' is not there any more")
                .contains("replay");
    }

    @Test
    void settingsThatNoLongerFitWaitForAPerson() {
        start(Acme.company("of-a-later-version"));
        acme.rings("call", MAIN, "201");

        Work.Item dead = await().until(() -> row(Work.State.DEAD), Optional::isPresent).get();
        assertThat(dead.error().orElseThrow())
                .contains("settings of integration 'to-main'")
                .contains("of-a-later-version")
                .contains("correct the settings");
    }

    @Test
    void aDeadPortalTakesItsOwnLaneOnly() {
        AtomicInteger hanging = new AtomicInteger();
        portals.behaviour =
                visit -> {
                    if (visit.portal().equals("main")) {
                        hanging.incrementAndGet();
                        release.await(60, TimeUnit.SECONDS);
                    }
                };
        int calls = 60;
        for (int n = 0; n < calls; n++) {
            acme.rings("call-" + n, BOTH, "201");
        }
        int most = 8;
        start(Acme.company(), 3 * most, most);

        await().until(
                        () ->
                                portals.visits.stream()
                                                .filter(v -> v.portal().equals("second"))
                                                .count()
                                        == calls);
        assertThat(hanging).hasValue(most);
        release.countDown();
        await().until(this::settled);
        assertThat(portals.visits).hasSize(2 * calls);
    }

    @Test
    void stoppedUnderLoadEachCallEndsAsItShould() throws Exception {
        start(Acme.company());
        int calls = 40;
        Thread load =
                new Thread(
                        () -> {
                            for (int n = 0; n < calls; n++) {
                                acme.rings("call-" + n, BOTH, "201");
                                acme.answered("call-" + n, BOTH, "201");
                                acme.hungUp("call-" + n, BOTH, "201");
                            }
                        });
        load.start();
        int stops = 0;
        while (load.isAlive() || stops < 5) {
            routes.camel().getRouteController().stopRoute("deliver");
            routes.camel().getRouteController().startRoute("deliver");
            stops++;
        }
        load.join();
        await().until(this::settled);

        assertThat(portals.collisions).isEmpty();
        for (int n = 0; n < calls; n++) {
            List<Portals.Visit> visits = portals.of(Acme.id("call-" + n));
            assertThat(visits).extracting(Portals.Visit::portal).contains("main", "second");
            for (String portal : List.of("main", "second")) {
                Portals.Visit last =
                        visits.stream()
                                .filter(v -> v.portal().equals(portal))
                                .reduce((a, b) -> b)
                                .orElseThrow();
                assertThat(last.records().get(0).outcome()).isPresent();
            }
        }
    }

    @Test
    void I3_withoutAPublicAddressAStepSaysWhatToSet() {
        Recording recording = new Recording("1.wav", "1.wav", Optional.empty());
        portals.behaviour = visit -> assertThat(visit.wanted().link(recording)).isEmpty();
        start(Acme.company());
        acme.rings("call", MAIN, "201");
        await().until(this::settled);

        assertThat(store.work().steps("acme", Acme.id("call")))
                .filteredOn(taken -> taken.step().name().equals("link:1.wav"))
                .singleElement()
                .satisfies(
                        taken ->
                                assertThat(taken.step().error())
                                        .hasValueSatisfying(
                                                why ->
                                                        assertThat(why)
                                                                .contains(
                                                                        "set TRUNKLINE_PUBLIC_URL")));
    }

    @Test
    void X9_theLogLineHidesTheNumber() {
        acme.rings("call", MAIN, "201");
        Company company = Acme.company();
        Delivery delivery = delivery(company, new Absences(store.work()));
        Work.Item item = store.work().due(1, Set.of()).get(0);
        String line = new Summary(delivery.decide(delivery.load(item))).toString();

        assertThat(line).contains("***4567").contains("main of user 7").doesNotContain("7916123");
    }

    private Delivery delivery(Company company, Absences absences) {
        return new Delivery(
                store.work(),
                absences,
                store.calls(),
                new TestStore.Fixed(List.of(company)),
                connectors,
                NO_LINKS,
                Clock.systemUTC());
    }

    private void start(Company company) {
        start(company, Knobs.DEFAULT.parallel(), Knobs.DEFAULT.perPortal());
    }

    private void start(Company company, int parallel, int perPortal) {
        Companies companies = new TestStore.Fixed(List.of(company));
        Clock clock = Clock.systemUTC();
        Absences absences = new Absences(store.work());
        connectors.addConnector(portals);
        WorkComponent due = new WorkComponent(store.work(), new Lanes(companies), clock);
        due.resize(parallel, perPortal);
        routes.with("work", due)
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

    /** Nothing waits, and nothing is in hand. */
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
