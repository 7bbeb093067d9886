package org.trunkline.bench.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trunkline.bench.Benchmark;
import org.trunkline.bench.Outcome;
import org.trunkline.bench.Progress;
import org.trunkline.bench.Settings;
import org.trunkline.bench.process.TemporaryFolder;

/**
 * How many events a second the hub's own journal accepts, on both databases. The outcome's limit
 * and ratio are those of PostgreSQL with 16 writers and one event an append: how a production hub
 * with many PBXs lives.
 */
public final class JournalBenchmark implements Benchmark {
    private static final String HEADLINE = "postgresqlWriters16";

    @Override
    public Outcome run(Settings settings) throws IOException, InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (TemporaryFolder folder = TemporaryFolder.create("journal")) {
            for (Opening opening : new Opening[] {Site::h2, Site::postgresql}) {
                try (Site site = opening.open(folder.make("database"))) {
                    figures.putAll(measure(site));
                }
            }
        }
        double limit = figures.get(HEADLINE + "Limit");
        return new Outcome("journal", figures, limit, figures.get(HEADLINE) / limit);
    }

    /** How a database comes about. */
    @FunctionalInterface
    private interface Opening {
        Site open(Path folder) throws IOException, InterruptedException;
    }

    private static Map<String, Double> measure(Site site) throws InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        // First, while the journal holds nothing else that is not folded.
        figures.put(site.name() + "Fold", Folding.rate(site));
        Progress.say("%s fold: %.0f events/s", site.name(), figures.get(site.name() + "Fold"));
        for (Case one : Case.ALL) {
            Case.Rates rates = one.measure(site);
            String name = site.name() + one.name();
            figures.put(name, rates.journal().median());
            figures.put(name + "Spread", rates.journal().spread());
            figures.put(name + "Limit", rates.limit().median());
            figures.put(name + "LimitSpread", rates.limit().spread());
        }
        return figures;
    }
}
