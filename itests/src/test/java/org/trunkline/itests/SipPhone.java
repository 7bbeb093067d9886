package org.trunkline.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One SIPp process: a telephone that plays one script, and its trace of what went over the wire.
 */
final class SipPhone {
    /**
     * A message of the trace.
     *
     * @param sent by the phone
     * @param request the request, or the one that is answered, such as INVITE
     * @param line its first line
     */
    record Message(Instant at, boolean sent, String callId, String request, String line) {}

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final String who;
    private final String tag;
    private final Path trace;
    private final Process process;

    /**
     * @param who extension or client's number
     * @param tag of its end of the dialog
     * @param trace SIPp's files, without {@code .short}, {@code .messages}, {@code .errors}
     */
    SipPhone(String who, String tag, Path trace, Process process) {
        this.who = who;
        this.tag = tag;
        this.trace = trace;
        this.process = process;
    }

    String who() {
        return who;
    }

    String tag() {
        return tag;
    }

    /**
     * Waits until its script is over.
     *
     * @throws AssertionError when the wire did not see what the script says
     */
    void awaitEnd() {
        try {
            boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(
                        "phone " + this + " did not play its part to the end\n" + reason());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void failIfEnded() {
        if (!process.isAlive()) {
            throw new AssertionError("phone " + this + " ended\n" + reason());
        }
    }

    private String reason() {
        String errors = read(".errors");
        return errors.isEmpty() ? read(".out") : errors;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** When the first INVITE was answered with 200. */
    Instant answered() {
        return first(m -> m.request().equals("INVITE") && m.line().startsWith("SIP/2.0 200"));
    }

    /** When somebody hung up. */
    Instant hungUp() {
        return first(m -> m.line().startsWith("BYE "));
    }

    boolean hungUpItself() {
        return trace().anyMatch(m -> m.sent() && m.line().startsWith("BYE "));
    }

    boolean rang() {
        return trace().anyMatch(m -> m.line().startsWith("SIP/2.0 180"));
    }

    boolean stoppedRinging() {
        return trace().anyMatch(m -> !m.sent() && m.line().startsWith("CANCEL "));
    }

    /** When the phone sent its first request of this method. */
    Instant sent(String method) {
        return first(m -> m.sent() && m.line().startsWith(method + " "));
    }

    void await(String what, Predicate<Message> message) {
        Awaitility.await(this + ": " + what)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> trace().anyMatch(message));
    }

    void awaitAnswer() {
        await("answer", m -> m.line().startsWith("ACK "));
    }

    String callId() {
        return trace().findFirst().orElseThrow().callId();
    }

    /** The header of the first message that has it and matches, e.g. {@code From: (.*)}. */
    String header(String pattern) {
        Matcher matcher =
                Pattern.compile("^" + pattern + "\\r?$", Pattern.MULTILINE)
                        .matcher(read(".messages"));
        if (!matcher.find()) {
            throw new IllegalStateException(this + " saw no header " + pattern);
        }
        return matcher.group(1);
    }

    private Instant first(Predicate<Message> wanted) {
        return trace().filter(wanted)
                .map(Message::at)
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " did not see it: " + list()));
    }

    private List<Message> list() {
        return trace().toList();
    }

    private Stream<Message> trace() {
        return read(".short").lines().flatMap(line -> message(line).stream());
    }

    /** Tab-separated: date, time, seconds since 1970, S or R, Call-ID, CSeq, first line. */
    private static Optional<Message> message(String line) {
        String[] parts = line.split("\t");
        if (parts.length < 7) {
            return Optional.empty(); // being written
        }
        String[] time = parts[2].split("\\.");
        Instant at = Instant.ofEpochSecond(Long.parseLong(time[0]), Long.parseLong(time[1]) * 1000);
        String request = parts[5].substring(parts[5].lastIndexOf(' ') + 1);
        return Optional.of(new Message(at, parts[3].equals("S"), parts[4], request, parts[6]));
    }

    private String read(String suffix) {
        try {
            Path file = Path.of(trace + suffix);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return who + " (" + trace.getFileName() + ")";
    }
}
