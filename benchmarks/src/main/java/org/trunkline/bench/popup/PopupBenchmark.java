package org.trunkline.bench.popup;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trunkline.bench.Benchmark;
import org.trunkline.bench.Outcome;
import org.trunkline.bench.Progress;
import org.trunkline.bench.Samples;
import org.trunkline.bench.Settings;
import org.trunkline.bench.load.Latencies;
import org.trunkline.bench.process.ProcessFigures;
import org.trunkline.bench.process.TemporaryFolder;

/**
 * How long a ring on the AMI socket takes to become the card's request at the portal, at 20 calls a
 * second over 40 portals whose requests cost what real ones cost. The ring counts from the moment
 * at which the PBX has the event ready to send, the request from the moment at which all of it has
 * arrived, before its cost. Limit: the 95th percentile of a bare {@link Relay} at the same load.
 */
public final class PopupBenchmark implements Benchmark {
    private static final int SECONDS = 60;
    private static final int ROUNDS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration RELAY = Duration.ofSeconds(20);
    private static final long SEED = 1;

    @Override
    public Outcome run(Settings settings) throws IOException, InterruptedException {
        Duration round = Duration.ofSeconds(settings.seconds().orElse(SECONDS)).dividedBy(ROUNDS);
        try (TemporaryFolder folder = TemporaryFolder.create("popup");
                PopupSite site = PopupSite.open(settings, folder)) {
            Latencies first = told("first calls of a fresh hub", site.play(WARM_UP, SEED));
            Latencies hub = Latencies.NONE;
            Latencies relay = told("relay, warming up", site.playRelayed(RELAY, SEED));
            relay = Latencies.NONE;
            Duration cpu = Duration.ZERO;
            for (int i = 1; i <= ROUNDS; i++) {
                relay = relay.and(told("relay", site.playRelayed(RELAY, SEED + i)));
                ProcessFigures before = site.hub().figures();
                hub = hub.and(told("hub", site.play(round, SEED + i)));
                cpu = cpu.plus(site.hub().figures().cpu().minus(before.cpu()));
            }
            Samples floor = relay.samples();
            Samples card = hub.samples();
            Map<String, Double> figures = new LinkedHashMap<>();
            percentiles(figures, "p", card);
            figures.put("largest", card.largest());
            percentiles(figures, "relayP", floor);
            figures.put("calls", (double) hub.calls());
            figures.put("cardsMissing", (double) hub.missing());
            figures.put("firstCallsP95", first.samples().percentile(95));
            figures.put("firstCallsMissing", (double) first.missing());
            figures.put("generatorLateP99", Samples.of(hub.lagMillis()).percentile(99));
            figures.put("hubCpuMillisPerCall", cpu.toMillis() / (double) hub.calls());
            figures.putAll(site.memory());
            double limit = floor.percentile(95);
            return new Outcome("popup", figures, limit, limit / card.percentile(95));
        }
    }

    private static void percentiles(Map<String, Double> figures, String name, Samples samples) {
        for (int percent : new int[] {50, 95, 99}) {
            figures.put(name + percent, samples.percentile(percent));
        }
    }

    private static Latencies told(String what, Latencies latencies) {
        Samples samples = latencies.samples();
        Progress.say(
                "%s: %d calls, %d cards missing, p50 %.1f, p95 %.1f, p99 %.1f, largest %.1f ms",
                what,
                latencies.calls(),
                latencies.missing(),
                samples.percentile(50),
                samples.percentile(95),
                samples.percentile(99),
                samples.largest());
        return latencies;
    }
}
