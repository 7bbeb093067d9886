package org.trunkline.pbx.asterisk.internal.ami;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Enough of Asterisk's manager to test a client against: on loopback, on a free port. */
public final class FakeAmi implements AutoCloseable {
    public static final String USER = "crm";
    public static final String SECRET = "crm-secret";

    private final ServerSocket server;
    private final List<Socket> sessions = new CopyOnWriteArrayList<>();
    private final List<AmiMessage> actions = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    volatile String banner = "Asterisk Call Manager/9.0.0";
    volatile String refusedActions = "";
    volatile String unansweredActions = "";
    volatile boolean silent;
    volatile boolean md5 = true;
    volatile List<String> channels = List.of();

    public FakeAmi() throws IOException {
        this(ServerSocketFactory.getDefault(), 0);
    }

    FakeAmi(ServerSocketFactory factory, int port) throws IOException {
        server = factory.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "fake-ami");
        accepting.setDaemon(true);
        accepting.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Successful and refused ones. */
    int logins() {
        return logins.get();
    }

    /** Whether the client has sent this action. */
    public boolean asked(String action) {
        return !actionsNamed(action).isEmpty();
    }

    List<String> actionsNamed(String name) {
        return actions.stream()
                .filter(a -> a.get("Action").equals(name))
                .map(AmiMessage::text)
                .toList();
    }

    /** Sends bytes as they are to every session. */
    public void send(String text) throws IOException {
        for (Socket session : sessions) {
            OutputStream out = session.getOutputStream();
            synchronized (session) {
                out.write(text.getBytes(UTF_8));
                out.flush();
            }
        }
    }

    /** Cuts every session. */
    void cut() throws IOException {
        for (Socket session : sessions) {
            session.close();
        }
        sessions.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread serving = new Thread(() -> serve(socket), "fake-ami-session");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            AmiReader in = new AmiReader(socket.getInputStream(), "fake");
            write(socket, banner + "\r\n");
            Optional<AmiMessage> action;
            while ((action = in.read()).isPresent()) {
                actions.add(action.get());
                if (!silent && !names(unansweredActions, action.get())) {
                    answer(socket, action.get());
                }
            }
        } catch (IOException e) {
            sessions.remove(socket);
        }
    }

    private void answer(Socket socket, AmiMessage action) throws IOException {
        String id = "ActionID: " + action.actionId() + "\r\n";
        String name = action.get("Action");
        boolean refused = names(refusedActions, action);
        if (name.equals("Login")) {
            logins.incrementAndGet();
            refused |= !isRight(action);
        }
        if (refused || name.equals("Challenge") && !md5) {
            String reason = name.equals("Login") ? "Authentication failed" : "Permission denied";
            write(socket, "Response: Error\r\n" + id + "Message: " + reason + "\r\n\r\n");
            return;
        }
        switch (name) {
            case "Challenge" ->
                    write(socket, "Response: Success\r\n" + id + "Challenge: 840415273\r\n\r\n");
            case "Ping" -> write(socket, "Response: Success\r\n" + id + "Ping: Pong\r\n\r\n");
            case "CoreShowChannels", "Status" -> list(socket, name, id);
            default -> write(socket, "Response: Success\r\n" + id + "\r\n");
        }
        if (name.equals("Login")) {
            sessions.add(socket);
        }
    }

    private static boolean names(String list, AmiMessage action) {
        return List.of(list.split(",")).contains(action.get("Action"));
    }

    private void list(Socket socket, String name, String id) throws IOException {
        write(socket, "Response: Success\r\n" + id + "EventList: start\r\n\r\n");
        String event = name.equals("Status") ? "Status" : "CoreShowChannel";
        for (String uniqueid : channels) {
            write(socket, "Event: " + event + "\r\n" + id + "Uniqueid: " + uniqueid + "\r\n\r\n");
        }
        write(socket, "Event: " + event + "sComplete\r\n" + id + "EventList: Complete\r\n\r\n");
    }

    private boolean isRight(AmiMessage login) {
        boolean user = login.get("Username").equals(USER);
        return user
                && (login.get("Key").equals(md5("840415273" + SECRET))
                        || login.get("Secret").equals(SECRET));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
