package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.Call;
import org.trunkline.model.Decision;
import org.trunkline.model.Json;
import org.trunkline.model.StepLog;
import org.trunkline.store.Journal;
import org.trunkline.store.Work;

class CallRoutesTest {

    private static final String CALLS = "/api/v1/companies/acme/calls";

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
    void aCallReadsAsTheContractSays() {
        String id = happened("1795290262.0", Acme.START);
        Work.Item item = hub.store.work.due(10, Set.of()).get(0);
        hub.store.work.decided(
                item,
                Decision.nothing(
                        List.of(
                                new Decision.Part(
                                        "responsible", "7", "K5", "", "201 talked first"))));
        StepLog steps = hub.store.work.steps(item);
        steps.begin("register");
        steps.done("register", "externalCall.1");

        JsonNode call = hub.get(CALLS + "/" + id).json();

        ((com.fasterxml.jackson.databind.node.ObjectNode) call.at("/decisions/0")).remove("at");
        assertThat(call.path("events")).hasSize(10);
        assertThat(call.at("/events/1"))
                .isEqualTo(
                        Json.tree(
                                """
                                {"type":"LegRinging","at":"2026-11-21T19:44:21.000Z","leg":"a",
                                 "native":"Event: LegRinging"}"""));
        ((com.fasterxml.jackson.databind.node.ObjectNode) call).remove("events");
        assertThat(call)
                .isEqualTo(
                        Json.tree(
                                """
                                {"id":"%s","pbx":"office","pbxCallId":"1795290262.0",
                                 "direction":"inbound","client":"+79161234567",
                                 "line":"+74951000001","state":"ended","result":"answered",
                                 "startedAt":"2026-11-21T19:44:20.000Z",
                                 "answeredAt":"2026-11-21T19:44:23.000Z",
                                 "endedAt":"2026-11-21T19:44:31.500Z","talkSeconds":7,
                                 "legs":[
                                  {"id":"a","employee":"ivan","extension":"201",
                                   "ringingAt":"2026-11-21T19:44:21.000Z",
                                   "answeredAt":"2026-11-21T19:44:23.000Z",
                                   "endedAt":"2026-11-21T19:44:26.000Z","result":"answered"},
                                  {"id":"b","employee":"olga","extension":"202",
                                   "ringingAt":"2026-11-21T19:44:26.000Z",
                                   "answeredAt":"2026-11-21T19:44:27.250Z",
                                   "endedAt":"2026-11-21T19:44:31.250Z","result":"answered",
                                   "transferredFrom":"a","transfer":"blind"}],
                                 "recordings":[
                                  {"id":"r1","source":"2026/r1.wav","state":"pending"}],
                                 "attributes":{},
                                 "decisions":[{"integration":"office-main","parts":[
                                  {"what":"responsible","value":"7","rule":"K5",
                                   "reason":"201 talked first"}]}],
                                 "steps":[{"integration":"office-main","name":"register",
                                   "state":"done","crmId":"externalCall.1","attempts":1}]}"""
                                        .formatted(id)));
    }

    @ParameterizedTest
    @CsvSource({"done, attached", "failed, gone", "ambiguous, pending", "begun, pending"})
    void theStateOfARecordingFollowsFromItsStep(String step, String expected) {
        String id = happened("1795290262.0", Acme.START);
        StepLog steps = hub.store.work.steps(hub.store.work.due(10, Set.of()).get(0));
        steps.begin("attach:r1");
        switch (step) {
            case "done" -> steps.done("attach:r1", "file.1");
            case "failed" -> steps.failed("attach:r1", "no such file");
            case "ambiguous" -> steps.ambiguous("attach:r1", "no reply");
            default -> assertThat(step).isEqualTo("begun");
        }

        assertThat(hub.get(CALLS + "/" + id).json().at("/recordings/0/state").textValue())
                .isEqualTo(expected);
        assertThat(hub.get(CALLS).json().at("/items/0/recordings/0/state").textValue())
                .isEqualTo(expected);
    }

    @Test
    void theListGoesFromTheLatestPageByPageWithoutWhatHappenedInside() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, happened("call" + i, Acme.START.plusSeconds(60L * i)));
        }

        List<String> listed = new ArrayList<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = hub.get(CALLS + "?limit=2" + next).json();
            listed.addAll(
                    page.path("items").findValuesAsText("id").stream()
                            .filter(ids::contains)
                            .toList());
            assertThat(page.at("/items/0").has("events")).isFalse();
            next = page.has("next") ? "&cursor=" + page.path("next").textValue() : "";
            pages++;
        } while (!next.isEmpty());

        assertThat(listed).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T19:45:00Z, 1",
        "2026-11-21T22:45:00%2B03:00, 1",
        "2026-11-21T19:44:20Z, 2",
        "2026-11-22T00:00:00Z, 0",
    })
    void sinceLeavesOutWhatStartedBefore(String since, int expected) {
        happened("call1", Acme.START);
        happened("call2", Acme.START.plusSeconds(60));

        assertThat(hub.get(CALLS + "?since=" + since).json().path("items")).hasSize(expected);
    }

    @Test
    void unknownCompaniesAndCallsAreNotFound() {
        assertThat(hub.get("/api/v1/companies/nobody/calls").status()).isEqualTo(404);
        assertThat(hub.get(CALLS + "/123").status()).isEqualTo(404);
        assertThat(hub.get(CALLS + "/123").text()).contains("123");
    }

    @Test
    void deadWorkIsReadReplayedAndDropped() {
        String call = happened("call1", Acme.START);
        hub.store.work.dead(hub.store.work.due(10, Set.of()).get(0), "no such user");
        String work = "/api/v1/companies/acme/work";

        JsonNode dead = hub.get(work + "?state=dead").json().at("/items/0");
        assertThat(dead.path("call").textValue()).isEqualTo(call);
        assertThat(dead.path("integration").textValue()).isEqualTo("office-main");
        assertThat(dead.path("state").textValue()).isEqualTo("dead");
        assertThat(dead.path("error").textValue()).isEqualTo("no such user");
        assertThat(dead.path("attempts").intValue()).isEqualTo(1);
        assertThat(Instant.parse(dead.path("dueAt").textValue())).isNotNull();
        assertThat(hub.get(work + "?state=waiting").json().path("items")).isEmpty();

        String id = dead.path("id").textValue();
        assertThat(hub.post(work + "/" + id + "/replay").status()).isEqualTo(204);
        assertThat(hub.get(work + "?state=dead").json().path("items")).isEmpty();
        assertThat(hub.get(work).json().at("/items/0/state").textValue()).isEqualTo("waiting");

        assertThat(hub.delete(work + "/" + id).status()).isEqualTo(204);
        assertThat(hub.get(work).json().path("items")).isEmpty();
        assertThat(hub.delete(work + "/" + id).status()).isEqualTo(404);
        assertThat(hub.post(work + "/x/replay").status()).isEqualTo(404);
        assertThat(hub.get(work + "?state=lost").status()).isEqualTo(400);
    }

    /** As the fold does it. */
    @Test
    void whoAsksGetsTheLinksAtWhichACallsRecordingsArePlayed() {
        String id = happened("1795290262.0", Acme.START);

        assertThat(hub.get(CALLS + "/" + id + "/recording-links").json())
                .isEqualTo(
                        Json.tree(
                                "{\"items\":[{\"recording\":\"r1\",\"link\":\"https://hub/acme/"
                                        + id
                                        + "/r1\"}]}"));
        hub.links.publicAddress = false;
        JsonNode none = hub.get(CALLS + "/" + id + "/recording-links").json();
        assertThat(none.path("items")).isEmpty();
        assertThat(none.path("cure").asText()).contains("TRUNKLINE_PUBLIC_URL");
        assertThat(hub.get(CALLS + "/none/recording-links").status()).isEqualTo(404);
    }

    @Test
    void anAdministratorRevokesTheLinksOfOneCompany() {
        String path = "/api/v1/companies/acme/recording-links/revoke";
        assertThat(hub.getAsStranger(path).status()).isEqualTo(401);
        assertThat(hub.post(path).status()).isEqualTo(204);
        assertThat(hub.links.revoked).containsExactly("acme");
        assertThat(hub.post(path.replace("acme", "nobody")).status()).isEqualTo(404);
        assertThat(hub.links.revoked).containsExactly("acme");
    }

    private String happened(String key, Instant start) {
        hub.store.journal.append(Acme.call(key, start));
        Journal.Unfolded events = hub.store.journal.unfolded(1).get(0);
        Call call = hub.store.calls.fold(events, c -> Set.of("office-main"));
        return Optional.of(call).map(Call::id).orElseThrow();
    }
}
