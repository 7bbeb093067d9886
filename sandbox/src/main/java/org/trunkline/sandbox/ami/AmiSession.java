package org.trunkline.sandbox.ami;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One client of the AMI: reads its actions, writes answers and events in one order. */
final class AmiSession {
    /** A reader this far behind is dropped, as Asterisk drops one that stops reading. */
    private static final int BACKLOG = 500_000;

    private static final long STALL_POLL_MILLIS = 50;
    private static final byte[] GARBAGE = {
        (byte) 0xff,
        (byte) 0xfe,
        0,
        'n',
        'o',
        't',
        ' ',
        'A',
        'M',
        'I',
        13,
        10,
        ':',
        ':',
        13,
        10,
        13,
        10
    };
    private static final byte[] LAST = new byte[0];

    private final Socket socket;
    private final AmiPbx pbx;
    private final AmiActions actions;
    private final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
    private final EventFilters filters = new EventFilters();
    private volatile Optional<AmiUser> user = Optional.empty();
    private volatile Set<String> mask = Set.of("all");
    private volatile String challenge = "";

    AmiSession(Socket socket, AmiPbx pbx) {
        this.socket = socket;
        this.pbx = pbx;
        this.actions = new AmiActions(pbx, this);
    }

    void start() {
        raw(
                ("Asterisk Call Manager/" + AmiPbx.VERSION + AmiMessage.END)
                        .getBytes(StandardCharsets.US_ASCII));
        thread(this::write, "write");
        thread(this::read, "read");
    }

    /** Sends an answer. */
    void send(AmiMessage message) {
        raw(message.wire().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends an event if this client is logged in, may see it and wants it. */
    void event(AmiMessage event) {
        boolean wanted =
                user.filter(u -> u.reads(event)).isPresent()
                        && masked(event)
                        && filters.pass(event);
        if (!wanted) {
            return;
        }
        if (pbx.faults().active(AmiFaults.Kind.garbage)) {
            raw(GARBAGE);
        }
        if (pbx.faults().once(AmiFaults.Kind.longLine)) {
            raw(
                    ("Event: Noise\r\nText: " + "x".repeat(10_000_000) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        String wire = event.wire();
        if (pbx.faults().active(AmiFaults.Kind.terminator)) {
            wire = wire.substring(0, wire.length() - 2) + "\n";
        }
        raw(wire.getBytes(StandardCharsets.ISO_8859_1));
    }

    Optional<AmiUser> user() {
        return user;
    }

    void logIn(AmiUser user) {
        this.user = Optional.of(user);
    }

    EventFilters filters() {
        return filters;
    }

    String challenge() {
        return challenge;
    }

    void challenge(String challenge) {
        this.challenge = challenge;
    }

    /** "on", "off" or a list of classes; gives back what Asterisk calls the state. */
    String events(String wanted) {
        mask =
                switch (wanted.toLowerCase(java.util.Locale.ROOT)) {
                    case "", "on", "yes", "true", "all" -> Set.of("all");
                    case "off", "no", "false" -> Set.of();
                    default -> Set.of(wanted.replace(" ", "").split(","));
                };
        return mask.isEmpty() ? "Off" : "On";
    }

    /** Closes after what is queued has gone out. */
    void finish() {
        out.add(LAST);
    }

    /** Closes at once. */
    void close() {
        pbx.gone(this);
        out.add(LAST);
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("A socket could not be closed", e);
        }
    }

    String remote() {
        return String.valueOf(socket.getRemoteSocketAddress()).replaceFirst("^/", "");
    }

    private boolean masked(AmiMessage event) {
        return mask.contains("all")
                || (!mask.isEmpty() && event.privileges().stream().anyMatch(mask::contains));
    }

    private void raw(byte[] bytes) {
        if (out.size() > BACKLOG) {
            close();
        } else {
            out.add(bytes);
        }
    }

    private void read() {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                } else if (!lines.isEmpty()) {
                    actions.run(new AmiMessage(List.copyOf(lines)));
                    lines.clear();
                }
            }
        } catch (IOException e) {
            pbx.note("client " + remote() + " left: " + e.getMessage());
        } finally {
            close();
        }
    }

    private void write() {
        try {
            OutputStream stream = socket.getOutputStream();
            for (byte[] bytes = out.take(); bytes != LAST; bytes = out.take()) {
                while (pbx.faults().active(AmiFaults.Kind.stall)) {
                    Thread.sleep(STALL_POLL_MILLIS);
                }
                stream.write(bytes);
            }
        } catch (IOException e) {
            pbx.note("client " + remote() + " stopped reading: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void thread(Runnable body, String what) {
        Thread thread = new Thread(body, "ami-" + pbx.name() + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }
}
