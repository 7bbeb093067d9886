package org.trunkline.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.Settings;

/** Distribution and sandbox as processes. */
public final class Stage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 200;

    private final Sandbox sandbox;
    private final Hub hub;

    private Stage(Sandbox sandbox, Hub hub) {
        this.sandbox = sandbox;
        this.hub = hub;
    }

    /** Returns when both answer. */
    public static Stage open(Settings settings, TemporaryFolder folder)
            throws IOException, InterruptedException {
        return open(settings, folder, Map.of());
    }

    /**
     * Likewise.
     *
     * @param configuration files of the hub in place of those shipped, by their PID
     */
    public static Stage open(
            Settings settings, TemporaryFolder folder, Map<String, String> configuration)
            throws IOException, InterruptedException {
        Checkout checkout = new Checkout(settings.root());
        int port = Ports.block();
        Sandbox sandbox = Sandbox.start(checkout, port + 10, folder.path().resolve("sandbox.log"));
        Optional<Hub> hub = Optional.empty();
        try {
            Path data = folder.make("data");
            for (Map.Entry<String, String> file : configuration.entrySet()) {
                Path etc = Files.createDirectories(data.resolve("etc"));
                Files.writeString(etc.resolve(file.getKey() + ".cfg"), file.getValue() + "\n");
            }
            hub = Optional.of(Hub.start(checkout.home(), data, port).hub());
            return new Stage(sandbox, hub.get());
        } finally {
            if (hub.isEmpty()) {
                sandbox.close();
            }
        }
    }

    public Hub hub() {
        return hub;
    }

    public JsonHttp sandbox() {
        return sandbox.http();
    }

    /** Gives the hub a company; see {@link #awaitConnected}. */
    public void provision(String company, JsonNode document)
            throws IOException, InterruptedException {
        hub.administrator().send("PUT", "/api/v1/companies/" + company, document);
    }

    /** Returns when the hub is connected to so many PBXs. */
    public void awaitConnected(int wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (connected() < wanted) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "connected to " + connected() + " of " + wanted + " PBXs only");
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
        try {
            hub.close();
        } finally {
            sandbox.close();
        }
    }
}
