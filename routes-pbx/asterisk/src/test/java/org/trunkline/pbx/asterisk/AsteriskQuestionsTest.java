package org.trunkline.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.pbx.asterisk.internal.MemoryStore;
import org.trunkline.runtime.RoutesContext;

/** Asterisk's question over HTTP, behind the real gate. */
class AsteriskQuestionsTest {

    private static final String ACME =
            """
            {"name":"Acme","region":"RU",
             "pbx":[{"id":"office","kind":"asterisk","host":"127.0.0.1","username":"crm",
                     "secret":"ami-word","webhookSecret":"ask-word",
                     "employees":[{"id":"i","extension":"201","name":"Ivan"}]},
                    {"id":"branch","kind":"asterisk","host":"127.0.0.1","username":"crm",
                     "secret":"ami-word"}]}""";

    @TempDir Path folder;

    private final MemoryStore store = new MemoryStore();
    private OpenGate gate;
    private AsteriskQuestions questions;

    @BeforeEach
    void open() {
        store.put("acme", ACME);
        gate = new OpenGate(folder);
        questions =
                new AsteriskQuestions(
                        gate.gate(),
                        RoutesContext.standalone("asterisk-questions"),
                        store,
                        (company, account, caller, line) ->
                                new Route(
                                        account.employees().stream().findFirst(),
                                        Optional.of("Anna"),
                                        Duration.ofSeconds(10),
                                        List.of()));
    }

    @AfterEach
    void close() {
        questions.stop();
        gate.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + gate.port() + "/pbx/asterisk/" + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void K6_I8_whoKnowsTheSecretIsAnswered() throws IOException, InterruptedException {
        HttpResponse<String> reply = get("acme/office/ask-word/route?caller=79161234567");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains("\"extension\":\"201\"", "\"name\":\"Anna\"");
    }

    /** A right guess at the manager user's secret must not look different from a wrong one. */
    @ParameterizedTest
    @CsvSource({
        "office/wrong, 401",
        "office/ami-word, 401",
        "branch/wrong, 404",
        "branch/ami-word, 404",
        "nobody/ami-word, 404",
    })
    void nobodyLearnsTheManagerUsersSecret(String asked, int status)
            throws IOException, InterruptedException {
        assertThat(get("acme/" + asked + "/route?caller=79161234567").statusCode())
                .isEqualTo(status);
    }
}
