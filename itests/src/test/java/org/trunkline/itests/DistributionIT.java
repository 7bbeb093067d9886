package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does with one installation, in that order. */
@ExtendWith(LogsOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DistributionIT {
    @TempDir private static Path folder;
    private static Hub hub;

    @BeforeAll
    static void firstStart() {
        // A blank in the name: launchers like to break there.
        hub = Hub.start(folder.resolve("first data"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void bootsFromItsOwnSystemFolder_withoutErrors() {
        assertThat(hub.stranger().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(hub.stranger().get("/health/live").statusCode()).isEqualTo(200);
        assertThat(hub.log().lines().filter(line -> line.matches("\\S+ (ERROR|FATAL) .*")))
                .isEmpty();
        // Whatever is fetched would be kept here.
        assertThat(hub.data().resolve("karaf/maven")).doesNotExist();
    }

    @Test
    @Order(2)
    void opensToItsPasswordAndTokenOnly() {
        HttpResponse<String> refused = hub.stranger().get("/api/v1/companies/acme");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(hub.stranger().get("/metrics").statusCode()).isEqualTo(401);
        assertThat(hub.admin().get("/no-such-path").statusCode()).isEqualTo(404);
        assertThat(hub.program().get("/no-such-path").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void keepsNoDefaultPassword() throws IOException {
        assertThat(Files.readAllLines(hub.data().resolve("etc/users.properties")))
                .noneMatch(line -> line.matches("\\s*karaf\\s*=.*"));
        String password = Files.readString(hub.data().resolve("admin-password.txt")).strip();
        assertThat(hub.log()).doesNotContain(password);
        assertThat(hub.log()).contains("admin-password.txt");
    }

    @Test
    @Order(2)
    void shellTakesTheAdministratorsPasswordOnly() {
        assertThat(hub.shell("bundle:list -s | grep trunkline-http")).contains("Active");
        assertThatThrownBy(() -> Shell.run(hub.port() + 2, "karaf", "karaf", "shell:date"))
                .hasMessageContaining("authentication");
        assertThatThrownBy(() -> Shell.run(hub.port() + 2, "admin", "wrong", "shell:date"))
                .hasMessageContaining("authentication");
    }

    @Test
    @Order(3)
    void secondHubOnTheSameFolderIsRefused() {
        Command.Result result = run("--port", String.valueOf(Ports.block()), "--data", hub.data());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("already runs on", hub.data().toString());
        assertThat(hub.stranger().get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void takenPortIsNamed() {
        Command.Result result =
                run("--port", String.valueOf(hub.port()), "--data", folder.resolve("other"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("port " + hub.port() + " is in use", "--port");
    }

    @Test
    @Order(4)
    void stopsWithinFifteenSeconds_andStartsAgainOnTheSameData() {
        ProcessHandle process = hub.process();

        assertThat(hub.stop()).isLessThan(Duration.ofSeconds(15));
        assertThat(process.isAlive()).isFalse();
        assertThat(hub.stranger().status("/health/live")).isZero();

        hub.restart();
        assertThat(hub.admin().get("/no-such-path").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(5)
    void startsAgainAfterItWasKilled() {
        hub.kill();

        hub.restart();
        assertThat(hub.stranger().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(hub.admin().get("/no-such-path").statusCode()).isEqualTo(404);
    }

    @Test
    void dataFolderThatCantBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));

        Command.Result result = run("--data", file.resolve("data"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("data folder " + file.resolve("data"), "--data DIR");
    }

    @Test
    void unwritableDataFolderIsNamed() throws IOException {
        Path readOnly = Files.createDirectory(folder.resolve("read-only"));
        if (!readOnly.toFile().setWritable(false) || Files.isWritable(readOnly)) {
            // Root may write anywhere but there.
            readOnly = Path.of("/proc");
        }

        Command.Result result = run("--data", readOnly);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("data folder " + readOnly + " is not writable");
    }

    @Test
    void wrongDatabaseAddressIsNamed() {
        Command.Result result =
                Command.bash(
                        Map.of("TRUNKLINE_DB_URL", "mysql://localhost/x"),
                        Checkout.launcher(),
                        "run",
                        "--port",
                        String.valueOf(Ports.block()),
                        "--data",
                        folder.resolve("db").toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("TRUNKLINE_DB_URL", "jdbc:postgresql:");
    }

    @Test
    void wrongJavaIsNamed() {
        Command.Result result =
                Command.bash(
                        Map.of("JAVA_HOME", folder.toString()),
                        Checkout.launcher(),
                        "run",
                        "--data",
                        folder.resolve("java").toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("JDK 17");
    }

    @Test
    void stoppingWhatDoesNotRunIsNoError() {
        Command.Result result =
                Command.bash(Map.of(), Checkout.launcher(), "stop", "--data", folder.toString());

        assertThat(result.status()).isZero();
        assertThat(result.output()).contains("No hub runs");
    }

    @Test
    void listensOnTheLoopbackOnly() throws IOException {
        // Each port of the hub can be bound on another loopback address: nothing listens on all of
        // them.
        for (int port = hub.port(); port <= hub.port() + 3; port++) {
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
                assertThat(socket.isBound()).isTrue();
            }
        }
    }

    private static Command.Result run(Object... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "run";
        for (int i = 0; i < options.length; i++) {
            arguments[i + 1] = options[i].toString();
        }
        return Command.bash(Map.of(), Checkout.launcher(), arguments);
    }
}
