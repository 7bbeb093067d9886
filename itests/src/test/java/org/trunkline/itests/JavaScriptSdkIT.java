package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Bitrix24's own SDK for JavaScript, from npm, against the simulated portal: what the connector is
 * tested against is judged by the vendor's code ({@code itests/bitrix24-sdk/judge.mjs}), not ours.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class JavaScriptSdkIT {

    private static final Path SOURCE = Checkout.root().resolve("itests/bitrix24-sdk");
    private static final Path FOLDER = Checkout.root().resolve("itests/target/bitrix24-sdk");

    private static Sandbox sandbox;

    private String portal;
    private JsonNode installed;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(isThere("node") && isThere("npm"), "Node.js with npm is needed");
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "judge.mjs")) {
            Files.copy(
                    SOURCE.resolve(file),
                    FOLDER.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        run(Map.of(), "npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit");
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    @BeforeEach
    void install(TestInfo test) {
        portal = "sdk-" + test.getTestMethod().orElseThrow().getName();
        installed = Http.parse(post("_install", "{}"));
        PresetCompany.accepted(sandbox.http().put(path("_state"), "{\"clock\":{\"factor\":0.05}}"));
    }

    private String path(String what) {
        return "/sandbox/bitrix24/" + portal + "/" + what;
    }

    private String post(String what, String json) {
        return PresetCompany.accepted(sandbox.http().post(path(what), json)).body();
    }

    private static String run(Map<String, String> environment, String... words) {
        Command.Result result = Command.run(environment, FOLDER, List.of(words));
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    private JsonNode judge(String deed) {
        String output = run(Map.of("PORTAL", installed.toString()), "node", "judge.mjs", deed);
        return Http.parse(output.strip().lines().reduce("", (first, last) -> last));
    }

    /** How often a method was asked for and answered so. */
    private long asked(String method, int status) {
        long count = 0;
        for (JsonNode each : sandbox.state("bitrix24", portal).path("ledger")) {
            if (each.path("method").asText().equals(method)
                    && each.path("status").asInt() == status) {
                count++;
            }
        }
        return count;
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(each -> numbers.add(each.asInt()));
        return numbers;
    }

    @Test
    void itCalls() {
        JsonNode seen = judge("call");

        assertThat(seen.path("admin").asBoolean()).isTrue();
        assertThat(seen.path("registered").asText()).startsWith("externalCall.");
        assertThat(seen.path("finished")).isEqualTo(seen.path("registered"));
        JsonNode call = sandbox.state("bitrix24", portal).path("calls").path(0);
        assertThat(call.path("CALL_DURATION").asInt()).isEqualTo(12);
        assertThat(call.path("PORTAL_USER_ID").asText()).isEqualTo("7");
    }

    @Test
    void itBatches_withResultsOfCommandsBefore_andByChunks() {
        JsonNode seen = judge("batch");

        assertThat(seen.path("errors")).isEmpty();
        assertThat(seen.path("name").asText()).isEqualTo("Иван & Co");
        assertThat(seen.path("phone").asText()).isEqualTo("+79161112233");
        assertThat(seen.path("user").asText()).isEqualTo("1");
        assertThat(seen.path("chunks").asInt()).isEqualTo(120);
        assertThat(asked("batch", 200)).as("two, and 120 in chunks of 50").isEqualTo(5);
    }

    @Test
    void itMeetsAnErrorInsideABatch_thatHaltsIt_andThatDoesNot() {
        JsonNode seen = judge("batchWithAnError");

        assertThat(seen.path("halted").toString()).isEqualTo("{\"first\":true,\"wrong\":false}");
        assertThat(seen.path("whole").toString())
                .isEqualTo("{\"first\":true,\"wrong\":false,\"last\":true}");
        assertThat(seen.path("haltedErrors")).hasSize(1);
        assertThat(seen.path("wholeErrors")).hasSize(1);
    }

    @Test
    void itPages_byIdWithoutCounting_andByOffset() {
        JsonNode seen = judge("page");

        // A hundred and twenty that it made, and whom a new portal knows already.
        int all = sandbox.state("bitrix24", portal).path("contacts").size();
        assertThat(all).isGreaterThanOrEqualTo(120);
        assertThat(seen.path("classic").asInt()).isEqualTo(all);
        assertThat(seen.path("items").asInt()).isEqualTo(all);
        assertThat(numbers(seen.path("fetched"))).containsExactly(50, 50, all - 100);
        assertThat(seen.path("total").asInt()).isEqualTo(all);
        assertThat(numbers(seen.path("offsets"))).containsExactly(50, 50, all - 100);
    }

    @Test
    void itWritesIntoTheChatOfAClient_andPutsAFileOnTheDisk() {
        PresetCompany.accepted(
                sandbox.http()
                        .put(
                                path("_state"),
                                """
                                {"scope":"crm,telephony,user,imopenlines,disk",
                                 "contacts":[{"ID":"5","NAME":"Client"}],
                                 "chats":[{"ID":"41","CONNECTOR_ID":"livechat","LINE_ID":"1",
                                  "ACTIVE":"Y","users":["7"],
                                  "crm":[{"ENTITY_TYPE":"CONTACT","ENTITY_ID":"5"}]}]}
                                """));

        JsonNode seen = judge("chatAndDisk");

        assertThat(seen.path("chat").asInt()).isEqualTo(41);
        assertThat(seen.path("message").asInt()).isPositive();
        assertThat(seen.path("name").asText()).isEqualTo("call.wav");
        assertThat(seen.path("content").asText()).isEqualTo("RIFF");
    }

    @Test
    void itRenewsATokenThatExpired() {
        post("_faults", "{\"kind\":\"expireToken\"}");

        JsonNode seen = judge("expired");

        assertThat(numbers(seen.path("users"))).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(seen.path("renewed")).hasSize(1);
        assertThat(asked("oauth/token", 200)).isEqualTo(1);
        assertThat(asked("user.current", 401)).isEqualTo(1);
    }

    @Test
    void itRenewsByTheClock_andEachRefreshTokenIsGoodOnce() {
        String first = installed.path("auth").path("refreshToken").asText();
        JsonNode renewed = judge("expiredByTheClock").path("renewed").path(0);
        ObjectNode auth = (ObjectNode) installed.path("auth");
        auth.setAll((ObjectNode) renewed);
        assertThat(judge("expiredByTheClock").path("user").asText()).isEqualTo("1");

        auth.put("refreshToken", first);
        JsonNode usedUp = judge("refusedRenewal");

        assertThat(usedUp.path("refused").asText()).isEqualTo("invalid_grant");
        assertThat(asked("oauth/token", 200)).isEqualTo(2);
    }

    @Test
    void itMeetsTheLimit_andWaitsUntilItIsLetIn() {
        JsonNode seen = judge("limit");

        assertThat(seen.path("answered").asInt()).isEqualTo(55);
        assertThat(seen.path("retries").asInt()).isPositive();
        assertThat(asked("user.current", 503)).isPositive();
        assertThat(asked("user.current", 200)).isEqualTo(55);
    }

    @Test
    void itIsToldOfAMethodThatIsNotThere() {
        JsonNode seen = judge("noSuchMethod");

        assertThat(seen.path("refused").asText()).isEqualTo("ERROR_METHOD_NOT_FOUND");
        assertThat(seen.path("status").asInt()).isEqualTo(404);
    }
}
