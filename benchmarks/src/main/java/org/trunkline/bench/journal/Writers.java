package org.trunkline.bench.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do one thing over and over, all from the same moment on. */
final class Writers {

    /** One writer's deed, again and again. */
    @FunctionalInterface
    interface Deed {
        /** How many events it did; 0 = there is nothing left to do. */
        int once() throws Exception;
    }

    /** Gives each writer its own deed, with what it needs opened before the clock starts. */
    @FunctionalInterface
    interface Opening {
        Deed of(int writer) throws Exception;
    }

    private Writers() {}

    /** Events per second of all together. */
    static double rate(int writers, Duration time, Opening opening) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Deed> deeds = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                deeds.add(opening.of(i));
            }
            List<Future<Long>> counts = new ArrayList<>();
            for (Deed deed : deeds) {
                counts.add(threads.submit(() -> written(deed, begin, time)));
            }
            long start = System.nanoTime();
            begin.countDown();
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            // To the end of the slowest: what was begun in time counts, and so does its time.
            return all / ((System.nanoTime() - start) / 1e9);
        } catch (InterruptedException e) {
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdown();
        }
    }

    private static long written(Deed deed, CountDownLatch begin, Duration time) throws Exception {
        begin.await();
        long end = System.nanoTime() + time.toNanos();
        long count = 0;
        int some = 1;
        while (some > 0 && System.nanoTime() < end) {
            some = deed.once();
            count += some;
        }
        return count;
    }
}
