package org.trunkline.bench.popup;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.bench.Settings;
import org.trunkline.bench.load.Feed;
import org.trunkline.bench.load.Latencies;
import org.trunkline.bench.process.Hub;
import org.trunkline.bench.process.ProcessFigures;
import org.trunkline.bench.process.Stage;
import org.trunkline.bench.process.TemporaryFolder;

/** 40 companies, each with a PBX and a portal. */
public final class PopupSite implements AutoCloseable {
    private static final int COMPANIES = 40;

    private final Stage stage;
    private final Load load;
    private List<Feed> feeds = List.of();
    private List<Feed> relayed = List.of();

    private PopupSite(Stage stage) {
        this.stage = stage;
        load = new Load(stage.sandbox());
    }

    /** Returns when the hub is connected to every PBX. */
    public static PopupSite open(Settings settings, TemporaryFolder folder)
            throws IOException, InterruptedException {
        PopupSite site = new PopupSite(Stage.open(settings, folder));
        boolean connected = false;
        try {
            site.provision();
            connected = true;
            return site;
        } finally {
            if (!connected) {
                site.close();
            }
        }
    }

    public Hub hub() {
        return stage.hub();
    }

    /** Calls for the hub. */
    public Latencies play(Duration length, long seed) throws IOException, InterruptedException {
        return load.play(feeds, length, seed);
    }

    /** As many calls for a relay that does nothing else, while the hub rests. */
    Latencies playRelayed(Duration length, long seed) throws IOException, InterruptedException {
        try (Relay relay = new Relay(relayed)) {
            return load.play(relayed, length, seed);
        }
    }

    /** Of the hub, in MiB: resident now and at most since its start, and the heap in use. */
    public Map<String, Double> memory() throws IOException, InterruptedException {
        ProcessFigures figures = hub().figures();
        Map<String, Double> memory = new LinkedHashMap<>();
        memory.put("hubRssMib", figures.rssMib());
        memory.put("hubPeakRssMib", figures.peakRssMib());
        memory.put("hubHeapUsedMib", hub().heapUsedMib());
        return memory;
    }

    private void provision() throws IOException, InterruptedException {
        feeds = Feed.install(stage.sandbox(), "hub", COMPANIES);
        relayed = Feed.install(stage.sandbox(), "relay", COMPANIES);
        for (Feed feed : feeds) {
            stage.provision(feed.id(), feed.document());
        }
        stage.awaitConnected(COMPANIES);
    }

    @Override
    public void close() throws IOException {
        stage.close();
    }
}
