package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;
import static org.trunkline.itests.PresetCompany.part;
import static org.trunkline.itests.PresetCompany.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** t2 with amoCRM, by the preset as it is shipped. */
abstract class T2AmocrmScenarios {

    private static T2Cloud t2;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        t2 = new T2Cloud();
        company = PresetCompany.provisioned("t2-amocrm", PresetsIT.hub, PresetsIT.sandbox, t2);
        company.awaitConnected();
    }

    @AfterAll
    static void stop() {
        t2.close();
    }

    private static AmoPresetPortal account() {
        return company.account();
    }

    @Test
    void T9_theCardIsForWhoseNumberRings_andForWhoCallsOut() {
        String incoming = client();
        t2.rings(incoming, "SINGLE_CHANNEL", "201");
        assertThat(company.live(incoming, "card", "7").rule()).isEqualTo("T9");
        // The decision is there before the account is asked.
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(account().cardUsers(incoming)).containsExactly("7"));
        t2.over(incoming, "SINGLE_CHANNEL", "+74951000001", "201", 0);
        String outgoing = client();
        t2.rings(outgoing, "OUTGOING", "202");
        assertThat(company.live(outgoing, "card", "8").rule()).isEqualTo("T9");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(account().cardUsers(outgoing)).containsExactly("8"));
        t2.over(outgoing, "OUTGOING", "", "202", 0);
        company.ended(incoming);
        company.ended(outgoing);
        assertThat(account().cardUsers(incoming)).as("no second one").containsExactly("7");
        assertThat(account().cardUsers(outgoing)).as("no second one").containsExactly("8");
    }

    @Test
    void T10_anIncomingCallIsWrittenWithResultTimesEmployeeAndItsRecordingsLink() {
        String client = client();
        AmoPresetPortal.Known known = account().knows(client, "8", true);
        t2.play("answered", client);
        JsonNode call = company.ended(client);

        JsonNode note = account().calls(client, 1).get(0);
        assertThat(note.path("note_type").asText()).isEqualTo("call_in");
        assertThat(note.path("entity_type").asText()).isEqualTo("leads");
        assertThat(note.path("entity_id").asLong()).as("the open deal").isEqualTo(known.deal());
        assertThat(note.path("created_at").asLong())
                .isEqualTo(Instant.parse(call.path("startedAt").asText()).getEpochSecond());
        assertThat(note.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(note.path("created_by").asInt()).isEqualTo(7);
        assertThat(note.at("/params/duration").asInt()).isEqualTo(12);
        assertThat(note.at("/params/call_status").asInt()).as("talked").isEqualTo(4);
        assertPlayable(note, call);
        assertThat(account().deals(client)).as("T15: who is known gets nothing").hasSize(1);
    }

    /** The address bears the hub's public name; the hub itself is asked here. */
    private static void assertPlayable(JsonNode note, JsonNode call) {
        String link = note.at("/params/link").asText();
        assertThat(link)
                .startsWith(
                        PresetsIT.PUBLIC
                                + "/recordings/t2-amocrm/"
                                + call.path("id").asText()
                                + "/");
        String path = link.substring(PresetsIT.PUBLIC.length());
        Awaitility.await("the recording behind the link")
                .untilAsserted(
                        () -> {
                            var sound = PresetsIT.hub.stranger().get(path);
                            assertThat(sound.statusCode()).isEqualTo(200);
                            assertThat(sound.headers().firstValueAsLong("Content-Length"))
                                    .hasValue(T2Cloud.SOUND_BYTES);
                        });
    }

    @Test
    void T10_T11_finishedCallsOfBothDirectionsAreWritten_eachByItsSwitch() {
        String incoming = client();
        t2.play("answered", incoming);
        String outgoing = client();
        AmoPresetPortal.Known known = account().knows(outgoing, "8", false);
        t2.play("outgoing", outgoing);
        assertPart(company.decided(incoming, "{}"), "responsible", "7", "K5");
        assertThat(values(company.decided(incoming, "{}"), "history")).containsExactly("whole");
        assertThat(values(company.decided(outgoing, "{}"), "history")).containsExactly("whole");
        String off = "{'record':{'incoming':false}}";
        assertThat(part(company.decided(incoming, off), "record").setting())
                .isEqualTo("/record/incoming");
        assertThat(values(company.decided(outgoing, off), "history")).containsExactly("whole");

        JsonNode note = account().calls(outgoing, 1).get(0);
        assertThat(note.path("note_type").asText()).isEqualTo("call_out");
        assertThat(note.path("entity_type").asText()).isEqualTo("contacts");
        assertThat(note.path("entity_id").asLong()).isEqualTo(known.contact());
        assertThat(note.at("/params/duration").asInt()).isEqualTo(20);
        assertThat(note.path("responsible_user_id").asInt()).isEqualTo(7);
    }

    @Test
    void T12_aCallDuringAnOutageOfTheAccountIsWrittenAfterwardsWithItsTrueTime() {
        account().fault("{\"kind\":\"down\",\"forSeconds\":600}");
        String client = client();
        t2.play("answered", client);
        String started = company.ended(client).path("startedAt").asText();
        company.awaitTriedInVain(client);
        assertThat(account().calls(client)).isEmpty();

        account().clearFaults();

        JsonNode note = account().calls(client, 1).get(0);
        assertThat(note.path("created_at").asLong())
                .isEqualTo(Instant.parse(started).getEpochSecond());
        assertThat(note.at("/params/duration").asInt()).isEqualTo(12);
        assertThat(account().deals(client)).hasSize(1);
    }

    @Test
    void T13_T16_whatReachedNobodyIsTiedToTheNamedEmployeeOnly() {
        company.settings("{'record':{'missedWithoutEmployee':{'enabled':true,'user':'8'}}}");
        String named = client();
        t2.play("reached nobody", named);
        JsonNode note = account().calls(named, 1).get(0);
        assertThat(note.path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(note.at("/params/call_status").asInt()).as("no answer").isEqualTo(6);
        assertThat(note.at("/params/duration").asInt()).isZero();

        company.settings("{}");
        String nobodys = client();
        t2.play("reached nobody", nobodys);
        assertPart(company.decided(nobodys, "{}"), "responsible", "nothing", "T13");
        String other = client();
        t2.play("answered", other);
        account().calls(other, 1);
        // It was over before the other.
        assertThat(account().calls(nobodys)).isEmpty();
        assertThat(account().contacts(nobodys)).isEmpty();
        assertPart(
                company.decided(
                        nobodys,
                        "{'record':{'missedWithoutEmployee':{'enabled':true,'user':'8'}}}"),
                "responsible",
                "8",
                "T13");
    }

    @Test
    void T15_unknownIncomingNumbersBecomeADealInTheFirstWorkingStage_outgoingOnesNothing() {
        String outgoing = client();
        t2.play("outgoing", outgoing);
        String incoming = client();
        t2.play("answered", incoming);

        JsonNode note = account().calls(incoming, 1).get(0);
        JsonNode deal = account().deals(incoming).get(0);
        assertThat(deal.path("pipeline_id").asLong()).isEqualTo(AmoPresetPortal.PIPELINE);
        assertThat(deal.path("status_id").asLong()).isEqualTo(AmoPresetPortal.FIRST_STAGE);
        assertThat(deal.path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(note.path("entity_id")).isEqualTo(deal.path("id"));
        assertThat(account().contacts(incoming)).hasSize(1);
        assertThat(account().unsorted(incoming)).isEmpty();
        assertPart(company.decided(incoming, "{}"), "entity", "deal", "T15");
        assertThat(part(company.decided(outgoing, "{}"), "entity").value()).isEqualTo("nothing");
        assertThat(account().contacts(outgoing)).isEmpty();
        assertThat(account().calls(outgoing)).isEmpty();
    }

    @Test
    void T15_inTheChosenPipelinesFirstWorkingStage() {
        company.settings(
                "{'pipelines':{'incoming':{'pipeline':'"
                        + AmoPresetPortal.SECOND_PIPELINE
                        + "'}}}");
        String client = client();
        t2.play("answered", client);
        account().calls(client, 1);
        company.settings("{}");

        JsonNode deal = account().deals(client).get(0);
        assertThat(deal.path("pipeline_id").asLong()).isEqualTo(AmoPresetPortal.SECOND_PIPELINE);
        assertThat(deal.path("status_id").asLong()).isEqualTo(AmoPresetPortal.SECOND_FIRST_STAGE);
    }

    @Test
    void T15_orAnUnsortedEntryAndNothingElse_andADealWhereUnsortedIsOff() {
        company.settings("{'entities':{'kind':'unsorted'}}");
        String sorted = client();
        t2.play("answered", sorted);
        JsonNode note = account().calls(sorted, 1).get(0);
        assertThat(account().unsorted(sorted)).hasSize(1);
        JsonNode entry = account().unsorted(sorted).get(0);
        assertThat(entry.path("pipeline_id").asLong()).isEqualTo(AmoPresetPortal.PIPELINE);
        assertThat(entry.at("/_embedded/leads/0/id")).isEqualTo(note.path("entity_id"));
        assertThat(note.at("/params/duration").asInt()).isEqualTo(12);
        assertThat(account().deals(sorted)).as("the entry's own").hasSize(1);
        assertThat(account().contacts(sorted)).as("the entry's own").hasSize(1);

        account().put("{\"account\":{\"is_unsorted_on\":false}}");
        String off = client();
        t2.play("answered", off);
        account().calls(off, 1);
        account().put("{\"account\":{\"is_unsorted_on\":true}}");
        company.settings("{}");

        assertThat(account().unsorted(off)).isEmpty();
        assertThat(account().deals(off))
                .extracting(deal -> deal.path("status_id").asLong())
                .containsExactly(AmoPresetPortal.FIRST_STAGE);
        assertThat(company.warning()).contains("Unsorted is off");
        assertPart(
                company.decided(off, "{'entities':{'kind':'unsorted'}}"),
                "entity",
                "unsorted",
                "T15");
    }
}
