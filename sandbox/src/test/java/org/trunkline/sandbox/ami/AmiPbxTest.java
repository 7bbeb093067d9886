package org.trunkline.sandbox.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;

/** The AMI over a real socket. */
class AmiPbxTest {
    private final AmiPbxs pbxs = new AmiPbxs(Clock.systemUTC());
    private final List<Client> clients = new ArrayList<>();
    @TempDir Path recordings;
    private int port;

    @BeforeEach
    void start() {
        JsonNode started =
                control(
                        "POST",
                        "_start",
                        "{\"username\":\"crm\",\"secret\":\"s3\",\"recordings\":\""
                                + recordings
                                + "\","
                                + "\"users\":[{\"username\":\"limited\",\"secret\":\"l\",\"read\":\"call,cdr\",\"write\":\"call,originate\"}]}");
        port = started.path("port").asInt();
    }

    @AfterEach
    void stop() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        pbxs.close();
    }

    @Test
    void greetsAndLogsIn() throws IOException {
        Client client = connect();
        assertThat(client.banner).isEqualTo("Asterisk Call Manager/11.0.0");
        assertThat(client.act("Login", "Username: crm", "Secret: s3"))
                .containsExactly(
                        "Response: Success", "ActionID: 1", "Message: Authentication accepted");
        assertThat(client.next()).contains("Event: FullyBooted");
        assertThat(client.next()).contains("Event: SuccessfulAuth");
    }

    @Test
    void aWrongSecretIsRefusedAndTheConnectionEnds() throws IOException {
        Client client = connect();
        assertThat(client.act("Login", "Username: crm", "Secret: no"))
                .contains("Response: Error", "Message: Authentication failed");
        assertThat(client.next()).isEmpty();
    }

    @Test
    void takesTheMd5Challenge() throws IOException {
        Client client = connect();
        String challenge =
                client.act("Challenge", "AuthType: MD5").get(2).replace("Challenge: ", "");
        assertThat(
                        client.act(
                                "Login",
                                "AuthType: MD5",
                                "Username: crm",
                                "Key: " + AmiActions.md5(challenge + "s3")))
                .contains("Response: Success");
    }

    @Test
    void answersAsAsteriskDoes() throws IOException {
        Client client = connect();
        assertThat(client.act("Ping")).contains("Message: Permission denied");
        client.login("crm", "s3");
        assertThat(client.act("Ping")).contains("Response: Success", "Ping: Pong");
        assertThat(client.act("CoreSettings"))
                .anyMatch(line -> line.startsWith("AsteriskVersion: 22"));
        assertThat(client.act("NoSuchAction"))
                .contains(
                        "Response: Error",
                        "Message: Invalid/unknown command: NoSuchAction. Use Action: ListCommands to show"
                                + " available commands.");
        assertThat(
                        client.act(
                                "Originate",
                                "Channel: PJSIP/201",
                                "Context: all_peers",
                                "Exten: 79161234567",
                                "Async: true"))
                .contains("Message: Originate successfully queued");
        assertThat(client.act("Hangup", "Channel: PJSIP/none-1"))
                .contains("Message: No such channel");
        assertThat(client.act("Logoff")).contains("Response: Goodbye");
        assertThat(client.next()).isEmpty();
        assertThat(control("GET", "", "").path("originated").path(0).path("Exten").asText())
                .isEqualTo("79161234567");
    }

    @Test
    void rightsDecideWhatIsSeenAndDone() throws IOException {
        Client client = connect();
        client.login("limited", "l");
        assertThat(client.act("Filter", "Operation: Add", "Filter: Event: Hangup"))
                .contains("Message: Permission denied");
        assertThat(client.act("CoreShowChannels")).contains("Message: Permission denied");
        play("\"capture\":\"inbound-busy\",\"speed\":100");
        assertThat(client.until("Hangup", 2))
                .isNotEmpty()
                .allMatch(
                        e -> e.contains("Privilege: call,all") || e.contains("Privilege: cdr,all"));
    }

    @Test
    void severalClientsSeeTheSameInTheSameOrder() throws IOException {
        Client one = connect();
        Client two = connect();
        one.login("crm", "s3");
        two.login("crm", "s3");
        play("\"capture\":\"inbound-busy\",\"speed\":50");
        play("\"capture\":\"inbound-busy\",\"speed\":50");
        List<List<String>> seen = one.until("Hangup", 4);
        assertThat(two.until("Hangup", 4)).isEqualTo(seen);
        assertThat(seen).hasSizeGreaterThan(30);
    }

    @Test
    void filtersHoldForTheSession() throws IOException {
        Client client = connect();
        client.login("crm", "s3");
        client.act("Filter", "Operation: Add", "Filter: Event: Hangup");
        client.act("Filter", "Operation: Add", "Filter: !Event: HangupRequest");
        client.act("Filter", "Operation: Add", "MatchCriteria: action(include),name(Newchannel)");
        play("\"capture\":\"inbound-busy\",\"speed\":100");
        assertThat(client.until("Hangup", 2))
                .hasSize(4)
                .allMatch(e -> e.contains("Event: Hangup") || e.contains("Event: Newchannel"));
    }

    @Test
    void showsTheChannelsThatLiveAtThisMoment() throws IOException {
        Client client = connect();
        client.login("crm", "s3");
        JsonNode played =
                play("\"capture\":\"inbound-answered\",\"speed\":2,\"client\":\"+79990001122\"");
        client.until("BridgeEnter", 2);
        client.send("CoreShowChannels");
        List<List<String>> shown = client.until("CoreShowChannelsComplete", 1);
        assertThat(shown)
                .anyMatch(
                        m ->
                                m.contains("CallerIDNum: 79990001122")
                                        && m.contains("Event: CoreShowChannel"));
        assertThat(shown.get(shown.size() - 1)).contains("ListItems: 2", "EventList: Complete");
        assertThat(shown)
                .filteredOn(m -> m.contains("Event: CoreShowChannel"))
                .allMatch(m -> m.contains("Linkedid: " + played.path("calls").path(0).asText()));
        client.until("Hangup", 2);
        assertThat(client.act("CoreShowChannels")).contains("EventList: start");
        assertThat(client.next()).contains("ListItems: 0");
    }

    @Test
    void playsInItsOwnTimingOrFaster() throws IOException {
        Client client = connect();
        client.login("crm", "s3");
        long start = System.nanoTime();
        play("\"capture\":\"inbound-answered\",\"speed\":3");
        client.until("Hangup", 2);
        double seconds = (System.nanoTime() - start) / 1e9;
        // 4.517 s at its own speed; a loaded machine may be late, never early.
        assertThat(seconds).isBetween(4.516 / 3, 4.517 / 3 + 1.5);
    }

    @Test
    void writesTheRecordingWhenItEnds() throws IOException {
        JsonNode played = play("\"capture\":\"mixmonitor\",\"speed\":20");
        await().until(() -> control("GET", "", "").path("playing").isEmpty());
        try (Stream<Path> files = Files.walk(recordings)) {
            List<Path> written = files.filter(Files::isRegularFile).toList();
            assertThat(written).hasSize(1);
            assertThat(written.get(0).toString()).contains(played.path("calls").path(0).asText());
            byte[] wav = Files.readAllBytes(written.get(0));
            assertThat(new String(wav, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
            // 5.5 s from MixMonitorStart to the hangup, 16 kB a second.
            assertThat(wav.length).isBetween(85_000, 92_000);
        }
    }

    @Test
    void breaksAsItIsTold() throws IOException {
        Client client = connect();
        client.login("crm", "s3");
        control("POST", "_faults", "{\"kind\":\"cut\",\"forSeconds\":60}");
        assertThat(client.next()).isEmpty();
        assertThat(connect().banner).isEmpty();
        control("DELETE", "_faults", "");
        control("POST", "_faults", "{\"kind\":\"refuseLogin\"}");
        assertThat(connect().act("Login", "Username: crm", "Secret: s3"))
                .contains("Message: Authentication failed");
    }

    @Test
    void eventsMayEndInTheOldWrongWay() throws IOException {
        Client client = connect();
        client.login("crm", "s3");
        control("POST", "_faults", "{\"kind\":\"terminator\"}");
        play("\"capture\":\"inbound-busy\",\"speed\":100");
        StringBuilder raw = new StringBuilder();
        while (raw.indexOf("Event: Hangup") < 0) {
            raw.append((char) client.in.read());
        }
        assertThat(raw).containsPattern("[^\r\n]\r\n\nEvent: ").doesNotContain("\r\n\r\nEvent:");
    }

    @Test
    void saysWhenEachTelephoneWasRung() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
        play("\"capture\":\"ringall-answered\",\"speed\":1000,\"client\":\"+79160000001\"");
        await().until(() -> control("GET", "", "").path("playing").isEmpty());

        JsonNode rings = control("GET", "_rings", "").path("items");
        assertThat(rings).hasSize(3);
        for (JsonNode ring : rings) {
            assertThat(ring.path("caller").asText()).isEqualTo("79160000001");
            assertThat(ring.path("channel").asText()).startsWith("PJSIP/20");
            assertThat(Instant.EPOCH.plus(ring.path("micros").asLong(), ChronoUnit.MICROS))
                    .isBetween(before, Instant.now());
        }
    }

    private JsonNode play(String document) {
        return control("POST", "_play", "{" + document + "}");
    }

    private JsonNode control(String verb, String knob, String body) {
        List<String> path = knob.isEmpty() ? List.of("office") : List.of("office", knob);
        Reply reply =
                pbxs.handle(
                        new Request(
                                verb,
                                path,
                                "",
                                "",
                                "127.0.0.1",
                                body.getBytes(StandardCharsets.UTF_8)));
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        return text.isEmpty() ? Json.object() : Json.parse(text);
    }

    private Client connect() throws IOException {
        Client client = new Client(port);
        clients.add(client);
        return client;
    }

    /** A plain AMI client: messages as lists of lines, an empty one at the end of the stream. */
    private static final class Client {
        private final Socket socket;
        private final BufferedReader in;
        private final String banner;
        private int actions;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(10_000);
            in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = line();
            banner = line == null ? "" : line;
        }

        void login(String user, String secret) throws IOException {
            act("Login", "Username: " + user, "Secret: " + secret);
            if (user.equals("crm")) {
                next();
                next();
            }
        }

        void send(String action, String... headers) throws IOException {
            String id = Integer.toString(++actions);
            String text = "Action: " + action + "\r\nActionID: " + id + "\r\n";
            for (String header : headers) {
                text += header + "\r\n";
            }
            socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends and gives the answer; events before it are passed over. */
        List<String> act(String action, String... headers) throws IOException {
            send(action, headers);
            List<String> message = next();
            while (!message.isEmpty() && !message.get(0).startsWith("Response:")) {
                message = next();
            }
            return message;
        }

        /** Messages up to the {@code count}th of that event. */
        List<List<String>> until(String event, int count) throws IOException {
            List<List<String>> out = new ArrayList<>();
            int seen = 0;
            while (seen < count) {
                List<String> message = next();
                if (message.isEmpty()) {
                    throw new AssertionError("The stream ended before " + event);
                }
                out.add(message);
                seen += message.contains("Event: " + event) ? 1 : 0;
            }
            return out;
        }

        List<String> next() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = line(); line != null; line = line()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                } else if (!lines.isEmpty()) {
                    return lines;
                }
            }
            return List.of();
        }

        private String line() throws IOException {
            try {
                return in.readLine();
            } catch (java.net.SocketException reset) {
                return null;
            }
        }
    }
}
