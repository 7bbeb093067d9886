package org.trunkline.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Where the phones of one scenario play. Times are milliseconds. */
final class SipStage {
    /** Longer than any scenario. */
    static final int LONG = 60_000;

    private static final Path SCRIPTS = Checkout.root().resolve("itests/asterisk/sipp");

    /** For a phone that calls, for SIPp's control, for sound and pictures (two each). */
    private static final int PORTS_EACH = 8;

    private final LiveAsterisk asterisk;
    private final Path folder;
    private final int ports;
    private final AtomicInteger started;
    private final List<SipPhone> phones = new ArrayList<>();

    private SipStage(LiveAsterisk asterisk, Path folder, int ports, AtomicInteger started) {
        this.asterisk = asterisk;
        this.folder = folder;
        this.ports = ports;
        this.started = started;
    }

    /**
     * @param folder for scripts and traces
     * @param phones how many may be started on this stage and those beside it
     */
    static SipStage of(LiveAsterisk asterisk, Path folder, int phones) {
        if (phones * PORTS_EACH > LiveAsterisk.STAGE) {
            throw new IllegalArgumentException(phones + " phones are too many");
        }
        return new SipStage(asterisk, folder, asterisk.stage(), new AtomicInteger());
    }

    /** Another stage of the same Asterisk. */
    SipStage beside() {
        return new SipStage(asterisk, folder, ports, started);
    }

    /** Rings, answers, and hangs up after so much talk unless the other side does. */
    SipPhone callee(String who, int ring, int talk) {
        return listening("callee", who, Map.of("RING", ring, "TALK", talk));
    }

    /** Rings until the other side gives up. */
    SipPhone ringing(String who) {
        return callee(who, LONG, LONG);
    }

    SipPhone refusing(String who, int ring, int status) {
        return listening("refusing", who, Map.of("RING", ring, "STATUS", status));
    }

    /** Answers and sends its caller to another extension by REFER. */
    SipPhone blind(String who, int ring, int talk, String target) {
        return listening("blind", who, Map.of("RING", ring, "TALK", talk, "TARGET", target));
    }

    /** Answers, holds the call after some talk, and takes it back. */
    SipPhone holding(String who, int ring, int talk, int hold) {
        return listening("holding", who, Map.of("RING", ring, "TALK", talk, "HOLD", hold));
    }

    /** Answers with a tone, which a recording then holds. */
    SipPhone singing(String who, int ring, int talk) {
        return listening("callee", who, Map.of("RING", ring, "TALK", talk, "MUSIC", music()));
    }

    SipPhone caller(String who, String target, int talk) {
        return start("caller", who, Map.of("TARGET", target, "TALK", talk), List.of());
    }

    SipPhone cancelling(String who, String target, int ring) {
        return start("cancelling", who, Map.of("TARGET", target, "TALK", ring), List.of());
    }

    SipPhone refused(String who, String target, int status) {
        return start("refused", who, Map.of("TARGET", target, "STATUS", status), List.of());
    }

    /**
     * A REFER in the held dialog that replaces the consultation: the held caller gets whom the
     * phone asked.
     */
    SipPhone attended(SipPhone holding, SipPhone consulting, String target) {
        String replaces =
                consulting.callId()
                        + "%3Bto-tag%3D"
                        + consulting.header("To: .*;tag=([^;\\s]+).*")
                        + "%3Bfrom-tag%3D"
                        + consulting.tag();
        Map<String, Object> values =
                Map.of(
                        "TARGET", target,
                        "REPLACES", replaces.replace("@", "%40"),
                        "TAG", holding.tag(),
                        "PEER", holding.header("From: (.*)"),
                        "CONTACT", asterisk.port(holding.who()));
        return start("attended", holding.who(), values, List.of("-cid_str", holding.callId()));
    }

    void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    /** Waits until every phone has played its script to the end. */
    void awaitEnd() {
        phones.forEach(SipPhone::awaitEnd);
    }

    void kill() {
        phones.forEach(SipPhone::kill);
    }

    private SipPhone listening(String script, String who, Map<String, Object> values) {
        int port = asterisk.port(who);
        SipPhone phone = start(script, who, values, List.of("-p", String.valueOf(port)));
        String entry = String.format(":%04X ", port);
        Awaitility.await(phone + " listens")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .failFast(phone::failIfEnded)
                .until(() -> Files.readString(Path.of("/proc/net/udp")).contains(entry));
        return phone;
    }

    private SipPhone start(
            String script, String who, Map<String, Object> given, List<String> options) {
        int number = started.getAndIncrement();
        int port = ports + number * PORTS_EACH;
        Map<String, String> values = new HashMap<>();
        values.put("WHO", who);
        values.put("TAG", "tag" + number);
        // Discard: who does not sing does not listen either.
        values.put("MEDIA", given.containsKey("MUSIC") ? "[rtpstream_audio_port]" : "9");
        values.put("MUSIC", "");
        given.forEach((key, value) -> values.put(key, value.toString()));
        Path trace = folder.resolve(number + "-" + script + "-" + who);
        try {
            String text = Files.readString(SCRIPTS.resolve(script + ".xml"));
            Path scenario = Path.of(trace + ".xml");
            Files.writeString(scenario, LiveAsterisk.filled(text, values));
            List<String> words = new ArrayList<>();
            words.addAll(List.of("sipp", "127.0.0.1:" + asterisk.sip()));
            words.addAll(List.of("-sf", scenario.toString(), "-i", "127.0.0.1"));
            words.addAll(List.of("-m", "1", "-nostdin", "-timeout", "80", "-timeout_error"));
            words.addAll(List.of("-cp", String.valueOf(port + 1)));
            words.addAll(List.of("-mp", String.valueOf(port + 2)));
            words.addAll(List.of("-trace_shortmsg", "-shortmessage_file", trace + ".short"));
            words.addAll(List.of("-trace_msg", "-message_file", trace + ".messages"));
            words.addAll(List.of("-trace_err", "-error_file", trace + ".errors"));
            words.addAll(options);
            if (!options.contains("-p")) {
                words.addAll(List.of("-p", String.valueOf(port)));
            }
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.redirectOutput(Path.of(trace + ".out").toFile());
            SipPhone phone = new SipPhone(who, values.get("TAG"), trace, builder.start());
            phones.add(phone);
            return phone;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Endless sound, as bytes of G.711. */
    private String music() {
        Path tone = folder.resolve("tone.ulaw");
        try {
            byte[] bytes = "the quick brown fox ".repeat(2000).getBytes(StandardCharsets.US_ASCII);
            Files.write(tone, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "<nop><action><exec rtp_stream=\"" + tone + ",-1,0\"/></action></nop>";
    }
}
