package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;
import org.trunkline.store.Journal;

class DryRunRoutesTest {

    private static final String COMPANY = "/api/v1/companies/acme";
    private static final String SETTINGS = COMPANY + "/integrations/office-main/settings";
    private static final String DRY_RUN = COMPANY + "/integrations/office-main/dry-run";
    private static final String SINCE = "2026-11-21T00:00:00Z";

    private final Crm crm = new Crm();
    private TestHub hub;

    /** Ivan and Olga are mapped, so a call that he hands over to her makes two records. */
    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        crm.has(Crm.user("7", true), Crm.user("8", true));
        hub = new TestHub(folder, List.of(), List.of(crm), List.of());
        String mapped =
                Acme.DOCUMENT.replace(
                        "[{\"employee\":\"ivan\",\"user\":\"7\"}]",
                        """
                        [{"employee":"ivan","user":"7"},{"employee":"olga","user":"8"}]""");
        assertThat(hub.put(COMPANY, mapped).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void X6_aTransfersRecordsAreToldApart() {
        String id = happened("call", Acme.START);

        JsonNode tried = since("{\"recordings\":{\"send\":false}}");

        assertThat(tried.path("tried").intValue()).isEqualTo(1);
        assertThat(tried.path("changed").intValue()).isEqualTo(1);
        assertThat(tried.at("/items/0/call").textValue()).isEqualTo(id);
        assertThat(tried.at("/items/0/now").findValuesAsText("record")).contains("main", "a");
        assertThat(tried.at("/items/0/differences"))
                .isEqualTo(
                        Json.tree(
                                """
                                [{"record":"main","what":"recording","before":"r1",
                                  "after":"nothing","rule":"K3","setting":"/recordings/send"}]"""));
    }

    @Test
    void X6_whatWouldNotBeWrittenAnyMoreIsToldInOneLineARecord() {
        happened("call", Acme.START);

        JsonNode item = since("{\"record\":{\"incoming\":false}}").at("/items/0");

        assertThat(item.path("differences"))
                .isEqualTo(
                        Json.tree(
                                """
                                [{"record":"main","what":"record","before":"7","after":"nothing",
                                  "rule":"K2","setting":"/record/incoming"},
                                 {"record":"a","what":"record","before":"8","after":"nothing",
                                  "rule":"K2","setting":"/record/incoming"}]"""));
        assertThat(item.path("then").findValuesAsText("rule")).containsExactly("K2");
        assertThat(item.path("now").findValuesAsText("what")).contains("responsible", "card");
    }

    @Test
    void X6_nowIsWhatTheStoredSettingsDecideAndThenWhatTheGivenOnesWould() {
        happened("call", Acme.START);
        String given = "{\"recordings\":{\"send\":false},\"responsible\":{\"talker\":\"last\"}}";
        JsonNode then = since(given).at("/items/0/then");

        hub.put(SETTINGS, given);

        JsonNode again = since(given);
        assertThat(again.at("/items/0/now")).isEqualTo(then);
        assertThat(again.at("/items/0/then")).isEqualTo(then);
        assertThat(again.at("/items/0/differences")).isEmpty();
        assertThat(again.path("changed").intValue()).isZero();
        assertThat(since("{}").path("changed").intValue()).isEqualTo(1);
    }

    @Test
    void X6_theClientIsWhoTheCrmKnewWhenTheCallWasDelivered() {
        happened("call", Acme.START);
        String byHub = "{\"entities\":{\"createBy\":\"hub\"}}";
        assertThat(part(since(byHub).at("/items/0/then"), "entity")).isEqualTo("byMode");
        Client.Found deal = new Client.Found(EntityKind.DEAL, "154", "Old deal", "7", true);

        hub.store.work.found(
                hub.store.work.due(10, Set.of()).get(0),
                new Client(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(deal)));

        assertThat(part(since(byHub).at("/items/0/then"), "entity")).isEqualTo("nothing");
    }

    private static String part(JsonNode parts, String what) {
        for (JsonNode part : parts) {
            if (part.path("what").textValue().equals(what)) {
                return part.path("value").textValue();
            }
        }
        throw new AssertionError("no " + what + " in " + parts);
    }

    @Test
    void X6_nothingIsWrittenAndNoCrmIsAsked() {
        String id = happened("call", Acme.START);
        crm.questions.clear();
        JsonNode work = hub.get(COMPANY + "/work").json();

        since("{\"record\":{\"incoming\":false}}");

        assertThat(crm.questions).isEmpty();
        assertThat(hub.get(COMPANY + "/work").json()).isEqualTo(work);
        assertThat(hub.get(COMPANY + "/calls/" + id).json().path("decisions")).isEmpty();
        assertThat(hub.get(COMPANY + "/versions").json().path("items")).hasSize(1);
    }

    @Test
    void X6_callsMayBeNamed() {
        String first = happened("call1", Acme.START);
        happened("call2", Acme.START.plusSeconds(60));

        JsonNode tried = dryRun("{}", "\"calls\":[\"" + first + "\"]").json();

        assertThat(tried.path("items").findValuesAsText("call")).containsExactly(first);
    }

    @Test
    void X6_manyCallsAreTriedPartByPart() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, happened("call" + i, Acme.START.plusSeconds(60L * i)));
        }

        List<String> tried = new ArrayList<>();
        String cursor = "";
        int parts = 0;
        do {
            JsonNode part = dryRun("{}", "\"since\":\"" + SINCE + "\",\"limit\":2" + cursor).json();
            tried.addAll(part.path("items").findValuesAsText("call"));
            cursor = part.has("next") ? ",\"cursor\":" + part.path("next") : "";
            parts++;
        } while (!cursor.isEmpty());

        assertThat(tried).isEqualTo(ids);
        assertThat(parts).isEqualTo(3);
        assertThat(
                        dryRun("{}", "\"since\":\"2026-11-21T19:47:00Z\"")
                                .json()
                                .path("tried")
                                .intValue())
                .isEqualTo(2);
        assertThat(dryRun("{}", "\"since\":\"" + SINCE + "\",\"cursor\":\"x\"").status())
                .isEqualTo(400);
    }

    @Test
    void X6_aThousandCallsAreTriedAtOnceAndNoMore() {
        String id = happened("call", Acme.START);
        ArrayNode calls = Json.MAPPER.createArrayNode();
        IntStream.range(0, 1_000).forEach(i -> calls.add(id));

        assertThat(dryRun("{}", "\"calls\":" + calls).json().path("tried").intValue())
                .isEqualTo(1_000);
        var refused = dryRun("{}", "\"calls\":" + calls.add(id));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/message").textValue()).contains("1001", "1000");
    }

    @Test
    void X6_allThatIsWrongIsNamedAtOnce() {
        String id = happened("call", Acme.START);

        var refused =
                dryRun(
                        "{\"popup\":{\"enabled\":7},\"recrod\":{}}",
                        "\"calls\":[\"" + id + "\",\"nobody\"],\"limit\":0,\"dry\":true");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").findValuesAsText("path"))
                .containsExactlyInAnyOrder(
                        "/settings/popup/enabled",
                        "/settings/recrod",
                        "/calls/1",
                        "/limit",
                        "/dry");
        assertThat(refused.text()).contains("there is no call 'nobody'");
    }

    @Test
    void X6_eitherCallsOrATimeIsNeeded() {
        for (String wrong : List.of("\"limit\":1", "\"calls\":[],\"since\":\"" + SINCE + "\"")) {
            assertThat(dryRun("{}", wrong).json().path("errors").findValuesAsText("path"))
                    .containsExactly("/calls");
        }
        assertThat(
                        dryRun("{}", "\"since\":\"yesterday\"")
                                .json()
                                .path("errors")
                                .findValuesAsText("path"))
                .containsExactly("/since");
        assertThat(hub.post(DRY_RUN, "{\"since\":\"" + SINCE + "\"}").text()).contains("/settings");
    }

    @Test
    void X6_callsOfAnotherPbxAreNoneOfThisIntegration() {
        ObjectNode document = (ObjectNode) hub.get(COMPANY).json();
        ObjectNode shop = document.path("pbx").get(0).deepCopy();
        ((ArrayNode) document.path("pbx")).add(shop.put("id", "shop").put("secret", "word"));
        assertThat(hub.put(COMPANY, document.toString()).status()).isEqualTo(200);
        String mine = happened("call1", Acme.START);
        String other = happened("call2", Acme.START, "shop");

        assertThat(since("{}").path("items").findValuesAsText("call")).containsExactly(mine);
        assertThat(dryRun("{}", "\"calls\":[\"" + other + "\"]").text())
                .contains("is a call of PBX shop")
                .contains("/calls/0");
    }

    private JsonNode since(String settings) {
        var reply = dryRun(settings, "\"since\":\"" + SINCE + "\"");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private TestHub.Reply dryRun(String settings, String which) {
        return hub.post(DRY_RUN, "{\"settings\":" + settings + "," + which + "}");
    }

    private String happened(String key, Instant start) {
        return happened(key, start, "office");
    }

    private String happened(String key, Instant start, String pbx) {
        hub.store.journal.append(
                Acme.call(key, start).stream().map(event -> of(pbx, event)).toList());
        Journal.Unfolded events = hub.store.journal.unfolded(1).get(0);
        return hub.store.calls.fold(events, call -> Set.of("office-main")).id();
    }

    private static CallEvent of(String pbx, CallEvent event) {
        return new CallEvent(
                event.company(),
                pbx,
                event.callKey(),
                event.legKey(),
                Optional.empty(),
                event.sequence(),
                event.occurredAt(),
                event.receivedAt(),
                event.confidence(),
                event.fact(),
                event.nativeText());
    }
}
