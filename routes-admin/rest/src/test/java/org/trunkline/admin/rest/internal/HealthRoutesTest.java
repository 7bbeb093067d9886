package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Json;
import org.trunkline.model.Measured;
import org.trunkline.model.PbxHealth;

class HealthRoutesTest {

    private final List<PbxHealth> accounts = new ArrayList<>();
    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Measured counts =
                () ->
                        List.of(
                                measure("telephony", 3),
                                measure("crm", 4),
                                new Measured.Measure(
                                        "sample_open",
                                        "Open now",
                                        Measured.Kind.GAUGE,
                                        Map.of(),
                                        2));
        hub = new TestHub(folder, List.of(() -> List.copyOf(accounts)), List.of(), List.of(counts));
    }

    private static Measured.Measure measure(String portal, double value) {
        return new Measured.Measure(
                "sample_requests",
                "Requests sent",
                Measured.Kind.COUNTER,
                Map.of("portal", portal),
                value);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void withNothingProvisionedAllIsWell() {
        assertThat(hub.get("/health").json())
                .isEqualTo(
                        Json.tree(
                                """
                                {"state":"ok","pbx":[],"portals":[],
                                 "store":{"state":"ok","reason":""},
                                 "work":{"waiting":0,"retrying":0,"dead":0,"oldestSeconds":0}}"""));
    }

    @Test
    void whatNobodyTellsOfIsUnknown() {
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);

        var health = hub.get("/health").json();

        assertThat(health.at("/pbx/0/company").textValue()).isEqualTo("acme");
        assertThat(health.at("/pbx/0/id").textValue()).isEqualTo("office");
        assertThat(health.at("/pbx/0/state").textValue()).isEqualTo("unknown");
        assertThat(health.at("/portals/0/state").textValue()).isEqualTo("unknown");
        assertThat(health.at("/state").textValue()).isEqualTo("ok");
    }

    @Test
    void aRefusedLogInIsShownWithItsCure() {
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
        accounts.add(
                new PbxHealth("acme", "office", "refused", "wrong secret", "check manager.conf"));

        var reply = hub.get("/health");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("state").textValue()).isEqualTo("degraded");
        assertThat(reply.json().path("pbx")).hasSize(1);
        assertThat(reply.json().at("/pbx/0"))
                .isEqualTo(
                        Json.tree(
                                """
                                {"company":"acme","id":"office","state":"refused",
                                 "reason":"wrong secret","cure":"check manager.conf"}"""));
    }

    @Test
    void aPbxThatSendsByItselfAndHasNotYetIsNoTrouble() {
        accounts.add(new PbxHealth("acme", "office", "waiting", "nothing came", "paste it"));

        assertThat(hub.get("/health").json().path("state").textValue()).isEqualTo("ok");
    }

    @Test
    void withoutItsStoreTheHubIsDownAndNotReadyButLives() {
        assertThat(hub.getAsStranger("/health/ready").status()).isEqualTo(200);

        hub.store.close();

        var health = hub.get("/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().path("state").textValue()).isEqualTo("down");
        assertThat(health.json().at("/store/state").textValue()).isEqualTo("down");
        assertThat(health.json().has("work")).isFalse();
        var ready = hub.getAsStranger("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json())
                .isEqualTo(Json.tree("{\"state\":\"starting\",\"waiting\":[\"store\"]}"));
        assertThat(ready.headers()).containsKey("retry-after");
        assertThat(hub.getAsStranger("/health/live").status()).isEqualTo(200);
    }

    @Test
    void notReadyUntilAllBundlesAre() {
        hub.starting.add("trunkline-bitrix24");

        var ready = hub.getAsStranger("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().path("waiting").get(0).textValue()).isEqualTo("trunkline-bitrix24");

        hub.starting.clear();
        assertThat(hub.getAsStranger("/health/ready").status()).isEqualTo(200);
        assertThat(hub.getAsStranger("/health/ready").json().path("state").textValue())
                .isEqualTo("ready");
    }

    @Test
    void metricsAreInPrometheusFormat() {
        hub.put("/api/v1/companies/acme", Acme.DOCUMENT);
        accounts.add(new PbxHealth("acme", "office", "connected", "", ""));
        hub.store.journal.append(Acme.call("call1", Acme.START).subList(0, 3));
        hub.store.calls.fold(hub.store.journal.unfolded(1).get(0), call -> Set.of());

        var metrics = hub.get("/metrics");

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.type()).startsWith("text/plain").contains("version=0.0.4");
        assertThat(metrics.text().lines())
                .contains(
                        "# TYPE trunkline_store_up gauge",
                        "trunkline_store_up 1.0",
                        "trunkline_work_rows{state=\"dead\"} 0.0",
                        "trunkline_pbx_connected{company=\"acme\",pbx=\"office\"} 1.0",
                        "trunkline_calls_open{company=\"acme\",pbx=\"office\"} 1.0",
                        "trunkline_portal_ok{company=\"acme\",portal=\"main\"} 1.0",
                        "# HELP sample_requests_total Requests sent",
                        "# TYPE sample_requests_total counter",
                        "sample_requests_total{portal=\"telephony\"} 3.0",
                        "sample_requests_total{portal=\"crm\"} 4.0",
                        "sample_open 2.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
                .anyMatch(line -> line.startsWith("jvm_threads_current "));
    }

    @Test
    void metricsAreThereWhileTheStoreIsNot() {
        hub.store.close();

        assertThat(hub.get("/metrics").text().lines()).contains("trunkline_store_up 0.0");
    }
}
