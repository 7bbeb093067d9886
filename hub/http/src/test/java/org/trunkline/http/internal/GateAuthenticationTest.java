package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateAuthenticationTest {
    @TempDir Path data;
    private GateFixture fixture;

    @BeforeEach
    void open() {
        fixture = new GateFixture(data);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/v1/companies/acme", "/", "/console", "/health/other"})
    void withoutCredentials401WithoutDetail(String path) {
        HttpResponse<String> response = fixture.send(fixture.request(path));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm="));
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void healthIsOpen(String path) {
        assertThat(fixture.send(fixture.request(path)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pbx/../api/v1/x",
                "/pbx/%2e%2e/api/v1/x",
                "/pbxother/x",
                "//pbx/../api",
                "/crm/../api/v1/x",
                "/crmother/x"
            })
    void noWayAroundThroughTheOpenPaths(String path) {
        assertThat(fixture.send(fixture.request(path)).statusCode()).isIn(400, 401);
    }

    @Test
    void administratorByBasicAndProgramByBearerPass() {
        assertThat(fixture.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(authorized("Bearer " + GateFixture.TOKEN)).isEqualTo(404);
        assertThat(authorized("bearer " + GateFixture.TOKEN)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic !!!",
                "Basic YWRtaW4=",
                "Bearer",
                "Bearer wrong",
                "Digest username=admin",
                ""
            })
    void anythingElseIs401(String header) {
        assertThat(authorized(header)).isEqualTo(401);
    }

    @Test
    void wrongPasswordOrUserIs401() {
        assertThat(authorized(GateFixture.basic("admin", "wrong"))).isEqualTo(401);
        assertThat(authorized(GateFixture.basic("root", GateFixture.PASSWORD))).isEqualTo(401);
        assertThat(authorized(GateFixture.basic("admin", ""))).isEqualTo(401);
    }

    @Test
    void guessingIsThrottledByAddress_butTheTokenStillPasses() {
        for (int i = 0; i < 5; i++) {
            assertThat(authorized(GateFixture.basic("admin", "guess" + i))).isEqualTo(401);
        }

        HttpResponse<String> response =
                fixture.send(
                        fixture.request("/nowhere")
                                .header("Authorization", GateFixture.basic("admin", "guess6")));
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(authorized("Bearer " + GateFixture.TOKEN)).isEqualTo(404);
    }

    private int authorized(String header) {
        return fixture.send(fixture.request("/nowhere").header("Authorization", header))
                .statusCode();
    }
}
