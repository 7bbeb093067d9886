package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The simulators as a process of their own. {@link #close()} ends it. */
final class Sandbox implements AutoCloseable, Logged {
    private static final int TAIL = 60;

    private final Process process;
    private final Path log;
    private final int port;

    private Sandbox(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** A sandbox on a free port; returns when it answers. */
    static Sandbox start() {
        return start(Ports.block() + 10);
    }

    /** The sandbox that belongs to the hub: on its port + 10. */
    static Sandbox start(Hub hub) {
        return start(hub.port() + 10);
    }

    private static Sandbox start(int port) {
        try {
            Path log = Files.createTempFile("trunkline-sandbox", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(
                            Checkout.java(),
                            "-Xmx128m",
                            "-jar",
                            Checkout.sandboxJar().toString(),
                            "--port",
                            String.valueOf(port));
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            Sandbox sandbox = new Sandbox(builder.start(), log, port);
            sandbox.await();
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    Http http() {
        return new Http(address(), Optional.empty());
    }

    /**
     * What a simulated portal holds.
     *
     * @param crm such as bitrix24
     */
    JsonNode state(String crm, String portal) {
        return http().json("/sandbox/" + crm + "/" + portal + "/_state");
    }

    @Override
    public String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        Awaitility.await("the sandbox answers")
                .atMost(Duration.ofSeconds(60))
                .failFast(
                        "the sandbox ended",
                        () -> {
                            if (!process.isAlive()) {
                                throw new IllegalStateException(logTail());
                            }
                        })
                .until(() -> http().status("/") != 0);
    }
}
