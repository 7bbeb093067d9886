package org.trunkline.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.amocrm.AmocrmBenchmark;
import org.trunkline.bench.bitrix24.Bitrix24Benchmark;
import org.trunkline.bench.journal.JournalBenchmark;
import org.trunkline.bench.popup.PopupBenchmark;
import org.trunkline.bench.rules.RulesBenchmark;
import org.trunkline.bench.start.StartBenchmark;

/** Runs one benchmark; the last line of standard output is its outcome as JSON. */
public final class Main {
    private static final int BAD_ARGUMENTS = 2;
    private static final int CLEARING_SECONDS = 40;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Benchmark> all =
                new TreeMap<>(
                        Map.of(
                                "amocrm", new AmocrmBenchmark(),
                                "bitrix24", new Bitrix24Benchmark(),
                                "journal", new JournalBenchmark(),
                                "popup", new PopupBenchmark(),
                                "rules", new RulesBenchmark(),
                                "start", new StartBenchmark()));
        Settings settings;
        try {
            settings = Settings.parse(arguments);
            if (!all.containsKey(settings.benchmark())) {
                throw new IllegalArgumentException(
                        "there is no benchmark "
                                + settings.benchmark()
                                + ", only "
                                + String.join(", ", all.keySet()));
            }
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline: " + e.getMessage());
            System.exit(BAD_ARGUMENTS);
            return;
        }
        CountDownLatch cleared = clearsUpWhenTold(Thread.currentThread());
        try {
            System.out.println(all.get(settings.benchmark()).run(settings).json());
        } finally {
            cleared.countDown();
        }
        // Threads of drivers and clients must not keep the process.
        System.exit(0);
    }

    /**
     * Ctrl-C takes the hubs and sandboxes with it: the run is broken off and closes what it began.
     */
    private static CountDownLatch clearsUpWhenTold(Thread run) {
        CountDownLatch cleared = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    run.interrupt();
                                    try {
                                        cleared.await(CLEARING_SECONDS, TimeUnit.SECONDS);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
        return cleared;
    }
}
