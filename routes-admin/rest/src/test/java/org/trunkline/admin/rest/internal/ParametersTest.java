package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    private static TestHub hub;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        hub = new TestHub(folder);
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "calls?limit=0, limit",
        "calls?limit=501, limit",
        "calls?limit=x, limit",
        "calls?limit=, limit",
        "calls?limit=1&limit=2, limit",
        "calls?since=yesterday, since",
        "calls?since=2026-11-21, since",
        "calls?cursor=nonsense, cursor",
        "work?cursor=nonsense, cursor",
        "work?limit=0, limit",
        "work?state=lost, state",
    })
    void aWrongParameterIsNamed(String list, String name) {
        var reply = hub.get("/api/v1/companies/acme/" + list);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.type()).startsWith("application/problem+json");
        assertThat(reply.json().path("detail").textValue()).startsWith(name + " ").contains("give");
    }
}
