package org.trunkline.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A hub as a process of its own, started by the distribution's launcher on free ports. {@link
 * #close()} stops it, and deletes its data folder if it made that itself.
 *
 * <pre>{@code
 * @ExtendWith(LogsOnFailure.class)
 * class SomethingIT {
 *     @AutoClose private static Hub hub;
 *     @BeforeAll static void start() { hub = Hub.start(); }
 *     @Test void works() { hub.admin().put("/api/v1/companies/acme", document); ... }
 * }
 * }</pre>
 */
final class Hub implements AutoCloseable, Logged {
    private static final int TAIL = 60;

    private final Path data;
    private final boolean deleteData;
    private final int port;
    private final Map<String, String> environment;
    private final Path launcher;

    private Hub(
            Path data,
            boolean deleteData,
            int port,
            Map<String, String> environment,
            Path launcher) {
        this.data = data;
        this.deleteData = deleteData;
        this.port = port;
        this.environment = environment;
        this.launcher = launcher;
    }

    /** A new hub on a data folder of its own; returns when it is ready. */
    static Hub start() {
        return start(Map.of());
    }

    /**
     * @param environment for the hub, such as TRUNKLINE_DB_URL
     */
    static Hub start(Map<String, String> environment) {
        try {
            return new Hub(
                            Files.createTempDirectory("trunkline-it"),
                            true,
                            Ports.block(),
                            environment,
                            Checkout.launcher())
                    .started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new hub that knows where it is found, as TRUNKLINE_PUBLIC_URL says it. */
    static Hub startReachable() {
        try {
            int port = Ports.block();
            return new Hub(
                            Files.createTempDirectory("trunkline-it"),
                            true,
                            port,
                            Map.of("TRUNKLINE_PUBLIC_URL", "http://127.0.0.1:" + port),
                            Checkout.launcher())
                    .started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A hub on a folder that outlives it. */
    static Hub start(Path data) {
        return start(data, Map.of(), Checkout.launcher());
    }

    /**
     * A hub on a folder that outlives it.
     *
     * @param launcher of a distribution
     */
    static Hub start(Path data, Map<String, String> environment, Path launcher) {
        return new Hub(data, false, Ports.block(), environment, launcher).started();
    }

    /** Ports N to N+3 are the hub's; N+10 is free for a sandbox. */
    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** With the administrator's password. */
    Http admin() {
        return new Http(address(), Optional.of(basic("admin", secret("admin-password.txt"))));
    }

    /** With the API token. */
    Http program() {
        return new Http(address(), Optional.of("Bearer " + secret("api-token.txt")));
    }

    /** Without credentials. */
    Http stranger() {
        return new Http(address(), Optional.empty());
    }

    /**
     * The output of a command of the shell, given over SSH by the administrator.
     *
     * @throws IllegalStateException when the password is refused or the command fails
     */
    String shell(String command) {
        return Shell.run(port + 2, "admin", secret("admin-password.txt"), command);
    }

    /** Starts it again after {@link #stop()} or {@link #kill()}; returns when it is ready. */
    void restart() {
        started();
    }

    /** As an administrator does; returns how long it took. */
    Duration stop() {
        Command.Result result =
                Command.bash(environment, launcher, "stop", "--data", data.toString());
        if (result.status() != 0) {
            throw new IllegalStateException(result.output() + logTail());
        }
        return result.took();
    }

    /** As a power cut does, but for the disk's cache. */
    void kill() {
        ProcessHandle process = process();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As a virtual machine that is suspended; {@link #resume()} wakes it. */
    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> words = List.of("kill", "-" + name, String.valueOf(process().pid()));
        Command.Result result = Command.run(Map.of(), data, words);
        if (result.status() != 0) {
            throw new IllegalStateException(result.output());
        }
    }

    ProcessHandle process() {
        return ProcessHandle.of(
                        Long.parseLong(
                                read(data.resolve("trunkline.pid"))
                                        .lines()
                                        .findFirst()
                                        .orElseThrow()))
                .orElseThrow(() -> new IllegalStateException("the hub does not run"));
    }

    String log() {
        return read(data.resolve("log/trunkline.log"));
    }

    @Override
    public String logTail() {
        List<String> lines =
                Stream.of("log/console.log", "log/trunkline.log")
                        .map(data::resolve)
                        .filter(Files::exists)
                        .flatMap(file -> read(file).lines())
                        .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    @Override
    public void close() {
        stop();
        if (deleteData) {
            delete(data);
        }
    }

    static String basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    private Hub started() {
        Command.Result result =
                Command.bash(
                        environment,
                        launcher,
                        "run",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString(),
                        "--detach");
        if (result.status() != 0) {
            throw new IllegalStateException(
                    "the hub did not start:\n" + result.output() + "\n" + logTail());
        }
        return this;
    }

    private String secret(String file) {
        return read(data.resolve(file)).strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
