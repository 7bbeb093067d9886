package org.trunkline.bench.popup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.Settings;
import org.trunkline.bench.process.Checkout;
import org.trunkline.bench.process.Hub;
import org.trunkline.bench.process.Ports;
import org.trunkline.bench.process.ProcessFigures;
import org.trunkline.bench.process.Sandbox;
import org.trunkline.bench.process.TemporaryFolder;

/** Distribution and sandbox as processes; 40 companies, each with a PBX and a portal. */
public final class PopupSite implements AutoCloseable {
    private static final int COMPANIES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 200;

    private final Sandbox sandbox;
    private final Hub hub;
    private final Load load;
    private List<Feed> feeds = List.of();
    private List<Feed> relayed = List.of();

    private PopupSite(Sandbox sandbox, Hub hub) {
        this.sandbox = sandbox;
        this.hub = hub;
        load = new Load(sandbox.http());
    }

    /** Returns when the hub is connected to every PBX. */
    public static PopupSite open(Settings settings, TemporaryFolder folder)
            throws IOException, InterruptedException {
        Checkout checkout = new Checkout(settings.root());
        int port = Ports.block();
        Sandbox sandbox = Sandbox.start(checkout, port + 10, folder.path().resolve("sandbox.log"));
        Optional<PopupSite> site = Optional.empty();
        boolean connected = false;
        try {
            Hub hub = Hub.start(checkout.home(), folder.make("data"), port).hub();
            site = Optional.of(new PopupSite(sandbox, hub));
            site.get().provision();
            connected = true;
            return site.get();
        } finally {
            if (!connected) {
                if (site.isPresent()) {
                    site.get().hub.close();
                }
                sandbox.close();
            }
        }
    }

    public Hub hub() {
        return hub;
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
        ProcessFigures figures = hub.figures();
        Map<String, Double> memory = new LinkedHashMap<>();
        memory.put("hubRssMib", figures.rssMib());
        memory.put("hubPeakRssMib", figures.peakRssMib());
        memory.put("hubHeapUsedMib", hub.heapUsedMib());
        return memory;
    }

    private void provision() throws IOException, InterruptedException {
        feeds = Feed.install(sandbox.http(), "hub", COMPANIES);
        relayed = Feed.install(sandbox.http(), "relay", COMPANIES);
        for (Feed feed : feeds) {
            hub.administrator().send("PUT", "/api/v1/companies/" + feed.id(), feed.document());
        }
        awaitConnected();
    }

    private void awaitConnected() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (connected() < COMPANIES) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "connected to " + connected() + " of " + COMPANIES + " PBXs only");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private int connected() throws IOException, InterruptedException {
        int count = 0;
        for (JsonNode pbx : hub.administrator().get("/health").path("pbx")) {
            count += pbx.path("state").asText().equals("connected") ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        hub.close();
        sandbox.close();
    }
}
