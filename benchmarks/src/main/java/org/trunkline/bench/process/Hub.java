package org.trunkline.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A hub as a process, started by the distribution's launcher. */
public final class Hub implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long POLL_MILLIS = 10;
    private static final double BYTES_A_MIB = 1 << 20;

    private final Path home;
    private final Path data;
    private final int port;
    private final JsonHttp http;

    private Hub(Path home, Path data, int port) {
        this.home = home;
        this.data = data;
        this.port = port;
        http = JsonHttp.open("http://127.0.0.1:" + port);
    }

    /**
     * What start-up took.
     *
     * @param took from the launcher's start to the first answer that was wanted
     */
    public record Started(Hub hub, Duration took) {}

    /** Whether a start is over. */
    @FunctionalInterface
    public interface Readiness {
        boolean of(Hub hub) throws InterruptedException;
    }

    /** Returns when the hub is ready to work. */
    public static Started start(Path home, Path data, int port)
            throws IOException, InterruptedException {
        return start(home, data, port, Hub::ready);
    }

    /**
     * @param home a distribution
     * @param data may be empty
     */
    public static Started start(Path home, Path data, int port, Readiness ready)
            throws IOException, InterruptedException {
        Hub hub = new Hub(home, data, port);
        long began = System.nanoTime();
        Process launcher =
                hub.launcher(
                        "run",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString(),
                        "--detach");
        boolean up = false;
        try {
            while (!ready.of(hub)) {
                boolean failed = !launcher.isAlive() && launcher.exitValue() != 0;
                if (failed || System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IOException("the hub does not start, see " + data.resolve("log"));
                }
                Thread.sleep(POLL_MILLIS);
            }
            up = true;
        } finally {
            if (!up) {
                hub.close();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Started(hub, took);
    }

    /** Whether {@code /health/ready} says so. */
    public boolean ready() throws InterruptedException {
        return http.status("/health/ready") == 200;
    }

    public int port() {
        return port;
    }

    public JsonHttp administrator() throws IOException {
        String password = Files.readString(data.resolve("admin-password.txt")).strip();
        return JsonHttp.administrator("http://127.0.0.1:" + port, password);
    }

    /**
     * @throws IOException if it does not run
     */
    public ProcessFigures figures() throws IOException {
        return ProcessFigures.of(
                Long.parseLong(Files.readAllLines(data.resolve("trunkline.pid")).get(0)));
    }

    /** Of the JVM's heap, garbage included, as {@code /metrics} tells it. */
    public double heapUsedMib() throws IOException, InterruptedException {
        return administrator()
                        .text("/metrics")
                        .lines()
                        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
                        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                        .findFirst()
                        .orElseThrow(() -> new IOException("/metrics does not tell the heap"))
                / BYTES_A_MIB;
    }

    /** Stops it as an administrator does. */
    @Override
    public void close() throws IOException {
        Process stop = launcher("stop", "--data", data.toString());
        stop.onExit().join();
    }

    private Process launcher(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("bash", home.resolve("bin/hub").toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words);
        // The hub as shipped, on H2, whatever this shell has set for another.
        builder.environment().keySet().removeIf(name -> name.startsWith("TRUNKLINE_"));
        builder.environment().remove("EXTRA_JAVA_OPTS");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Not a pipe: the detached hub would hold it open.
        builder.redirectErrorStream(true).redirectOutput(data.resolve("launcher.log").toFile());
        return builder.start();
    }
}
