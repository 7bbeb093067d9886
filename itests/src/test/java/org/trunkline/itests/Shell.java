package org.trunkline.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** One command of a hub's shell over SSH. */
final class Shell {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Shell() {}

    static String run(int port, String user, String password, String command) {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            try (ClientSession session =
                    client.connect(user, "127.0.0.1", port).verify(LONGEST).getSession()) {
                session.addPasswordIdentity(password);
                session.auth().verify(LONGEST);
                return run(session, command);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the shell on port " + port + ": " + e.getMessage(), e);
        }
    }

    private static String run(ClientSession session, String command) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(output);
            channel.setErr(output);
            channel.open().verify(LONGEST);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LONGEST);
            String text = output.toString(StandardCharsets.UTF_8);
            Integer status = channel.getExitStatus();
            if (status == null || status != 0) {
                throw new IllegalStateException(command + " ended with " + status + ": " + text);
            }
            return text;
        }
    }
}
