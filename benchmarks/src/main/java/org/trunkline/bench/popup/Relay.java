package org.trunkline.bench.popup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.trunkline.bench.load.Feed;

/**
 * The limit: a program that reads the same AMI events and sends the same request, and nothing
 * between. No journal, no rules, no steps; it waits for no reply before it sends the next request.
 * What it needs from ring to request is what sockets and this machine need at this load.
 */
final class Relay implements AutoCloseable {
    /** To a portal: more calls than that never ring within the 200 ms that a register takes. */
    private static final int CONNECTIONS = 12;

    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "relay");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final List<Socket> sockets = new ArrayList<>();
    private volatile boolean closed;

    /** Returns when it is logged in everywhere. */
    Relay(List<Feed> feeds) throws IOException {
        for (Feed feed : feeds) {
            Socket ami = opened(feed.pbx().path("host").asText(), feed.pbx().path("port").asInt());
            URI portal = URI.create(feed.portal().path("address").asText());
            BufferedReader events = reader(ami);
            login(feed, ami, events);
            Deque<Socket> idle = new ConcurrentLinkedDeque<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                idle.add(opened(portal.getHost(), portal.getPort()));
            }
            threads.execute(() -> relay(feed, events, idle));
        }
    }

    private Socket opened(String host, int port) throws IOException {
        Socket socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void login(Feed feed, Socket ami, BufferedReader events) throws IOException {
        String action =
                "Action: Login\r\nUsername: %s\r\nSecret: %s\r\n\r\n"
                        .formatted(
                                feed.pbx().path("username").asText(),
                                feed.pbx().path("secret").asText());
        ami.getOutputStream().write(action.getBytes(StandardCharsets.ISO_8859_1));
        String line = events.readLine();
        while (line != null && !line.startsWith("Response: ")) {
            line = events.readLine();
        }
        if (!"Response: Success".equals(line)) {
            throw new IOException("the PBX " + feed.id() + " answered the login with " + line);
        }
    }

    private void relay(Feed feed, BufferedReader events, Deque<Socket> idle) {
        Set<String> shown = new HashSet<>();
        try {
            boolean ring = false;
            String caller = "";
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.startsWith("Event: ")) {
                    ring = line.equals("Event: DialBegin");
                } else if (line.startsWith("CallerIDNum: ")) {
                    caller = line.substring("CallerIDNum: ".length());
                } else if (line.isEmpty() && ring && shown.add(caller)) {
                    Socket crm = idle.remove();
                    crm.getOutputStream().write(request(feed, caller));
                    threads.execute(() -> await(crm, idle));
                }
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Ends one thread with a word on standard error; its cards are then counted as missing. */
    private void failed(IOException why) {
        if (!closed) {
            throw new UncheckedIOException(why);
        }
    }

    private void await(Socket crm, Deque<Socket> idle) {
        try {
            readReply(reader(crm));
            idle.addFirst(crm);
        } catch (IOException e) {
            failed(e);
        }
    }

    private static byte[] request(Feed feed, String caller) {
        String token = feed.portal().path("auth").path("accessToken").asText();
        String body =
                "USER_ID=7&TYPE=2&SHOW=1&CRM_CREATE=1&ADD_TO_CHAT=0&LINE_NUMBER=%2B74951000001"
                        + "&PHONE_NUMBER=%2B"
                        + caller
                        + "&EXTERNAL_CALL_ID="
                        + caller
                        + "&auth="
                        + URLEncoder.encode(token, StandardCharsets.UTF_8);
        URI portal = URI.create(feed.portal().path("address").asText());
        String head =
                "POST "
                        + portal.getPath()
                        + "/rest/telephony.externalcall.register HTTP/1.1\r\nHost: "
                        + portal.getAuthority()
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static void readReply(BufferedReader replies) throws IOException {
        String status = replies.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("the portal answered " + status);
        }
        int length = 0;
        for (String line = replies.readLine(); !line.isEmpty(); line = replies.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        // Read as Latin-1, so characters are bytes.
        for (int left = length; left > 0; left--) {
            replies.read();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdown();
    }
}
