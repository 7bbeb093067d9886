package org.trunkline.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.model.CallRouting;
import org.trunkline.model.Decision;
import org.trunkline.pbx.asterisk.internal.MemoryStore;

/** What a change of {@code etc/org.trunkline.fastagi.cfg} does while calls come in. */
@Timeout(60)
class FastAgiTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final CallRouting nobody =
            (company, account, caller, line) ->
                    CallRouting.Route.nobody(new Decision.Part("route", "nobody", "K6", "", ""));
    private final FastAgi agi = new FastAgi(new MemoryStore(), nobody, config(LOOPBACK, 0, 4));

    /** As Felix hands it over: a value that can't be converted falls when it is read. */
    private static FastAgi.Config config(String host, Integer port, int connections) {
        return new FastAgi.Config() {
            @Override
            public String host() {
                return host;
            }

            @Override
            public int port() {
                if (port == null) {
                    throw new IllegalStateException("'eighty' is no int");
                }
                return port;
            }

            @Override
            public int connections() {
                return connections;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return FastAgi.Config.class;
            }
        };
    }

    @AfterEach
    void stop() {
        agi.stop();
    }

    /** A peer that speaks no AGI is closed unanswered: somebody was there. */
    private static boolean serves(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("no AGI\n".getBytes(StandardCharsets.UTF_8));
            return socket.getInputStream().read() == -1;
        }
    }

    private int port() {
        return agi.port().orElseThrow();
    }

    @Test
    void anotherPortIsTaken() throws IOException {
        int free;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = unused.getLocalPort();
        }

        agi.modified(config(LOOPBACK, free, 4));

        assertThat(port()).isEqualTo(free);
        assertThat(serves(free)).isTrue();
    }

    @Test
    void aPortThatIsNoNumberLeavesTheServerAsItIs() throws IOException {
        int before = port();

        agi.modified(config(LOOPBACK, null, 4));

        assertThat(port()).isEqualTo(before);
        assertThat(serves(before)).isTrue();
    }

    @Test
    void whereItCannotListenTheFormerValuesStayInForce() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            agi.modified(config(LOOPBACK, taken.getLocalPort(), 4));

            assertThat(port()).isNotEqualTo(taken.getLocalPort());
            assertThat(serves(port())).isTrue();
        }
    }

    @Test
    void connectionsBelowOneLeaveTheFormerValuesInForce() throws IOException {
        agi.modified(config(LOOPBACK, 0, 0));

        assertThat(serves(port())).isTrue();
    }
}
