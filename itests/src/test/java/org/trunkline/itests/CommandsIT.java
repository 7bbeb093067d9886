package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of ./trunkline, without the build that they begin with. */
class CommandsIT {
    private static final Map<String, String> BUILT = Map.of("TRUNKLINE_NO_BUILD", "1");
    private static final Path SCRIPT = Checkout.root().resolve("trunkline");

    @TempDir Path folder;

    @Test
    void runWithSandboxAndStop() {
        int port = Ports.block();
        String data = folder.resolve("data").toString();

        Command.Result started =
                trunkline(
                        "run",
                        "--sandbox",
                        "--detach",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data);
        Http hub = new Http("http://127.0.0.1:" + port, Optional.empty());
        Http sandbox = new Http("http://127.0.0.1:" + (port + 10), Optional.empty());
        int hubReady = hub.status("/health/ready");
        int sandboxAnswers = sandbox.status("/");
        Command.Result stopped = trunkline("stop", "--data", data);

        assertThat(started.output())
                .contains("http://127.0.0.1:" + port, "admin-password.txt", "Sandbox: http");
        assertThat(started.status()).isZero();
        assertThat(hubReady).isEqualTo(200);
        assertThat(sandboxAnswers).isNotZero();
        assertThat(stopped.output()).contains("Stopped.", "Stopped the sandbox.");
        assertThat(hub.status("/health/ready")).isZero();
        assertThat(sandbox.status("/")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "stop", "sandbox", "bench"})
    void helpNamesEachCommand(String command) {
        assertThat(trunkline("help").output()).contains("  " + command + " ");
    }

    @Test
    void benchListsTheBenchmarks() {
        Command.Result list = trunkline("bench");
        assertThat(list.status()).isZero();
        assertThat(list.output().lines())
                .extracting(line -> line.split(" ")[0])
                .containsExactly("amocrm", "bitrix24", "journal", "popup", "rules", "start");
        Command.Result unknown = trunkline("bench", "nonsense");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.output())
                .contains("nonsense", "amocrm", "bitrix24", "journal", "popup", "rules", "start");
    }

    @Test
    void nonsenseIsAnsweredWithTheUsage() {
        assertThat(trunkline("nonsense").output()).contains("Usage: ./trunkline");
        assertThat(trunkline("run", "--port", "eighty").output()).contains("--port eighty");
        assertThat(trunkline("run", "--fast").output()).contains("--fast");
        assertThat(trunkline("run", "--fast").status()).isNotZero();
    }

    private static Command.Result trunkline(String... arguments) {
        return Command.bash(BUILT, SCRIPT, arguments);
    }
}
