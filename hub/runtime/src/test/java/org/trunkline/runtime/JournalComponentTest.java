package org.trunkline.runtime;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.store.Journal;

@Timeout(120)
class JournalComponentTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryJournal journal = new MemoryJournal();
    private final RoutesContext routes =
            RoutesContext.standalone("test").with("journal", new JournalComponent(journal));

    /** A busy machine is no failure. */
    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Test
    void takesOneEventOrMany() {
        routes.start();
        send(event("a", 1));
        send(List.of(event("a", 2), event("b", 1)));
        send(List.of());

        assertThat(journal.unfolded(10))
                .extracting(Journal.Unfolded::callKey, u -> u.events().size())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 2),
                        org.assertj.core.groups.Tuple.tuple("b", 1));
    }

    @Test
    void refusesAnythingElseByName() {
        routes.start();

        assertThatThrownBy(() -> send(List.of("a text")))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CallEvents")
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void whatTheStoreSaysReachesTheCaller() {
        routes.start();
        journal.down(true);

        assertThatThrownBy(() -> send(event("a", 1)))
                .isInstanceOf(CamelExecutionException.class)
                .hasCauseInstanceOf(Fault.Retryable.class);
    }

    @Test
    void refusesAnOptionOutOfRange() {
        assertThatThrownBy(() -> start("journal:unfolded?parallel=0", e -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("parallel must be from 1 to 2048, was 0");
    }

    @Test
    void keepsTheOrderOfEachCallWhateverThreadsDo() throws Exception {
        Map<String, List<Long>> heard = new ConcurrentHashMap<>();
        Set<String> inHand = ConcurrentHashMap.newKeySet();
        List<String> collisions = new ArrayList<>();
        start(
                "journal:unfolded?parallel=8",
                exchange -> {
                    Journal.Unfolded part = exchange.getMessage().getBody(Journal.Unfolded.class);
                    if (!inHand.add(part.callKey())) {
                        collisions.add(part.callKey());
                    }
                    heard.computeIfAbsent(part.callKey(), k -> new ArrayList<>())
                            .addAll(part.events().stream().map(CallEvent::sequence).toList());
                    journal.fold(part);
                    inHand.remove(part.callKey());
                });

        ExecutorService senders = Executors.newFixedThreadPool(4);
        List<Future<?>> sent = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            String call = "call-" + sender;
            sent.add(
                    senders.submit(
                            () ->
                                    LongStream.range(0, 300)
                                            .forEach(
                                                    n -> journal.append(List.of(event(call, n))))));
        }
        for (Future<?> each : sent) {
            each.get(30, TimeUnit.SECONDS);
        }
        senders.shutdown();

        await().until(() -> journal.folded().size() == 1200);
        assertThat(collisions).isEmpty();
        assertThat(journal.folded()).doesNotHaveDuplicates();
        List<Long> inOrder = LongStream.range(0, 300).boxed().collect(toList());
        assertThat(heard.values()).hasSize(4).allSatisfy(l -> assertThat(l).isEqualTo(inOrder));
    }

    @Test
    void worksOnSeveralCallsAtOnce() {
        CyclicBarrier together = new CyclicBarrier(4);
        start(
                "journal:unfolded?parallel=4",
                exchange -> {
                    together.await(10, TimeUnit.SECONDS);
                    journal.fold(exchange.getMessage().getBody(Journal.Unfolded.class));
                });

        journal.append(IntStream.range(0, 8).mapToObj(n -> event("call-" + n, 1)).toList());

        await().until(() -> journal.folded().size() == 8);
    }

    @Test
    void wakesAtOnceAndNotByThePoll() {
        start("journal:unfolded", this::fold);
        Instant begun = Instant.now();
        for (int n = 1; n <= 20; n++) {
            int expected = n;
            journal.append(List.of(event("call", n)));
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> journal.folded().size() == expected);
        }
        // The poll alone would need about 20 s.
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void findsWhatCameWithoutASignal() {
        start("journal:unfolded", this::fold);
        journal.mute = true;
        journal.append(List.of(event("call", 1)));

        await().until(() -> journal.folded().size() == 1);
    }

    @Test
    void goesOnWhenTheStoreIsBack() {
        journal.append(List.of(event("call", 1)));
        journal.down(true);
        start("journal:unfolded", this::fold);
        journal.down(false);

        await().until(() -> journal.folded().size() == 1);
    }

    @Test
    void poisonStopsNobodyElseAndIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        start(
                "journal:unfolded?parallel=1",
                exchange -> {
                    Journal.Unfolded part = exchange.getMessage().getBody(Journal.Unfolded.class);
                    if (part.callKey().startsWith("poison") && tries.incrementAndGet() <= 40) {
                        throw new IllegalStateException("planted");
                    }
                    journal.fold(part);
                });
        // More than are in hand at once, all at the head.
        IntStream.range(0, 20).forEach(n -> journal.append(List.of(event("poison-" + n, 1))));
        IntStream.range(0, 20).forEach(n -> journal.append(List.of(event("sound-" + n, 1))));

        await().until(
                        () ->
                                journal.unfolded(100).stream()
                                        .noneMatch(u -> u.callKey().startsWith("sound")));
        assertThat(tries.get()).isGreaterThanOrEqualTo(20);
        // Two failures each at most 1 s and 2 s apart, then they pass.
        await().until(() -> journal.folded().size() == 40);
    }

    @Test
    void poisonWithMoreRowsThanTheJournalLooksAtHidesNobody() {
        start(
                "journal:unfolded?parallel=1",
                exchange -> {
                    Journal.Unfolded part = exchange.getMessage().getBody(Journal.Unfolded.class);
                    if (part.callKey().equals("poison")) {
                        throw new IllegalStateException("planted");
                    }
                    journal.fold(part);
                });
        journal.append(LongStream.range(0, 5000).mapToObj(n -> event("poison", n)).toList());
        journal.append(List.of(event("sound", 1)));

        await().until(() -> journal.folded().size() == 1);
    }

    @Test
    void stoppingUnderLoadLosesAndRepeatsNothing() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        start(
                "journal:unfolded?parallel=4",
                exchange -> {
                    begun.incrementAndGet();
                    journal.fold(exchange.getMessage().getBody(Journal.Unfolded.class));
                    ended.incrementAndGet();
                });
        CountDownLatch over = new CountDownLatch(1);
        Thread load =
                new Thread(
                        () -> {
                            for (int n = 0; n < 5000; n++) {
                                journal.append(List.of(event("call-" + n % 50, n)));
                            }
                            over.countDown();
                        });
        load.start();
        int stops = 0;
        while (over.getCount() > 0 || stops < 20) {
            routes.camel().getRouteController().stopRoute("under-test");
            assertThat(ended).hasValue(begun.get());
            routes.camel().getRouteController().startRoute("under-test");
            stops++;
            if (stops % 2 == 0) {
                routes.camel().getRouteController().suspendRoute("under-test");
                assertThat(ended).hasValue(begun.get());
                routes.camel().getRouteController().resumeRoute("under-test");
            }
        }
        load.join();

        await().until(() -> journal.folded().size() >= 5000);
        assertThat(journal.folded()).hasSize(5000).doesNotHaveDuplicates();
        assertThat(stops).isGreaterThanOrEqualTo(20);
    }

    private void start(String from, Processor processor) {
        routes.start(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        errorHandler(noErrorHandler());
                        from(from).routeId("under-test").process(processor);
                    }
                });
    }

    private void fold(org.apache.camel.Exchange exchange) {
        journal.fold(exchange.getMessage().getBody(Journal.Unfolded.class));
    }

    private void send(Object body) {
        routes.camel().createProducerTemplate().sendBody("journal:append", body);
    }

    private static CallEvent event(String call, long sequence) {
        return new CallEvent(
                "acme",
                "office",
                call,
                Optional.empty(),
                Optional.empty(),
                sequence,
                NOON,
                NOON,
                Confidence.LIVE,
                new Fact.Tagged(Map.of()),
                "");
    }
}
