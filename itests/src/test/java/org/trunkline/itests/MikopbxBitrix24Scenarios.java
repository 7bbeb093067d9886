package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;
import static org.trunkline.itests.PresetCompany.part;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MikoPBX with Bitrix24, by the preset as it is shipped. */
abstract class MikopbxBitrix24Scenarios {

    private static AmiPlayback mikopbx;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        mikopbx = AmiPlayback.started(PresetsIT.sandbox, "mikopbx-bitrix24", 4);
        company =
                PresetCompany.provisioned(
                        "mikopbx-bitrix24", PresetsIT.hub, PresetsIT.sandbox, mikopbx);
        company.awaitConnected();
    }

    private static String played(String capture) {
        String client = client();
        mikopbx.play(capture, client);
        company.ended(client);
        return client;
    }

    @Test
    void K1_theCardOpensOnCallsOfBothDirections_andTheRecordHangsOnTheContact() {
        for (String capture : List.of("inbound-local-mikopbx", "outbound-answered")) {
            String client = played(capture);
            assertThat(company.portal().cardShown(client)).containsExactly("7");
            JsonNode record = company.portal().records(client, 1).get(0);
            assertThat(record.path("CRM_ENTITY_TYPE").asText()).isEqualTo("CONTACT");
            assertThat(company.portal().made(client))
                    .contains("CONTACT " + record.path("CRM_ENTITY_ID").asText());
        }
    }

    @Test
    void K2_withoutUploadThereIsNeitherCardNorRecord() {
        company.settings("{'record':{'incoming':false,'outgoing':false}}");
        String client = played("inbound-answered");
        company.settings("{}");
        String later = played("inbound-answered");
        assertThat(company.portal().records(later, 1)).hasSize(1);
        assertThat(company.portal().records(client, 0)).isEmpty();
        assertThat(company.portal().cardShown(client)).isEmpty();
    }

    @Test
    void K3_recordingsHaveTheirOwnSwitch() {
        String client = played("mixmonitor");
        assertThat(part(company.decided(client, "{}"), "recording").value())
                .isNotEqualTo("nothing");
        assertPart(
                company.decided(client, "{'recordings':{'send':false}}"),
                "recording",
                "nothing",
                "K3");
    }

    @Test
    void K4_anUnknownClientBecomesContactAndDealOfTheCaller() {
        String client = played("inbound-answered");
        company.portal().records(client, 1);
        assertThat(company.portal().made(client)).anyMatch(e -> e.startsWith("CONTACT"));
        assertThat(company.portal().made(client)).anyMatch(e -> e.startsWith("DEAL"));
        assertPart(
                company.decided(client, "{'entities':{'createBy':'nobody'}}"),
                "entity",
                "nothing",
                "K4");
    }

    @Test
    void K5_missedTheNamedUserOrTheFirstRung_answeredWhoAnswered_inAQueueCorrected() {
        String missed = played("inbound-noanswer");
        assertPart(company.decided(missed, "{}"), "responsible", "7", "K5");
        assertPart(
                company.decided(missed, "{'responsible':{'missed':'8'}}"),
                "responsible",
                "8",
                "K5");
        String queue = played("queue-linear-second-member");
        assertThat(company.portal().records(queue, 1).get(0).path("PORTAL_USER_ID").asText())
                .isEqualTo("8");
    }

    @ParameterizedTest
    @CsvSource({"inbound-answered,1,Y", "inbound-noanswer,1,N", "outbound-answered,2,Y"})
    void K7_theActivityHasTypeDirectionTimesAndResponsible(
            String capture, String direction, String completed) {
        String client = played(capture);
        String id = company.portal().records(client, 1).get(0).path("CRM_ACTIVITY_ID").asText();
        JsonNode activity = company.portal().activity(id);
        assertThat(activity.path("TYPE_ID").asText()).isEqualTo("2");
        assertThat(activity.path("PROVIDER_ID").asText()).isEqualTo("VOXIMPLANT_CALL");
        assertThat(activity.path("DIRECTION").asText()).isEqualTo(direction);
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("7");
        assertThat(activity.path("COMPLETED").asText()).isEqualTo(completed);
        assertThat(OffsetDateTime.parse(activity.path("START_TIME").asText()).toInstant())
                .isEqualTo(
                        Instant.parse(company.ended(client).path("startedAt").asText())
                                .truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void K6_theNextCallRingsTheClientsResponsible_ifThatIsOn() {
        String secret = AmiPlayback.askedWith("mikopbx-bitrix24");
        String client = played("inbound-answered");

        company.settings("{'routing':{'enabled':true,'attempt':'PT20S'}}");
        JsonNode route = company.route("asterisk", secret, "caller", client, "employee");
        company.settings("{}");

        assertThat(route.path("extension").asText()).isEqualTo("201");
        assertThat(route.path("timeoutSeconds").asInt()).isEqualTo(20);
        assertThat(route.has("name")).as("its own switch").isFalse();
        assertThat(company.route("asterisk", secret, "caller", client)).isEmpty();
    }
}
