package org.trunkline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ShutdownAware;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.store.Work;

@Timeout(120)
class WorkComponentTest {

    private final Clock clock = Clock.systemUTC();
    private final MemoryWork work = new MemoryWork(clock);
    private final RoutesContext routes =
            RoutesContext.standalone("test")
                    .with("work", new WorkComponent(work, Work.Item::integration, clock));
    private final CountDownLatch release = new CountDownLatch(1);

    /** A busy machine is no failure. */
    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @AfterEach
    void close() {
        release.countDown();
        routes.close();
    }

    @Test
    void onlyEmits() {
        routes.start();
        assertThatThrownBy(() -> routes.camel().createProducerTemplate().sendBody("work:due", "x"))
                .rootCause()
                .hasMessageContaining("work: only emits");
    }

    @Test
    void wakesAtOnceAndNotByThePoll() {
        start("work:due", exchange -> work.done(item(exchange)));
        Instant begun = Instant.now();
        for (int n = 1; n <= 20; n++) {
            int expected = n;
            work.add("main", clock.instant());
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> work.finished().size() == expected);
        }
        // The poll alone would need about 20 s.
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void comesWhenDueAndNotBefore() {
        List<Instant> came = new CopyOnWriteArrayList<>();
        start(
                "work:due",
                exchange -> {
                    came.add(clock.instant());
                    work.done(item(exchange));
                });
        Instant due = clock.instant().plusMillis(300);
        work.add("main", due);

        await().until(() -> work.finished().size() == 1);
        assertThat(came.get(0)).isBetween(due, due.plusMillis(900));
    }

    @Test
    void theBoundsChangeWhileRowsAreInHand() {
        WorkComponent component = routes.camel().getComponent("work", WorkComponent.class);
        component.resize(4, 2);
        AtomicInteger inHand = new AtomicInteger();
        start(
                "work:due",
                exchange -> {
                    inHand.incrementAndGet();
                    release.await(50, TimeUnit.SECONDS);
                    work.done(item(exchange));
                });
        IntStream.range(0, 20).forEach(n -> work.add("lane" + n % 2, Instant.EPOCH));
        await().until(() -> inHand.get() == 4);
        await().during(Duration.ofMillis(300)).until(() -> inHand.get() == 4);

        component.resize(9, 9);
        IntStream.range(0, 20).forEach(n -> work.add("third", Instant.EPOCH));

        await().until(() -> inHand.get() == 9);
        await().during(Duration.ofMillis(300)).until(() -> inHand.get() == 9);
        component.resize(1, 1);
        release.countDown();
        await().until(() -> work.finished().size() == 40);
        assertThat(work.finished()).doesNotHaveDuplicates();
    }

    @Test
    void aHangingLaneLeavesTheOthersTheirWorkers() {
        AtomicInteger hanging = new AtomicInteger();
        start(
                "work:due?parallel=6&perLane=2",
                exchange -> {
                    if (item(exchange).integration().equals("dead")) {
                        hanging.incrementAndGet();
                        release.await(50, TimeUnit.SECONDS);
                    }
                    work.done(item(exchange));
                });
        // All of them stand before the others.
        IntStream.range(0, 500).forEach(n -> work.add("dead", Instant.EPOCH));
        IntStream.range(0, 100).forEach(n -> work.add("sound", clock.instant()));

        await().until(() -> work.finished().size() == 100);
        assertThat(hanging).hasValue(2);
        release.countDown();
        await().until(() -> work.finished().size() == 600);
        assertThat(work.finished()).doesNotHaveDuplicates();
    }

    @Test
    void aLaneThatHasMuchLeavesAsMuchToTheOthers() {
        Map<String, AtomicInteger> hanging = new ConcurrentHashMap<>();
        start(
                "work:due?parallel=100&perLane=100",
                exchange -> {
                    String lane = item(exchange).integration();
                    hanging.computeIfAbsent(lane, name -> new AtomicInteger()).incrementAndGet();
                    release.await(50, TimeUnit.SECONDS);
                    work.done(item(exchange));
                });
        for (String lane : List.of("first", "second", "third")) {
            int before = hanging.size();
            IntStream.range(0, 200).forEach(n -> work.add(lane, clock.instant()));
            await().until(() -> hanging.size() > before);
            await().during(Duration.ofMillis(300)).until(() -> true);
        }

        assertThat(hanging.get("first")).hasValue(50);
        assertThat(hanging.get("second")).as("always so many").hasValue(32);
        assertThat(hanging.get("third")).as("the rest").hasValue(18);
    }

    @Test
    void aCardGoesBeforeBacklogThatWaits() {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch taken = new CountDownLatch(1);
        start(
                "work:due?parallel=1",
                exchange -> {
                    order.add(item(exchange).integration());
                    taken.countDown();
                    release.await(50, TimeUnit.SECONDS);
                    work.done(item(exchange));
                });
        IntStream.range(0, 5).forEach(n -> work.add("backlog", clock.instant()));
        await().until(() -> taken.getCount() == 0);
        work.add("live", clock.instant());
        release.countDown();

        await().until(() -> work.finished().size() == 6);
        assertThat(order).element(1).isEqualTo("live");
    }

    @Test
    void aRowThatFallsComesAgainAndHoldsUpNobody() {
        AtomicInteger falls = new AtomicInteger();
        start(
                "work:due?parallel=1",
                exchange -> {
                    if (item(exchange).integration().equals("falls")
                            && falls.incrementAndGet() < 3) {
                        throw new IllegalStateException("planted");
                    }
                    work.done(item(exchange));
                });
        long poison = work.add("falls", Instant.EPOCH);
        IntStream.range(0, 20).forEach(n -> work.add("sound", clock.instant()));

        await().until(() -> work.finished().size() == 20);
        assertThat(work.finished()).doesNotContain(poison);
        await().until(() -> work.finished().contains(poison));
    }

    @Test
    void stoppingUnderLoadLosesAndRepeatsNothing() throws Exception {
        Map<Long, Integer> inHand = new ConcurrentHashMap<>();
        List<Long> twice = new CopyOnWriteArrayList<>();
        start(
                "work:due?parallel=8&perLane=4",
                exchange -> {
                    Work.Item item = item(exchange);
                    if (inHand.put(item.id(), 1) != null) {
                        twice.add(item.id());
                    }
                    work.done(item);
                    inHand.remove(item.id());
                });
        Thread load =
                new Thread(
                        () ->
                                IntStream.range(0, 3000)
                                        .forEach(n -> work.add("lane-" + n % 5, clock.instant())));
        load.start();
        for (int stops = 0; stops < 20; stops++) {
            routes.camel().getRouteController().stopRoute("under-test");
            assertThat(inHand).isEmpty();
            routes.camel().getRouteController().startRoute("under-test");
        }
        load.join();

        await().until(() -> work.finished().size() >= 3000);
        assertThat(work.finished()).hasSize(3000).doesNotHaveDuplicates();
        assertThat(twice).isEmpty();
    }

    /** Camel's own count begins later and ends earlier: between them exchanges were lost. */
    @Test
    void countsWhatIsInHandItself() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        start(
                "work:due",
                exchange -> {
                    begun.countDown();
                    release.await(50, TimeUnit.SECONDS);
                    work.done(item(exchange));
                });
        IntStream.range(0, 3).forEach(n -> work.add("main", clock.instant()));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        ShutdownAware consumer =
                (ShutdownAware) routes.camel().getRoute("under-test").getConsumer();

        assertThat(consumer.getPendingExchangesSize()).isEqualTo(3);
        release.countDown();
        await().until(() -> consumer.getPendingExchangesSize() == 0);
    }

    @Test
    void closingWaitsForWhatIsInHand() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        start(
                "work:due",
                exchange -> {
                    begun.countDown();
                    release.await(50, TimeUnit.SECONDS);
                    work.done(item(exchange));
                });
        work.add("main", clock.instant());
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(routes::close);
        closing.start();
        await().until(() -> routes.camel().getStatus().isStopping());
        release.countDown();
        closing.join(10_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(work.finished()).hasSize(1);
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

    private static Work.Item item(Exchange exchange) {
        return exchange.getMessage().getBody(Work.Item.class);
    }
}
