package org.trunkline.calls.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.Integration;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;
import org.trunkline.store.Page;
import org.trunkline.store.Work;

@Timeout(120)
class FoldRouteTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PhoneNumber CLIENT = new PhoneNumber("+79161234567", "89161234567");

    @TempDir Path folder;
    private TestStore store;
    private RoutesContext routes;

    @BeforeEach
    void open() throws Exception {
        store = TestStore.in(folder);
        routes =
                RoutesContext.standalone("calls")
                        .with("journal", new JournalComponent(store.journal()));
    }

    /** A busy machine is no failure. */
    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @AfterEach
    void close() {
        routes.close();
        store.close();
    }

    @Test
    void eventsBecomeACallAndWorkForEachIntegrationOfItsAccount() {
        start(store.calls());

        store.journal().append(answered("call", Direction.INBOUND));

        Call call = await().until(() -> found("call"), Optional::isPresent).orElseThrow();
        assertThat(call.state()).isEqualTo(CallState.ENDED);
        assertThat(call.result()).contains(CallResult.ANSWERED);
        assertThat(call.talkSeconds()).isEqualTo(30);
        assertThat(work())
                .extracting(Work.Item::integration)
                .containsExactlyInAnyOrder("office-main", "office-second");
    }

    @Test
    void aCallBetweenEmployeesConcernsNobody() {
        start(store.calls());

        store.journal().append(answered("call", Direction.INTERNAL));

        await().until(() -> found("call").isPresent());
        assertThat(work()).isEmpty();
    }

    @Test
    void aCallOfACompanyThatIsGoneIsKeptAndConcernsNobody() {
        start(store.calls());

        store.journal()
                .append(
                        answered("call", Direction.INBOUND).stream()
                                .map(e -> event("gone", "call", e.sequence(), e.fact()))
                                .toList());

        await().until(
                        () ->
                                store.calls()
                                        .find("gone", Call.id("gone", "office", "call"))
                                        .isPresent());
        assertThat(store.work().list("gone", Optional.empty(), Optional.empty(), 10).items())
                .isEmpty();
    }

    @Test
    void X1_aConsultationThatBecamePartOfAnotherCallConcernsNobody() {
        start(store.calls());
        List<CallEvent> events = new ArrayList<>(answered("consultation", Direction.OUTBOUND));
        events.add(event("acme", "consultation", 9, new Fact.Merged("call")));

        store.journal().append(events);

        await().until(() -> found("consultation").isPresent());
        assertThat(work()).isEmpty();
    }

    @Test
    void X1_workThatBeganBeforeTheMergeIsWokenToTakeBackWhatItBegan() {
        start(store.calls());
        store.journal().append(answered("consultation", Direction.OUTBOUND));
        await().until(() -> work().size() == 2);
        work().forEach(store.work()::done);
        assertThat(work()).isEmpty();

        store.journal().append(List.of(event("acme", "consultation", 9, new Fact.Merged("call"))));

        await().until(() -> work().size() == 2);
        assertThat(found("consultation").orElseThrow().mergedInto()).contains("call");
    }

    @Test
    void poisonStopsNoOtherCallAndIsFoldedOnceItCanBe() {
        AtomicBoolean planted = new AtomicBoolean(true);
        start(
                new Folding(store.calls()) {
                    @Override
                    public Call fold(
                            Journal.Unfolded events, Function<Call, Set<String>> concerned) {
                        if (planted.get() && events.callKey().equals("poison")) {
                            throw new IllegalStateException("planted");
                        }
                        return super.fold(events, concerned);
                    }
                });

        store.journal().append(answered("poison", Direction.INBOUND));
        IntStream.range(0, 50)
                .forEach(n -> store.journal().append(answered("call-" + n, Direction.INBOUND)));

        await().until(() -> IntStream.range(0, 50).allMatch(n -> found("call-" + n).isPresent()));
        assertThat(found("poison")).isEmpty();
        planted.set(false);
        await().until(() -> found("poison").isPresent());
        assertThat(found("poison").orElseThrow().result()).contains(CallResult.ANSWERED);
    }

    @Test
    void shuffledRepeatedAndStoppedUnderLoadEachCallIsWhatItsEventsSay() throws Exception {
        start(store.calls());
        Random random = new Random(20260301);
        List<CallEvent> events = new ArrayList<>();
        int calls = 60;
        for (int n = 0; n < calls; n++) {
            List<CallEvent> call = answered("call-" + n, Direction.INBOUND);
            events.addAll(call);
            events.add(call.get(random.nextInt(call.size())));
        }
        Collections.shuffle(events, random);
        CountDownLatch over = new CountDownLatch(3);
        for (int part = 0; part < 3; part++) {
            List<CallEvent> share =
                    events.subList(part * events.size() / 3, (part + 1) * events.size() / 3);
            new Thread(
                            () -> {
                                share.forEach(e -> store.journal().append(List.of(e)));
                                over.countDown();
                            })
                    .start();
        }
        int stops = 0;
        while (over.getCount() > 0 || stops < 5) {
            routes.camel().getRouteController().stopRoute("fold");
            routes.camel().getRouteController().startRoute("fold");
            stops++;
        }

        await().until(() -> store.journal().unfolded(1).isEmpty());
        for (int n = 0; n < calls; n++) {
            CallFold expected = CallFold.of("acme", "office", "call-" + n);
            for (CallEvent each : answered("call-" + n, Direction.INBOUND)) {
                expected = expected.with(each);
            }
            assertThat(found("call-" + n)).contains(expected.call());
        }
        assertThat(store.work().list("acme", Optional.empty(), Optional.empty(), 500).items())
                .hasSize(2 * calls);
    }

    private void start(Calls calls) {
        Company acme =
                new Company(
                        "acme",
                        "Acme",
                        "RU",
                        List.of(),
                        List.of(),
                        List.of(
                                integration("office-main", "office"),
                                integration("office-second", "office"),
                                integration("shop-main", "shop")));
        routes.start(new FoldRoute(calls, new TestStore.Fixed(List.of(acme)), 4));
    }

    private static Integration integration(String id, String pbx) {
        return new Integration(
                id, pbx, "main", "any", Map.of(), JsonNodeFactory.instance.objectNode());
    }

    private Optional<Call> found(String key) {
        return store.calls().find("acme", Call.id("acme", "office", key));
    }

    private List<Work.Item> work() {
        return store.work().list("acme", Optional.empty(), Optional.empty(), 100).items();
    }

    /** Rings at :00, is answered at :10 and hung up at :40. */
    private static List<CallEvent> answered(String key, Direction direction) {
        return List.of(
                event(
                        "acme",
                        key,
                        0,
                        new Fact.Started(
                                Optional.of(direction), Optional.of(CLIENT), Optional.empty())),
                event("acme", key, 1, new Fact.LegRinging("201")),
                event("acme", key, 10, new Fact.LegAnswered()),
                event("acme", key, 40, new Fact.LegEnded(LegResult.ANSWERED)),
                event("acme", key, 40, new Fact.Ended(Optional.empty())));
    }

    private static CallEvent event(String company, String key, long second, Fact fact) {
        Instant at = NOON.plusSeconds(second);
        return new CallEvent(
                company,
                "office",
                key,
                Optional.of("leg"),
                Optional.empty(),
                second,
                at,
                at,
                Confidence.LIVE,
                fact,
                "");
    }

    /** The store's calls with a place to plant faults. */
    private static class Folding implements Calls {
        private final Calls real;

        Folding(Calls real) {
            this.real = real;
        }

        @Override
        public Call fold(Journal.Unfolded events, Function<Call, Set<String>> concerned) {
            return real.fold(events, concerned);
        }

        @Override
        public Optional<Call> find(String company, String id) {
            return real.find(company, id);
        }

        @Override
        public List<Call> open(String company, String account) {
            return real.open(company, account);
        }

        @Override
        public List<Call> openAsHeard(String company, String account) {
            return real.openAsHeard(company, account);
        }

        @Override
        public Page<Call> list(
                String company, Optional<Instant> since, Optional<String> cursor, int limit) {
            return real.list(company, since, cursor, limit);
        }

        @Override
        public List<CallEvent> events(String company, String id) {
            return real.events(company, id);
        }
    }
}
