package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;
import static org.trunkline.itests.PresetCompany.part;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** t2 with Bitrix24, by the preset as it is shipped. */
abstract class T2Bitrix24Scenarios {

    private static T2Cloud t2;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        t2 = new T2Cloud();
        company = PresetCompany.provisioned("t2-bitrix24", PresetsIT.hub, PresetsIT.sandbox, t2);
        company.awaitConnected();
    }

    @AfterAll
    static void stop() {
        t2.close();
    }

    @Test
    void T7_theCardOpensForWhoseNumberRings_notForOutgoingCalls() {
        String incoming = client();
        t2.rings(incoming, "SINGLE_CHANNEL", "201");
        assertThat(company.live(incoming, "card", "7").rule()).isEqualTo("T7");
        // The decision is there before the portal is asked.
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(company.portal().cardShown(incoming))
                                        .containsExactly("7"));
        t2.over(incoming, "SINGLE_CHANNEL", "+74951000001", "201", 0);
        String outgoing = client();
        t2.rings(outgoing, "OUTGOING", "201");
        assertThat(company.live(outgoing, "card", "nothing").setting())
                .isEqualTo("/popup/outgoing");
        t2.over(outgoing, "OUTGOING", "", "201", 0);
    }

    @Test
    void T8_inARingAllEverybodyWhoIsRungSeesIt() {
        String client = client();
        t2.rings(client, "MULTI_CHANNEL", "201", "202");
        assertThat(company.live(client, "card", "7,8").rule()).isEqualTo("T8");
        t2.over(client, "MULTI_CHANNEL", "+74951000002", "202", 9);
    }

    @Test
    void T10_anIncomingCallIsWrittenWithStatusTimeDurationAndEmployee() {
        String client = client();
        t2.play("answered", client);
        JsonNode call = company.ended(client);
        JsonNode record = company.portal().records(client, 1).get(0);
        assertThat(record.path("PORTAL_USER_ID").asText()).isEqualTo("7");
        assertThat(record.path("CALL_DURATION").asInt()).isEqualTo(12);
        assertThat(record.path("CALL_FAILED_CODE").asText()).isEqualTo("200");
        assertThat(OffsetDateTime.parse(record.path("CALL_START_DATE").asText()))
                .as("T12: its own time")
                .isEqualTo(
                        OffsetDateTime.parse(call.path("startedAt").asText())
                                .truncatedTo(ChronoUnit.SECONDS));
        assertThat(
                        part(company.decided(client, "{'record':{'incoming':false}}"), "record")
                                .setting())
                .isEqualTo("/record/incoming");
    }

    @Test
    void T11_anOutgoingCallIsWritten_byItsOwnSwitch() {
        String client = client();
        t2.play("outgoing", client);
        JsonNode record = company.portal().records(client, 1).get(0);
        assertThat(record.path("CALL_TYPE").asText()).isEqualTo("1");
        assertThat(record.path("CALL_DURATION").asInt()).isEqualTo(20);
        assertThat(
                        part(company.decided(client, "{'record':{'outgoing':false}}"), "record")
                                .setting())
                .isEqualTo("/record/outgoing");
    }

    @Test
    void T12_aCallDuringAnOutageOfThePortalIsWrittenAfterwardsWithItsTrueTime() {
        company.portal().fault("{\"kind\":\"down\",\"forSeconds\":600}");
        String client = client();
        t2.play("answered", client);
        String started = company.ended(client).path("startedAt").asText();
        company.awaitTriedInVain(client);

        company.portal().clearFaults();

        JsonNode record = company.portal().records(client, 1).get(0);
        assertThat(OffsetDateTime.parse(record.path("CALL_START_DATE").asText()).toInstant())
                .isEqualTo(Instant.parse(started).truncatedTo(ChronoUnit.SECONDS));
        assertThat(record.path("CALL_DURATION").asInt()).isEqualTo(12);
    }

    @Test
    void T13_whatReachedNobodyIsWrittenForTheNamedUserOnly() {
        String client = client();
        t2.play("reached nobody", client);
        assertPart(company.decided(client, "{}"), "responsible", "nothing", "T13");
        assertPart(
                company.decided(
                        client, "{'record':{'missedWithoutEmployee':{'enabled':true,'user':'8'}}}"),
                "responsible",
                "8",
                "T13");
    }

    @Test
    void T14_unknownNumbersBecomeWhatTheCrmsModeAsksFor_byThreeSwitches() {
        String direct = client();
        t2.play("answered", direct);
        String multichannel = client();
        t2.play("missed", multichannel);
        String outgoing = client();
        t2.play("outgoing", outgoing);
        assertPart(company.decided(direct, "{}"), "entity", "byMode", "T14");
        for (String[] one :
                new String[][] {
                    {direct, "incomingDirect"},
                    {multichannel, "incomingMultichannel"},
                    {outgoing, "outgoing"}
                }) {
            assertPart(
                    company.decided(one[0], "{'entities':{'" + one[1] + "':false}}"),
                    "entity",
                    "nothing",
                    "T14");
            assertThat(company.portal().made(one[0])).as(one[1]).isNotEmpty();
        }
    }

    @Test
    void M5_theWordsOfATalkEndAsTheTranscriptOfTheCrmsCall() {
        company.settings("{'speech':{'enabled':true}}");
        String client = client();
        t2.play("answered", client);
        String call = company.portal().records(client, 1).get(0).path("CALL_ID").asText();
        t2.recognised(
                client,
                "[{\"channel\":\"A\",\"startTime\":0.2,\"endTime\":0.6,\"word\":\"алло\"},"
                        + "{\"channel\":\"B\",\"startTime\":0.9,\"endTime\":1.4,\"word\":\"доставка\"}]");
        Awaitility.await("the transcript of " + client)
                .atMost(Duration.ofSeconds(90))
                .until(() -> !company.portal().transcript(call).isEmpty());
        assertThat(company.portal().transcript(call)).containsExactly("A: алло\nB: доставка");
        company.settings("{}");
    }

    @Test
    void T10_K3_theCallWaitsForNoRecording_whichFollowsFromT2sApi() {
        String client = client();
        t2.withhold(client);
        t2.play("answered", client);
        String call = company.portal().records(client, 1).get(0).path("CALL_ID").asText();
        company.awaitTriedInVain(client);
        assertThat(company.portal().recordings(call)).isEmpty();

        t2.recorded(client);

        Awaitility.await("the recording of " + client)
                .atMost(Duration.ofSeconds(60))
                .until(() -> !company.portal().recordings(call).isEmpty());
        JsonNode recording = company.portal().recordings(call).get(0);
        assertThat(recording.path("SIZE").asInt()).isEqualTo(T2Cloud.SOUND_BYTES);
        assertThat(recording.path("via").asText()).as("never by its address").isEqualTo("upload");
        assertThat(recording.path("FILENAME").asText()).endsWith(".mp3");
        assertThat(
                        part(company.decided(client, "{'recordings':{'send':false}}"), "recording")
                                .setting())
                .isEqualTo("/recordings/send");
    }
}
