package org.trunkline.sandbox.ami;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One replayed Asterisk: its port, its clients, and the single order in which they see events. */
final class AmiPbx implements AutoCloseable {
    static final String VERSION = "11.0.0";
    private static final int NOTES = 100;

    private final String name;
    private final Map<String, AmiUser> users;
    private final Optional<Path> recordings;
    private final Clock clock;
    private final Instant since;
    private final ServerSocket listener;
    private final List<AmiSession> sessions = new CopyOnWriteArrayList<>();
    private final List<Playback> playing = new CopyOnWriteArrayList<>();
    private final List<AmiMessage> originated = new CopyOnWriteArrayList<>();
    private final Deque<String> notes = new ArrayDeque<>();
    private final LiveChannels channels = new LiveChannels();
    private final Rings rings = new Rings();
    private final Serials serials = new Serials();
    private final AmiFaults faults;
    private volatile Answers answers = Answers.NONE;

    /**
     * Listens on loopback.
     *
     * @param port 0 for any free one
     */
    AmiPbx(
            String name,
            int port,
            Map<String, AmiUser> users,
            Optional<Path> recordings,
            Clock clock)
            throws IOException {
        this.name = name;
        this.users = Map.copyOf(users);
        this.recordings = recordings;
        this.clock = clock;
        this.since = clock.instant();
        this.faults = new AmiFaults(clock);
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "ami-" + name + "-accept");
        thread.setDaemon(true);
        thread.start();
    }

    String name() {
        return name;
    }

    int port() {
        return listener.getLocalPort();
    }

    Clock clock() {
        return clock;
    }

    Instant since() {
        return since;
    }

    Map<String, AmiUser> users() {
        return users;
    }

    Optional<AmiUser> user(String username) {
        return Optional.ofNullable(users.get(username));
    }

    Optional<Path> recordings() {
        return recordings;
    }

    AmiFaults faults() {
        return faults;
    }

    LiveChannels channels() {
        return channels;
    }

    Rings rings() {
        return rings;
    }

    List<AmiSession> sessions() {
        return sessions;
    }

    List<Playback> playing() {
        return playing;
    }

    /** Originate actions that clients sent, oldest first. */
    List<AmiMessage> originated() {
        return originated;
    }

    void originated(AmiMessage action) {
        originated.add(action);
        Originated.of(action)
                .ifPresent(
                        asked ->
                                answers.capture(asked.extension())
                                        .map(capture -> asked.request(capture, answers.speed()))
                                        .ifPresent(this::play));
    }

    /** How employees' phones and the client's answer what is originated from now on. */
    void answers(Answers given) {
        answers = given;
    }

    /** Starts a replay; ids and times are settled when this returns. */
    Playback play(PlayRequest request) {
        Playback playback = new Playback(this, Capture.load(request.capture()), request, serials);
        playing.add(playback);
        playback.start();
        return playback;
    }

    void played(Playback playback) {
        playing.remove(playback);
    }

    /** One event to every client, in one order for all. */
    synchronized void broadcast(AmiMessage event) {
        Instant now = clock.instant();
        channels.see(event, now);
        rings.see(event, now);
        sessions.forEach(session -> session.event(event));
    }

    /** Runs while no event goes out. */
    synchronized void quietly(Runnable body) {
        body.run();
    }

    /** Closes every connection; the port stays. */
    void cut() {
        sessions.forEach(AmiSession::close);
    }

    void gone(AmiSession session) {
        sessions.remove(session);
    }

    /** What happened to connections lately, for whoever looks for a fault. */
    void note(String text) {
        synchronized (notes) {
            notes.add(clock.instant() + " " + text);
            if (notes.size() > NOTES) {
                notes.removeFirst();
            }
        }
    }

    List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        playing.forEach(Playback::stop);
        cut();
        channels.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                if (faults.active(AmiFaults.Kind.cut)) {
                    socket.close();
                } else {
                    AmiSession session = new AmiSession(socket, this);
                    sessions.add(session);
                    session.start();
                }
            } catch (SocketException e) {
                note("not listening any more: " + e.getMessage());
            } catch (IOException e) {
                note("a client could not connect: " + e.getMessage());
            }
        }
    }
}
