package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Fault;

class PortalRoutesTest {

    private static final String PORTAL = "/api/v1/companies/acme/portals/main";
    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new TestHub(folder);
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void T1_theInstallationIsOpenedShownAndClosed() {
        var opened = hub.post(PORTAL + "/installation");

        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.json().path("openUntil").textValue())
                .isEqualTo("2026-01-01T12:00:00.000Z");
        assertThat(opened.json().path("installAddress").textValue()).isEqualTo("/install");
        assertThat(hub.get(PORTAL + "/installation").json().path("connected").booleanValue())
                .isTrue();
        assertThat(hub.delete(PORTAL + "/installation").json().has("openUntil")).isFalse();
        assertThat(hub.portals.asked).containsExactly("open acme/main PT15M", "close acme/main");
    }

    @Test
    void T2_anAdministratorReleasesAPortal() {
        assertThat(hub.post(PORTAL + "/release").status()).isEqualTo(200);
        assertThat(hub.portals.asked).containsExactly("release acme/main");
    }

    @Test
    void T3_theOutcomeOfARenewalIsToldInWords() {
        assertThat(hub.post(PORTAL + "/refresh-tokens").json().toString())
                .isEqualTo("{\"renewed\":true,\"outcome\":\"renewed\"}");

        hub.portals.renewal =
                () -> {
                    throw new Fault.Auth("the portal says no", "install again");
                };
        var refused = hub.post(PORTAL + "/refresh-tokens");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().path("renewed").booleanValue()).isFalse();
        assertThat(refused.json().path("outcome").textValue()).isEqualTo("the portal says no");
        assertThat(refused.json().path("cure").textValue()).isEqualTo("install again");
    }

    @Test
    void unknownPlacesAre404_andStrangers401() {
        assertThat(hub.post("/api/v1/companies/acme/portals/x/installation").status())
                .isEqualTo(404);
        assertThat(hub.post("/api/v1/companies/x/portals/main/installation").status())
                .isEqualTo(404);
        assertThat(hub.getAsStranger(PORTAL + "/installation").status()).isEqualTo(401);
    }
}
