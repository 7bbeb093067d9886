package org.trunkline.pbx.mango.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.mango.MangoPbx;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.internal.OpenStore;

/** The bundle's route behind the real gate, with the real store. */
class MangoReceiverTest {

    private static final String KEY = "fh5g6m2xqvapikey";
    private static final String SALT = "s4lt-7d1c0fexample";
    private static final String OFFICE = "/pbx/mango/acme/office/events/";
    private static final String CALL =
            "{\"entry_id\":\"E1\",\"call_id\":\"a\",\"timestamp\":1795290000,\"seq\":1,"
                    + "\"call_state\":\"Appeared\",\"location\":\"abonent\","
                    + "\"from\":{\"number\":\"79161234567\"},\"to\":{\"extension\":\"201\"}}";

    @TempDir Path folder;
    private OpenStore store;
    private OpenGate gate;
    private MangoPbx mango;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws SQLException {
        store = new OpenStore(folder);
        provision("acme", account("office", PbxKind.MANGO), account("t2", PbxKind.T2));
        provision("other", account("office", PbxKind.MANGO));
        secrets("acme", "office", KEY, SALT);
        secrets("other", "office", "otherkey", "othersalt");
        gate = new OpenGate(folder);
        mango =
                new MangoPbx(
                        gate.gate(),
                        RoutesContext.standalone("mango"),
                        store.journal,
                        store.calls,
                        store.companies,
                        store.leases,
                        Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        mango.stop();
        gate.close();
        store.close();
    }

    private static PbxAccount account(String id, PbxKind kind) {
        return new PbxAccount(
                id,
                kind,
                "",
                0,
                false,
                "",
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private void provision(String id, PbxAccount... accounts) {
        Company company = new Company(id, id, "RU", List.of(accounts), List.of(), List.of());
        store.companies.put(company, Json.tree("{}"), Map.of(), "test");
    }

    private void secrets(String company, String account, String key, String salt) {
        store.companies.putSecrets(
                company,
                Map.of(
                        "pbx/" + account + "/apiKey", key,
                        "pbx/" + account + "/apiSalt", salt));
    }

    private static String form(String key, String salt, String json) {
        return "vpbx_api_key=%s&sign=%s&json=%s"
                .formatted(
                        key,
                        SignedForm.signature(key, json, salt),
                        URLEncoder.encode(json, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path, String form) {
        return post(path, form, "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> post(String path, String body, String type) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
                            .timeout(Duration.ofSeconds(20))
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private List<CallEvent> journal() {
        return store.journal.unfolded(100).stream().flatMap(u -> u.events().stream()).toList();
    }

    @Test
    void anAcceptedMessageIsInTheJournalBeforeTheAnswer_X3() {
        assertThat(post(OFFICE + "call", form(KEY, SALT, CALL)).statusCode()).isEqualTo(200);

        assertThat(journal())
                .isNotEmpty()
                .allMatch(event -> event.company().equals("acme"))
                .allMatch(event -> event.callKey().equals("E1"))
                .allMatch(event -> event.nativeText().equals(CALL));
    }

    @Test
    void aMessageThatComesAgainIsTakenOnce_X3() {
        post(OFFICE + "call", form(KEY, SALT, CALL));
        List<CallEvent> once = journal();

        assertThat(post(OFFICE + "call", form(KEY, SALT, CALL)).statusCode()).isEqualTo(200);

        assertThat(journal()).isEqualTo(once);
    }

    @Test
    void theTextIsCheckedAsItWasSent() {
        String spaced = CALL.replace(",", " ,\n ").replace("abonent", "\\u0061bonent");

        assertThat(post(OFFICE + "call", form(KEY, SALT, spaced)).statusCode()).isEqualTo(200);
        assertThat(journal()).isNotEmpty().allMatch(e -> e.nativeText().equals(spaced));
    }

    @Test
    void eachAccountHasItsOwnKeys() {
        String other = "/pbx/mango/other/office/events/call";

        assertThat(post(other, form(KEY, SALT, CALL)).statusCode()).isEqualTo(401);
        assertThat(post(other, form("otherkey", "othersalt", CALL)).statusCode()).isEqualTo(200);
        assertThat(journal()).isNotEmpty().allMatch(e -> e.company().equals("other"));
    }

    @ParameterizedTest
    @CsvSource({
        "wrongkey, s4lt-7d1c0fexample",
        "fh5g6m2xqvapikey, wrongsalt",
        "fh5g6m2xqvapikey, ''",
    })
    void aWrongSignatureIsRefusedWithoutDetail(String key, String salt) {
        HttpResponse<String> answer = post(OFFICE + "call", form(key, salt, CALL));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Json.tree(answer.body()).has("detail")).isFalse();
        assertThat(journal()).isEmpty();
    }

    @Test
    void aSignatureOfAnotherTextIsRefused() {
        String forged = form(KEY, SALT, CALL).replace("79161234567", "79161234568");

        assertThat(post(OFFICE + "call", forged).statusCode()).isEqualTo(401);
        assertThat(post(OFFICE + "call", "json=%7B%7D").statusCode()).isEqualTo(401);
        assertThat(journal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"entry_id\":\"E1\"}",
                "{\"entry_id\":\"\",\"call_id\":\"a\",\"timestamp\":1,\"call_state\":\"Appeared\"}",
                "{\"entry_id\":\"E1\",\"call_id\":\"a\",\"timestamp\":\"x\",\"call_state\":\"Appeared\"}",
                "{\"entry_id\":\"E1\",\"call_id\":\"a\",\"timestamp\":1,\"call_state\":\"Gone\"}",
                "{\"entry_id\":{\"a\":1},\"call_id\":[],\"timestamp\":1,\"call_state\":\"Appeared\"}"
            })
    void whatIsSignedAndCannotBeReadIsMalformed(String json) {
        assertThat(post(OFFICE + "call", form(KEY, SALT, json)).statusCode()).isEqualTo(400);
        assertThat(journal()).isEmpty();
    }

    @Test
    void deepNestingIsMalformed() {
        String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";

        assertThat(post(OFFICE + "call", form(KEY, SALT, deep)).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNoSuchFormIsMalformed() {
        assertThat(post(OFFICE + "call", "a=b").statusCode()).isEqualTo(400);
        assertThat(post(OFFICE + "call", "json=%").statusCode()).isEqualTo(400);
        assertThat(post(OFFICE + "call", CALL, "application/json").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pbx/mango/nobody/office/events/call",
                "/pbx/mango/acme/nothing/events/call",
                "/pbx/mango/acme/t2/events/call",
                "/pbx/mango/nobody/office/events/ping"
            })
    void anUnknownAccountIsNotFound(String path) {
        assertThat(post(path, form(KEY, SALT, CALL)).statusCode()).isEqualTo(404);
    }

    @Test
    void moreThan256KiBIsTooLarge() {
        String json = CALL.replace("}}", "},\"x\":\"" + "x".repeat(262_144) + "\"}");

        assertThat(post(OFFICE + "call", form(KEY, SALT, json)).statusCode()).isEqualTo(413);
        assertThat(journal()).isEmpty();
    }

    @Test
    void whileTheStoreCannotBeWrittenTheSenderIsAskedToComeAgain_X3() {
        store.close();

        HttpResponse<String> answer = post(OFFICE + "call", form(KEY, SALT, CALL));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After")).hasValue(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events/dtmf",
                "events/sms",
                "events/recognized/offline",
                "result/callback",
                "result/call/hangup"
            })
    void whatTellsNothingOfACallIsTakenWithItsSignatureOnly(String path) {
        String below = "/pbx/mango/acme/office/" + path;

        assertThat(post(below, form(KEY, SALT, "{}")).statusCode()).isEqualTo(200);
        assertThat(post(below, form(KEY, "wrong", "{}")).statusCode()).isEqualTo(401);
        assertThat(journal()).isEmpty();
    }

    @Test
    void theCabinetsCheckOfTheConnectionIsAnswered() {
        assertThat(post(OFFICE + "ping", "").statusCode()).isEqualTo(200);
    }

    @Test
    void healthSaysWhatWasHeard() {
        assertThat(office().state()).isEqualTo("waiting");
        assertThat(office().cure()).contains("/pbx/mango/acme/office");

        post(OFFICE + "call", form("strangers", SALT, CALL));
        post(OFFICE + "ping", "");
        assertThat(office().state()).isEqualTo("waiting");

        post(OFFICE + "call", form(KEY, "wrong", CALL));
        assertThat(office().state()).isEqualTo("refused");
        assertThat(office().cure()).contains("apiSalt");

        post(OFFICE + "call", form(KEY, SALT, CALL));
        assertThat(office()).isEqualTo(new PbxHealth("acme", "office", "connected", "", ""));
        assertThat(mango.health()).hasSize(2);
    }

    private PbxHealth office() {
        return mango.health().stream()
                .filter(h -> h.company().equals("acme"))
                .findFirst()
                .orElseThrow();
    }
}
