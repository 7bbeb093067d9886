package org.trunkline.itests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Asterisk on free ports of the loopback, unpacked by {@code itests/asterisk/install.sh}.
 * Its manager user is the one that {@code docs/asterisk.md} tells administrators to make.
 */
final class LiveAsterisk implements AutoCloseable, Logged {
    static final String MANAGER = "trunkline";
    static final String SECRET = "a-secret-of-the-tests";

    /** For what it asks. */
    static final String WEBHOOK_SECRET = "asecretofquestions";

    private static final int TAIL = 80;
    private static final int ENDPOINTS = 200;
    private static final int RTP = 400;

    /** For the phones that play against it. */
    static final int STAGE = 1_200;

    private static final int NO_HUB = 9;
    private static final Path FILES = Checkout.root().resolve("itests/asterisk");
    private static final Path ROOT =
            Path.of(
                    Optional.ofNullable(System.getenv("TRUNKLINE_ASTERISK"))
                            .orElse(System.getenv("HOME") + "/.cache/trunkline/asterisk"));

    private final Path run;
    private final String write;
    private final int hub;
    // In one piece: ports for sound look free until a call takes them.
    private final int sip = Ports.udp(2 + ENDPOINTS + RTP + STAGE);
    private final int ami = Ports.tcp();
    private final Map<String, Integer> ports = new HashMap<>();
    private Process process;

    private LiveAsterisk(Path run, String write, int hub) {
        this.run = run;
        this.write = write;
        this.hub = hub;
    }

    /** What these tests need and this machine lacks, with the cure. */
    static Optional<String> missing() {
        if (!Files.isExecutable(ROOT.resolve("usr/sbin/asterisk"))) {
            return Optional.of("no Asterisk in " + ROOT + ": run itests/asterisk/install.sh");
        }
        boolean sipp =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sipp")));
        return sipp ? Optional.empty() : Optional.of("no sipp: apt-get install sip-tester");
    }

    /**
     * Returns when it is ready.
     *
     * @param run an empty folder for all that it writes
     * @param phones extensions, each of them the name of an endpoint too
     * @param clients numbers that employees may call, each by a trunk of its own
     */
    static LiveAsterisk start(Path run, List<String> phones, List<String> clients) {
        return start(run, phones, clients, "reporting");
    }

    /**
     * Likewise.
     *
     * @param write what its manager user may do
     */
    static LiveAsterisk start(Path run, List<String> phones, List<String> clients, String write) {
        return start(run, phones, clients, write, NO_HUB);
    }

    /**
     * Likewise.
     *
     * @param hub port of the hub that its dialplan asks
     */
    static LiveAsterisk start(
            Path run, List<String> phones, List<String> clients, String write, int hub) {
        LiveAsterisk asterisk = new LiveAsterisk(run, write, hub);
        try {
            for (String folder : List.of("etc", "lib", "log", "spool/monitor")) {
                Files.createDirectories(run.resolve(folder));
            }
            asterisk.configure(phones, clients);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asterisk.restart();
        return asterisk;
    }

    int sip() {
        return sip;
    }

    int ami() {
        return ami;
    }

    /** The first of {@link #STAGE} UDP ports for phones; even. */
    int stage() {
        return sip + 2 + ENDPOINTS + RTP;
    }

    /** Where the phone of an extension, or a client's, is expected. */
    int port(String endpoint) {
        return ports.get(endpoint);
    }

    Path recordings() {
        return run.resolve("spool/monitor");
    }

    /** As a power cut does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it; returns when it is ready. */
    void restart() {
        Path log = run.resolve("log/full");
        try {
            Files.deleteIfExists(log);
            Path libraries = modules().getParent().getParent();
            List<String> words = new ArrayList<>();
            // With its own loader and C library: the machine's may be older.
            words.addAll(List.of(loader(libraries).toString(), "--library-path"));
            words.add(libraries + ":" + libraries.resolve("asterisk"));
            words.add(ROOT.resolve("usr/sbin/asterisk").toString());
            words.addAll(List.of("-f", "-C", run.resolve("etc/asterisk.conf").toString()));
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            process = builder.redirectOutput(run.resolve("log/console").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Asterisk is ready")
                .atMost(Duration.ofSeconds(30))
                .failFast(
                        "Asterisk ended",
                        () -> {
                            if (!process.isAlive()) {
                                throw new IllegalStateException(logTail());
                            }
                        })
                .until(() -> Files.exists(log) && read(log).contains("Asterisk Ready"));
    }

    @Override
    public String logTail() {
        List<String> lines =
                Stream.of("log/full")
                        .map(run::resolve)
                        .filter(Files::exists)
                        .flatMap(file -> read(file).lines())
                        .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    @Override
    public void close() {
        kill();
    }

    private void configure(List<String> phones, List<String> clients) throws IOException {
        Map<String, String> values =
                Map.of(
                        "RUN", run.toString(),
                        "DATA", ROOT.resolve("usr/share/asterisk").toString(),
                        "MODULES", modules().toString(),
                        "SIP", String.valueOf(sip),
                        "RTP_FROM", String.valueOf(sip + 1 + ENDPOINTS),
                        "RTP_TO", String.valueOf(sip + ENDPOINTS + RTP));
        try (Stream<Path> files = Files.list(FILES.resolve("conf"))) {
            for (Path file : files.toList()) {
                write(file.getFileName().toString(), filled(read(file), values));
            }
        }
        write("manager.conf", manager());
        write("routing.conf", asking("[trunkline]") + asking("[trunkline-http]"));
        write(
                "phones.conf",
                phones.stream()
                                .map(phone -> endpoint(phone, "phone", phone))
                                .collect(Collectors.joining())
                        + clients.stream()
                                .map(client -> endpoint("to-" + client, "trunk", client))
                                .collect(Collectors.joining()));
    }

    private String endpoint(String name, String template, String user) {
        int port = sip + 1 + ports.size();
        ports.put(user, port);
        return """
                [%1$s](%2$s)
                aors = %1$s
                [%1$s]
                type = aor
                contact = sip:%3$s@127.0.0.1:%4$d
                """
                .formatted(name, template, user, port);
    }

    /** The user of docs/asterisk.md, but for address, port and secret. */
    private String manager() {
        return documented("[general]")
                .replaceFirst("port = \\d+", "port = " + ami)
                .replaceFirst("bindaddr = \\S+", "bindaddr = 127.0.0.1")
                .replaceFirst("secret = \\S+", "secret = " + SECRET)
                .replaceFirst("write = reporting", "write = " + write)
                .replaceFirst("permit = [\\d.]+", "permit = 127.0.0.1");
    }

    /** A part of the dialplan of docs/asterisk.md, but for addresses, names and secret. */
    private String asking(String context) {
        return documented(context)
                .replace("192.0.2.20:8184", "127.0.0.1:" + (hub + 3))
                .replace("https://hub.example.com", "http://127.0.0.1:" + hub)
                .replace("acme/office/SECRET", LiveCompany.ID + "/office/" + WEBHOOK_SECRET);
    }

    /** The first block of docs/asterisk.md that begins so. */
    private static String documented(String begin) {
        Matcher block =
                Pattern.compile("```\n(" + Pattern.quote(begin) + ".*?)```", Pattern.DOTALL)
                        .matcher(read(Checkout.root().resolve("docs/asterisk.md")));
        if (!block.find()) {
            throw new IllegalStateException("docs/asterisk.md has no " + begin + " any more");
        }
        return block.group(1);
    }

    static String filled(String template, Map<String, String> values) {
        return Pattern.compile("@([A-Z_]+)@")
                .matcher(template)
                .replaceAll(
                        found -> {
                            String value = values.get(found.group(1));
                            if (value == null) {
                                throw new IllegalStateException(found.group() + " has no value");
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    private static Path modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("usr/lib"))) {
            return folders.map(folder -> folder.resolve("asterisk/modules"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no modules in " + ROOT));
        }
    }

    private static Path loader(Path libraries) throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ld-linux"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no loader in " + libraries));
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(run.resolve("etc").resolve(file), text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
