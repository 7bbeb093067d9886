package org.trunkline.bench.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.Benchmark;
import org.trunkline.bench.Outcome;
import org.trunkline.bench.Progress;
import org.trunkline.bench.Samples;
import org.trunkline.bench.Settings;
import org.trunkline.bench.load.Latencies;
import org.trunkline.bench.popup.PopupSite;
import org.trunkline.bench.process.Checkout;
import org.trunkline.bench.process.Hub;
import org.trunkline.bench.process.Ports;
import org.trunkline.bench.process.TemporaryFolder;

/**
 * How long a hub on an empty data folder takes from the launcher's first line to a 200 of {@code
 * /health/ready}, and how much memory it then needs at the load of {@code popup}. Limit: {@link
 * BareKaraf} until its shell takes connections, started in turn with the hub.
 */
public final class StartBenchmark implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int LOAD_SECONDS = 60;
    private static final long SEED = 1;
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final int SHELL = 2;

    @Override
    public Outcome run(Settings settings) throws IOException, InterruptedException {
        Path home = new Checkout(settings.root()).home();
        List<Double> hub = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        try (TemporaryFolder folder = TemporaryFolder.create("start")) {
            Path karaf = BareKaraf.in(folder.path(), home);
            // The first of each reads the jars from disk, so it doesn't count.
            for (int i = 0; i <= ROUNDS; i++) {
                double limit = seconds(karaf, folder.make("bare"), StartBenchmark::shellListens);
                double ready = seconds(home, folder.make("hub"), Hub::ready);
                Progress.say(
                        "bare Karaf %.2f s, hub %.2f s%s",
                        limit, ready, i == 0 ? " (not counted)" : "");
                if (i > 0) {
                    bare.add(limit);
                    hub.add(ready);
                }
            }
            figures.put("coldSeconds", Samples.of(hub).median());
            figures.put("coldSecondsLargest", Samples.of(hub).largest());
            figures.put("coldSecondsSpread", Samples.of(hub).spread());
            figures.put("bareKarafSeconds", Samples.of(bare).median());
            figures.put("bareKarafSpread", Samples.of(bare).spread());
            figures.putAll(memory(settings, folder));
        }
        double limit = figures.get("bareKarafSeconds");
        return new Outcome("start", figures, limit, limit / figures.get("coldSeconds"));
    }

    private static double seconds(Path home, Path data, Hub.Readiness readiness)
            throws IOException, InterruptedException {
        Hub.Started started = Hub.start(home, data, Ports.block(), readiness);
        started.hub().close();
        return started.took().toMillis() / 1000.0;
    }

    private static boolean shellListens(Hub hub) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port() + SHELL)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** At the load of {@code popup}: the most that it ever took, and what it keeps after it. */
    private static Map<String, Double> memory(Settings settings, TemporaryFolder folder)
            throws IOException, InterruptedException {
        Duration length = Duration.ofSeconds(settings.seconds().orElse(LOAD_SECONDS));
        try (PopupSite site = PopupSite.open(settings, folder)) {
            Latencies load = site.play(length, SEED);
            double atLoad = site.hub().figures().rssMib();
            TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("calls", (double) load.calls());
            figures.put("cardsMissing", (double) load.missing());
            figures.put("hubRssAtLoadMib", atLoad);
            figures.putAll(site.memory());
            return figures;
        }
    }
}
