package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One PBX feeds a Bitrix24 and an amoCRM portal of one company: calls to the direct line are
 * Bitrix24's, those to the multichannel one amoCRM's, those to the queue's line both take.
 */
@ExtendWith(LogsOnFailure.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class TwoPortalsIT {
    private static final String COMPANY = "both";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIRECT = "+74951000001";
    private static final String MULTICHANNEL = "+74951000002";
    private static final String QUEUE = "+74951000003";
    private static final String DOWN = "{\"kind\":\"down\",\"forSeconds\":600}";

    @AutoClose private static Hub hub;
    @AutoClose private static Sandbox sandbox;
    private static AmiPlayback pbx;
    private static PresetPortal bitrix;
    private static AmoPresetPortal amo;

    @BeforeAll
    static void start() {
        hub = Hub.start();
        sandbox = Sandbox.start(hub);
        pbx = AmiPlayback.started(sandbox, COMPANY, 4);
        bitrix = new PresetPortal(sandbox.http(), COMPANY);
        amo = new AmoPresetPortal(sandbox.http(), COMPANY);
        PresetCompany.accepted(hub.admin().put(path(""), document().toString()));
        Awaitility.await("the PBX is connected")
                .atMost(Duration.ofSeconds(60))
                .until(() -> health().at("/pbx/0/state").asText().equals("connected"));
    }

    private static String path(String what) {
        return "/api/v1/companies/" + COMPANY + what;
    }

    private static JsonNode health() {
        return hub.admin().json("/health");
    }

    private static ObjectNode document() {
        ObjectNode out = JSON.createObjectNode().put("name", "Both").put("region", "RU");
        ObjectNode account = out.putArray("pbx").addObject().put("id", "office");
        pbx.describe(account);
        ArrayNode lines = account.putArray("lines");
        lines.addObject().put("number", DIRECT).put("kind", "direct").put("employee", "201");
        lines.addObject().put("number", MULTICHANNEL).put("kind", "multichannel").put("main", true);
        lines.addObject().put("number", QUEUE).put("kind", "multichannel");
        ArrayNode employees = account.putArray("employees");
        for (String id : List.of("201", "202", "203")) {
            employees.addObject().put("id", id).put("extension", id).put("name", "Employee " + id);
        }
        ArrayNode portals = out.putArray("portals");
        portal(portals, "bitrix24", bitrix.install()).put("main", true);
        portal(portals, "amocrm", amo.install());
        ArrayNode integrations = out.putArray("integrations");
        integration(integrations, "bitrix24", "mikopbx-bitrix24", DIRECT, QUEUE);
        integration(integrations, "amocrm", "asterisk-amocrm", MULTICHANNEL, QUEUE)
                .putObject("recordings")
                .put("durationAfter", "PT0S");
        return out;
    }

    private static ObjectNode portal(ArrayNode portals, String kind, JsonNode installed) {
        ObjectNode portal = portals.addObject().put("id", kind).put("kind", kind);
        portal.put("name", kind).put("address", installed.path("address").asText());
        portal.set("auth", installed.path("auth"));
        return portal;
    }

    /** Takes the incoming calls of some lines; its settings are returned. */
    private static ObjectNode integration(
            ArrayNode integrations, String portal, String preset, String... lines) {
        ObjectNode integration = integrations.addObject().put("id", "office-" + portal);
        integration.put("pbx", "office").put("portal", portal).put("preset", preset);
        ArrayNode mapping = integration.putArray("mapping");
        String[][] users = {{"201", "7"}, {"202", "8"}, {"203", "9"}};
        for (String[] one : users) {
            mapping.addObject().put("employee", one[0]).put("user", one[1]);
        }
        ObjectNode settings = integration.putObject("settings");
        ObjectNode filter =
                settings.putObject("filters")
                        .putObject("incoming")
                        .put("enabled", true)
                        .putObject("filter");
        ArrayNode values = filter.put("param", "line").put("mode", "include").putArray("values");
        List.of(lines).forEach(values::add);
        return settings;
    }

    @Test
    void O1_eachPortalGetsExactlyTheCallsOfItsFilter() {
        String direct = played("inbound-answered");
        String multichannel = played("ringall-answered");
        String both = played("queue-answered");
        awaitRest();

        assertThat(bitrix.records(direct, 1).get(0).path("PORTAL_USER_ID").asText()).isEqualTo("7");
        bitrix.records(both, 1);
        assertThat(bitrix.cardShown(direct)).contains("7");
        assertThat(bitrix.state().toString())
                .as("not a trace of what is amoCRM's")
                .doesNotContain(multichannel.substring(1));
        JsonNode note = amo.calls(multichannel, 1).get(0);
        assertThat(note.path("responsible_user_id").asText()).isEqualTo("8");
        amo.calls(both, 1);
        assertThat(amo.cardUsers(multichannel)).contains("7", "8", "9");
        assertThat(amo.state().toString())
                .as("not a trace of what is Bitrix24's")
                .doesNotContain(direct.substring(1));
    }

    @Test
    void X3_whileAmocrmIsDownBitrix24MissesNothing_andItsOwnComeAfterwards() {
        amo.fault(DOWN);
        String client = played("queue-answered");
        String own = played("ringall-answered");
        bitrix.records(client, 1);
        assertThat(amo.calls(client)).isEmpty();

        amo.clearFaults();
        for (String each : List.of(client, own)) {
            JsonNode note = amo.calls(each, 1).get(0);
            assertThat(note.path("created_at").asLong())
                    .isEqualTo(startedAt(each).getEpochSecond());
            assertThat(note.at("/params/duration").asInt()).isPositive();
            assertThat(amo.deals(each)).hasSize(1);
        }
        awaitRest();
        assertThat(bitrix.records(client, 1)).hasSize(1);
    }

    @Test
    void X3_whileBitrix24IsDownAmocrmMissesNothing_andItsOwnComeAfterwards() {
        bitrix.fault(DOWN);
        String client = played("queue-answered");
        String own = played("inbound-answered");
        amo.calls(client, 1);

        bitrix.clearFaults();
        for (String each : List.of(client, own)) {
            JsonNode record = bitrix.records(each, 1).get(0);
            assertThat(OffsetDateTime.parse(record.path("CALL_START_DATE").asText()).toInstant())
                    .isEqualTo(startedAt(each).truncatedTo(ChronoUnit.SECONDS));
        }
        awaitRest();
        assertThat(amo.calls(client)).hasSize(1);
    }

    private static String played(String capture) {
        String client = PresetCompany.client();
        pbx.play(capture, client);
        Awaitility.await("the end of " + client)
                .atMost(Duration.ofSeconds(60))
                .until(() -> call(client).path("state").asText().equals("ended"));
        return client;
    }

    private static JsonNode call(String client) {
        for (JsonNode call : hub.admin().json(path("/calls?limit=500")).path("items")) {
            if (call.path("client").asText().equals(client)) {
                return call;
            }
        }
        return JSON.createObjectNode();
    }

    private static Instant startedAt(String client) {
        return Instant.parse(call(client).path("startedAt").asText());
    }

    /** Nothing is left to be done: what is not in a portal now never comes. */
    private static void awaitRest() {
        Awaitility.await("no work")
                .atMost(Duration.ofSeconds(120))
                .during(Duration.ofSeconds(2))
                .until(
                        () -> {
                            JsonNode work = health().path("work");
                            return work.path("waiting").asInt(-1) == 0
                                    && work.path("retrying").asInt(-1) == 0;
                        });
    }
}
