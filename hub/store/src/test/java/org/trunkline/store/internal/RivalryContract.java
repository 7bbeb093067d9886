package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.store.Journal;

/** Many at once, on any database. */
abstract class RivalryContract extends StoreContract {

    private static final int RIVALS = 8;

    RivalryContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void foldersOfOneCallLoseNoEventAndCountEachChangeOnce() throws Exception {
        int events = 40;
        journal.append(
                IntStream.range(0, events)
                        .mapToObj(i -> Told.of("1").tagged("tag" + i, "value"))
                        .toList());
        // Read in parts: one look sees no more than so many rows of a call.
        List<Journal.Unfolded> parts = parts();
        assertThat(parts).hasSize(events);

        together(parts.stream().map(part -> (Callable<Call>) () -> calls.fold(part, ONE)).toList());

        Call call = calls.find("acme", Call.id("acme", "office", "1")).orElseThrow();
        assertThat(call.attributes()).hasSize(events);
        assertThat(onlyDue().version()).isEqualTo(events);
        assertThat(journal.unfolded(100)).isEmpty();
    }

    @Test
    void foldersOfTheSameRowsFoldThemOnce() throws Exception {
        journal.append(List.of(Told.of("1").started(), Told.of("1").ringing("leg", "201")));
        Journal.Unfolded rows = onlyUnfolded();

        List<Call> seen = together(Collections.nCopies(RIVALS, () -> calls.fold(rows, ONE)));

        assertThat(seen).containsOnly(seen.get(0));
        assertThat(onlyDue().version()).isEqualTo(1);
    }

    @Test
    void writersOfTheSameNativeIdsLeaveEachOnceAndNoneFails() throws Exception {
        List<CallEvent> events =
                IntStream.range(0, 50)
                        .mapToObj(i -> Told.withNativeId(Told.of("call" + i).started(), "id" + i))
                        .toList();
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < RIVALS; i++) {
            List<CallEvent> own = new ArrayList<>(events);
            // Another order each: the worst case for locks on the unique index.
            Collections.rotate(own, i * 7);
            writers.add(
                    () -> {
                        journal.append(own);
                        return own.size();
                    });
        }

        together(writers);

        assertThat(count("select count(*) from journal")).isEqualTo(events.size());
    }

    @Test
    void aFoldAndASettlementAtOnceNeverLoseTheWakeUp() throws Exception {
        hear(ONE, Told.of("1").started());
        for (int round = 0; round < 20; round++) {
            var taken = onlyDue();
            journal.append(List.of(Told.of("1").tagged("round" + round, "x")));
            Journal.Unfolded rows = onlyUnfolded();

            together(
                    List.of(
                            () -> calls.fold(rows, ONE),
                            () -> {
                                work.done(taken);
                                return taken;
                            }));

            assertThat(onlyDue().version()).isEqualTo(taken.version() + 1);
        }
    }

    private List<Journal.Unfolded> parts() {
        List<Journal.Unfolded> parts = new ArrayList<>();
        for (Journal.Unfolded all : journal.unfolded(100)) {
            for (int i = 0; i < all.rows().size(); i++) {
                parts.add(CallsContract.part(all, i));
            }
        }
        return parts;
    }

    /** Lets tasks loose at the same moment, as many at once as there are rivals. */
    private static <T> List<T> together(List<? extends Callable<? extends T>> tasks)
            throws InterruptedException, ExecutionException, TimeoutException {
        int rivals = Math.min(RIVALS, tasks.size());
        CyclicBarrier start = new CyclicBarrier(rivals);
        ExecutorService threads = Executors.newFixedThreadPool(rivals);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                Callable<? extends T> task = tasks.get(i);
                boolean first = i < rivals;
                running.add(
                        threads.submit(
                                () -> {
                                    if (first) {
                                        start.await(10, TimeUnit.SECONDS);
                                    }
                                    return task.call();
                                }));
            }
            List<T> outcomes = new ArrayList<>();
            for (Future<T> one : running) {
                outcomes.add(one.get(60, TimeUnit.SECONDS));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
