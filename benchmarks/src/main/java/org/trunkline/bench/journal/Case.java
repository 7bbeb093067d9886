package org.trunkline.bench.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.trunkline.bench.Progress;
import org.trunkline.bench.Samples;
import org.trunkline.model.CallEvent;

/**
 * One way to write.
 *
 * @param batch events an append
 */
record Case(String name, int writers, int batch) {
    /** As AMI brings them, one by one, from one PBX and from many; and what came together. */
    static final List<Case> ALL =
            List.of(
                    new Case("Writers1", 1, 1),
                    new Case("Writers16", 16, 1),
                    new Case("Writers1Batch20", 1, 20),
                    new Case("Writers16Batch20", 16, 20));

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 5;
    private static final AtomicLong CALLS = new AtomicLong();

    /**
     * @param journal events per second of the hub's journal, by round
     * @param limit of bare JDBC
     */
    record Rates(Samples journal, Samples limit) {}

    /** Rounds of limit and subject in turn, so that a drift of the machine hits both. */
    Rates measure(Site site) throws InterruptedException {
        bare(site, WARM_UP);
        hub(site, WARM_UP);
        List<Double> journal = new ArrayList<>();
        List<Double> limit = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            limit.add(bare(site, ROUND));
            journal.add(hub(site, ROUND));
        }
        Rates rates = new Rates(Samples.of(journal), Samples.of(limit));
        Progress.say(
                "%s %s: journal %.0f events/s (spread %.0f %%), bare JDBC %.0f (spread %.0f %%)",
                site.name(),
                name,
                rates.journal().median(),
                rates.journal().spread() * 100,
                rates.limit().median(),
                rates.limit().spread() * 100);
        return rates;
    }

    private double hub(Site site, Duration time) throws InterruptedException {
        return Writers.rate(
                writers,
                time,
                writer ->
                        () -> {
                            site.store().journal.append(next());
                            return batch;
                        });
    }

    private List<CallEvent> next() {
        String key = "1795290262." + CALLS.incrementAndGet();
        return IntStream.range(0, batch).mapToObj(i -> Told.event(key, i % Told.EVENTS)).toList();
    }

    private double bare(Site site, Duration time) throws InterruptedException {
        List<BareRows> open = new ArrayList<>();
        try {
            return Writers.rate(
                    writers,
                    time,
                    writer -> {
                        BareRows rows = new BareRows(site);
                        open.add(rows);
                        return rows.deed(writer, batch);
                    });
        } finally {
            open.forEach(Case::close);
        }
    }

    private static void close(BareRows rows) {
        try {
            rows.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
