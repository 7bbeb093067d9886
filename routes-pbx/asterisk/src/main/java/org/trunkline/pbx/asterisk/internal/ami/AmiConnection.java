package org.trunkline.pbx.asterisk.internal.ami;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.pbx.asterisk.internal.ami.AmiFault.Kind;

/**
 * One session: connected, logged in, read until it ends. Login and filters are done before events
 * are asked for, so that no event is lost to a half-built filter.
 */
final class AmiConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmiConnection.class);

    /** Called in the reader's thread; may block. */
    interface Reading {
        void event(AmiMessage event) throws InterruptedException;

        /** After each message and each silence. */
        void passed() throws AmiFault;
    }

    private final AmiSettings settings;
    private final Socket socket;
    private final OutputStream out;
    private final AmiReader reader;
    private final Pending pending = new Pending();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean loggedIn = new AtomicBoolean();

    /** Other clients of the same PBX number their actions too, and some events go to everybody. */
    private final String idPrefix =
            "trunkline-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";

    private AmiConnection(AmiSettings settings, Socket socket) throws IOException {
        this.settings = settings;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.reader = new AmiReader(socket.getInputStream(), settings.toString());
    }

    /** Connects and logs in; events are still off. */
    static AmiConnection open(AmiSettings settings) throws AmiFault {
        Socket socket = AmiSocket.open(settings);
        AmiConnection connection;
        try {
            connection = new AmiConnection(settings, socket);
        } catch (IOException e) {
            throw new AmiFault(Kind.UNREACHABLE, settings + ": " + e, "", e);
        }
        connection.limitLoginTime();
        try {
            connection.login();
            connection.selectEvents();
            connection.loggedIn.set(true);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw notAmi(
                    settings, e instanceof SocketTimeoutException ? "no answer" : e.toString());
        } catch (AmiFault e) {
            connection.close();
            throw e;
        }
    }

    /** A peer that sends a byte now and then never runs into the time-out of a single read. */
    private void limitLoginTime() {
        long millis = settings.timing().connect().multipliedBy(3).toMillis();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            if (!loggedIn.get()) {
                                close();
                            }
                        });
    }

    private void login() throws IOException, AmiFault {
        String banner = reader.readBanner().orElse("");
        if (!banner.startsWith("Asterisk Call Manager")) {
            throw notAmi(settings, "it does not greet as an Asterisk Call Manager");
        }
        AmiMessage challenge = ask(AmiAction.of("Challenge", "AuthType", "MD5"));
        AmiMessage response;
        if (challenge.isSuccess()) {
            String key = md5(challenge.get("Challenge") + settings.secret());
            response =
                    ask(
                            AmiAction.of(
                                    "Login",
                                    "AuthType",
                                    "MD5",
                                    "Username",
                                    settings.username(),
                                    "Key",
                                    key,
                                    "Events",
                                    "off"));
        } else if (settings.tls()) {
            response =
                    ask(
                            AmiAction.of(
                                    "Login",
                                    "Username",
                                    settings.username(),
                                    "Secret",
                                    settings.secret(),
                                    "Events",
                                    "off"));
        } else {
            throw new AmiFault(
                    Kind.LOGIN_REFUSED,
                    settings + " refuses the MD5 challenge: " + challenge.get("Message"),
                    "The secret is not sent in clear over plain TCP: switch TLS on.");
        }
        if (!response.isSuccess()) {
            throw new AmiFault(
                    Kind.LOGIN_REFUSED,
                    settings
                            + " refuses user "
                            + settings.username()
                            + ": "
                            + response.get("Message"),
                    "Check username and secret in manager.conf, that deny and permit let this host"
                            + " in, and that the user may log in more than once.");
        }
    }

    /** Needs write class system; without it the filter of manager.conf, if any, is all there is. */
    private void selectEvents() throws IOException, AmiFault {
        for (String filter : EventSelection.FILTERS) {
            AmiMessage response = ask(AmiAction.of("Filter", "Operation", "Add", "Filter", filter));
            if (!response.isSuccess()) {
                LOG.info(
                        "{}: no event filter on the server ({}); events are filtered here instead",
                        settings,
                        response.get("Message"));
                return;
            }
        }
    }

    /** Switches events on; what follows arrives in {@link #run}. */
    CompletableFuture<Pending.Answer> switchEventsOn() throws AmiFault {
        return send(AmiAction.of("Events", "EventMask", EventSelection.CLASSES), false);
    }

    /** Sends an action; completed by the thread in {@link #run}. */
    CompletableFuture<Pending.Answer> send(AmiAction action, boolean list) throws AmiFault {
        String id = nextId();
        CompletableFuture<Pending.Answer> answer =
                pending.expect(id, action, list, settings.timing().action().toMillis());
        try {
            write(action.bytes(id));
        } catch (IOException e) {
            AmiFault fault = lost("cannot write: " + e);
            answer.completeExceptionally(fault);
            throw fault;
        }
        return answer;
    }

    /** Reads until the session ends; always ends with a fault. */
    void run(Reading reading) throws AmiFault, InterruptedException {
        AmiFault end = lost("closed");
        try {
            socket.setSoTimeout((int) settings.timing().idle().toMillis());
            while (true) {
                Optional<AmiMessage> message = readOrPing();
                if (message.isEmpty()) {
                    end = lost("Asterisk closed the connection");
                    throw end;
                }
                if (!pending.take(message.get())) {
                    reading.event(message.get());
                }
                reading.passed();
            }
        } catch (IOException e) {
            end = lost(e.toString());
            throw end;
        } finally {
            pending.failAll(end);
            close();
        }
    }

    /** Silence is answered by a Ping; silence after it means that the peer is gone. */
    private Optional<AmiMessage> readOrPing() throws IOException, AmiFault {
        try {
            return reader.read();
        } catch (SocketTimeoutException quiet) {
            write(AmiAction.of("Ping").bytes(nextId()));
            try {
                return reader.read();
            } catch (SocketTimeoutException dead) {
                throw lost("no answer to a Ping within " + settings.timing().idle());
            }
        }
    }

    /** Only before {@link #run}: writes and reads in one thread. */
    private AmiMessage ask(AmiAction action) throws IOException, AmiFault {
        String id = nextId();
        write(action.bytes(id));
        while (true) {
            AmiMessage message = reader.read().orElseThrow(() -> closedEarly(action));
            if (message.isResponse() && message.actionId().equals(id)) {
                return message;
            }
        }
    }

    private AmiFault closedEarly(AmiAction action) {
        return new AmiFault(
                Kind.NOT_AMI,
                settings + " closed the connection during " + action.name(),
                "Look into Asterisk's log; permit in manager.conf may leave this host out.");
    }

    private void write(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    private String nextId() {
        return idPrefix + ids.incrementAndGet();
    }

    private AmiFault lost(String reason) {
        return new AmiFault(
                Kind.LOST,
                "connection to " + settings + " lost: " + reason,
                "It is being opened again; look at Asterisk's log if this lasts.");
    }

    private static AmiFault notAmi(AmiSettings settings, String reason) {
        return new AmiFault(
                Kind.NOT_AMI,
                settings + " does not speak AMI: " + reason,
                "Check the port (5038; 5039 with TLS) and that tls fits it.");
    }

    private static String md5(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without MD5", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("{}: closing", settings, e);
        }
    }
}
