package org.trunkline.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.trunkline.bench.journal.JournalBenchmark;
import org.trunkline.bench.popup.PopupBenchmark;
import org.trunkline.bench.start.StartBenchmark;

/** Runs one benchmark; the last line of standard output is its outcome as JSON. */
public final class Main {
    private static final int BAD_ARGUMENTS = 2;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Benchmark> all =
                new TreeMap<>(
                        Map.of(
                                "journal", new JournalBenchmark(),
                                "popup", new PopupBenchmark(),
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
        Outcome outcome = all.get(settings.benchmark()).run(settings);
        System.out.println(outcome.json());
        // Threads of drivers and clients must not keep the process.
        System.exit(0);
    }
}
