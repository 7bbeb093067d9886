package org.trunkline.crm.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CourierTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @AutoClose("shutdownNow")
    private final ExecutorService callers = Executors.newCachedThreadPool();

    private record Item(Lane lane) implements Parcel {
        @Override
        public int size() {
            return 1;
        }
    }

    /**
     * Cards lead, but two of the backlog lead before them. Nothing leaves before the gate opens.
     */
    private static final class TwoOfTheBacklogFirst implements Schedule<Item> {
        private final List<Waiting<Item>> standing = new ArrayList<>();
        private final List<Lane> left = new ArrayList<>();
        private final CountDownLatch joined = new CountDownLatch(3);
        private final long opensAt = System.nanoTime() + Duration.ofSeconds(1).toNanos();

        @Override
        public void join(Waiting<Item> waiting) {
            standing.add(waiting);
            waiting.stands(true);
            joined.countDown();
        }

        @Override
        public void rejoin(List<Waiting<Item>> returned) {
            returned.forEach(this::join);
        }

        @Override
        public boolean giveUp(Waiting<Item> waiting) {
            waiting.stands(false);
            return standing.remove(waiting);
        }

        @Override
        public List<Waiting<Item>> withdraw() {
            List<Waiting<Item>> all = all();
            all.forEach(this::giveUp);
            return all;
        }

        @Override
        public List<Waiting<Item>> all() {
            return List.copyOf(standing);
        }

        @Override
        public Optional<Waiting<Item>> head(long now) {
            List<Waiting<Item>> backlog = of(Lane.BACKLOG);
            List<Waiting<Item>> cards = of(Lane.CARDS);
            return (cards.isEmpty() || backlog.size() >= 2 ? backlog : cards).stream().findFirst();
        }

        private List<Waiting<Item>> of(Lane lane) {
            return standing.stream().filter(w -> w.parcel().lane() == lane).toList();
        }

        @Override
        public long nanosUntil(Waiting<Item> waiting, long now) {
            return Math.max(0, opensAt - now);
        }

        @Override
        public long nanosPaused(Waiting<Item> waiting, long now) {
            return 0;
        }

        @Override
        public List<Waiting<Item>> depart(long now) {
            Waiting<Item> head = head(now).orElseThrow();
            giveUp(head);
            left.add(head.parcel().lane());
            return List.of(head);
        }

        @Override
        public void returned(List<Waiting<Item>> carried, long now) {}
    }

    @Test
    void X8_whoComesToTheHeadByAnothersJoiningLeavesInTime() throws Exception {
        TwoOfTheBacklogFirst schedule = new TwoOfTheBacklogFirst();
        Courier<Item> courier =
                new Courier<>(
                        schedule,
                        new Breaker(),
                        leaving -> () -> leaving.forEach(w -> w.lost("heard")),
                        System::nanoTime);

        CompletableFuture<?> card = send(courier, Lane.CARDS, schedule, 2);
        CompletableFuture<?> first = send(courier, Lane.BACKLOG, schedule, 1);
        CompletableFuture<?> second = send(courier, Lane.BACKLOG, schedule, 0);

        assertThat(CompletableFuture.allOf(first, card, second)).succeedsWithin(SOON);
        assertThat(schedule.left).containsExactly(Lane.BACKLOG, Lane.CARDS, Lane.BACKLOG);
    }

    /** Returns when so many are still to join. */
    private CompletableFuture<?> send(
            Courier<Item> courier, Lane lane, TwoOfTheBacklogFirst schedule, int toJoin) {
        CompletableFuture<?> sent =
                CompletableFuture.runAsync(() -> courier.send(new Item(lane)), callers);
        await().until(() -> schedule.joined.getCount() == toJoin);
        return sent;
    }
}
