package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trunkline.itests.PresetCompany.Part;

/** Asterisk with amoCRM, by the preset as it is shipped. */
abstract class AsteriskAmocrmScenarios {

    private static AmiPlayback asterisk;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        asterisk = AmiPlayback.started(PresetsIT.sandbox, "asterisk-amocrm", 4);
        company =
                PresetCompany.provisioned(
                        "asterisk-amocrm", PresetsIT.hub, PresetsIT.sandbox, asterisk);
        company.awaitConnected();
    }

    @AfterEach
    void asShipped() {
        company.settings("{}");
    }

    private static AmoPresetPortal account() {
        return company.account();
    }

    private static String played(String capture) {
        return played(capture, client());
    }

    private static String played(String capture, String client) {
        asterisk.play(capture, client);
        company.ended(client);
        return client;
    }

    /** As soon as the account has shown them, and no other. */
    private static List<JsonNode> cards(String client, String... users) {
        Awaitility.await("cards of " + client)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(account().cardUsers(client)).containsExactly(users));
        return account().cards(client);
    }

    @Test
    void I1_whoTalksIsToldTheClientsData_withTheDealThatWasMadeOrFound() {
        String stranger = played("inbound-answered");
        List<JsonNode> cards = cards(stranger, "7", "7");
        assertThat(cards.get(0).path("element_id").isNull()).as("while it rang").isTrue();
        assertThat(cards.get(1).path("element_id"))
                .as("the new deal")
                .isEqualTo(account().deals(stranger).get(0).path("id"));
        assertPart(company.decided(stranger, "{}"), "notice", "7", "I1");

        String client = client();
        AmoPresetPortal.Known known = account().knows(client, "8", true);
        played("outbound-answered", client);
        assertThat(cards(client, "7", "7"))
                .extracting(card -> card.path("element_id").asLong())
                .containsExactly(known.deal(), known.deal());
        assertPart(company.decided(client, "{}"), "notice", "7", "I1");
    }

    @Test
    void I2_writtenAsSoonAsItIsAnswered_I3_withTheLinkAtOnce_theDurationFollows() {
        company.settings("{'recordings':{'durationAfter':'PT2S'}}");
        String client = client();
        AmoPresetPortal.Known known = account().knows(client, "8", true);
        new AmiPlayback(asterisk.sandbox(), asterisk.id(), 0.2).play("mixmonitor", client);

        JsonNode note = account().calls(client, 1).get(0);
        assertThat(company.state(client)).as("the talk goes on").isEqualTo("talking");
        assertThat(note.path("note_type").asText()).isEqualTo("call_in");
        assertThat(note.path("entity_id").asLong()).isEqualTo(known.deal());
        assertThat(note.at("/params/duration").asInt()).isZero();
        assertThat(note.at("/params/call_status").asInt()).isEqualTo(4);
        Awaitility.await("its link, before it is over")
                .atMost(Duration.ofSeconds(15))
                .until(() -> link(client).startsWith(PresetsIT.PUBLIC + "/recordings/"));
        assertThat(company.state(client)).as("the talk goes on").isEqualTo("talking");

        JsonNode call = company.ended(client);
        Awaitility.await("its duration")
                .atMost(Duration.ofSeconds(30))
                .until(() -> seconds(client), seconds -> seconds > 0);
        assertThat(account().calls(client)).hasSize(1);
        assertThat(seconds(client)).isEqualTo(call.path("talkSeconds").asInt());
        assertThat(note.path("created_at").asLong())
                .isEqualTo(Instant.parse(call.path("startedAt").asText()).getEpochSecond());
    }

    private static String link(String client) {
        return account().calls(client).get(0).at("/params/link").asText();
    }

    private static int seconds(String client) {
        return account().calls(client).get(0).at("/params/duration").asInt();
    }

    @Test
    void I2_missedCallsAndFailedAttemptsAreWrittenAtTheirEnd() {
        String missed = played("inbound-noanswer");
        JsonNode note = account().calls(missed, 1).get(0);
        assertThat(note.path("note_type").asText()).isEqualTo("call_in");
        assertThat(note.at("/params/duration").asInt()).isZero();
        String failed = client();
        AmoPresetPortal.Known known = account().knows(failed, "8", false);
        played("outbound-busy", failed);
        JsonNode attempt = account().calls(failed, 1).get(0);
        assertThat(attempt.path("note_type").asText()).isEqualTo("call_out");
        assertThat(attempt.path("entity_id").asLong()).isEqualTo(known.contact());
        assertThat(attempt.at("/params/call_status").asInt()).as("busy").isEqualTo(7);
        assertThat(attempt.path("responsible_user_id").asInt()).isEqualTo(7);
        assertPart(company.decided(missed, "{}"), "history", "whole", "I2");
        assertPart(company.decided(failed, "{}"), "history", "whole", "I2");
    }

    @Test
    void I3_theDurationFollowsLater() {
        String client = played("inbound-answered");
        assertThat(account().calls(client, 1).get(0).at("/params/duration").asInt()).isZero();
        assertPart(company.decided(client, "{}"), "history", "without duration", "I3");
        assertPart(
                company.decided(client, "{'recordings':{'durationAfter':'PT0S'}}"),
                "history",
                "whole",
                "I2");
    }

    @Test
    void I4_answeredCallsMakeADealOfTheTalkers_failedAttemptsNone() {
        String stranger = played("ringall-answered");
        JsonNode note = account().calls(stranger, 1).get(0);
        JsonNode deal = account().deals(stranger).get(0);
        assertThat(account().contacts(stranger)).hasSize(1);
        assertThat(deal.path("responsible_user_id").asInt()).isEqualTo(8);
        assertThat(deal.path("status_id").asLong()).isEqualTo(AmoPresetPortal.FIRST_STAGE);
        assertThat(note.path("entity_id")).isEqualTo(deal.path("id"));
        assertThat(note.path("responsible_user_id").asInt()).isEqualTo(8);

        String closed = client();
        AmoPresetPortal.Known known = account().knows(closed, "8", false);
        played("outbound-answered", closed);
        JsonNode call = account().calls(closed, 1).get(0);
        assertThat(account().deals(closed)).as("the closed one, and a new").hasSize(2);
        assertThat(account().contacts(closed)).hasSize(1);
        assertThat(call.path("entity_id").asLong()).isNotEqualTo(known.deal());

        String failed = played("outbound-busy");
        assertPart(company.decided(failed, "{}"), "entity", "nothing", "I4");
        assertThat(account().contacts(failed)).isEmpty();
        List<Part> answered = company.decided(stranger, "{}");
        assertPart(answered, "entity", "deal", "I4");
        assertPart(answered, "owner", "8", "O9");
    }

    @Test
    void I4_withAnOpenDealThereIsANotificationOnly() {
        String client = client();
        AmoPresetPortal.Known known = account().knows(client, "8", true);
        played("inbound-answered", client);
        cards(client, "7", "7");
        assertThat(account().calls(client, 1).get(0).path("entity_id").asLong())
                .isEqualTo(known.deal());
        assertThat(account().deals(client)).hasSize(1);
        assertThat(account().contacts(client)).hasSize(1);
    }

    @Test
    void I5_missedCallsAreUnsorted_andTheListIsTold() {
        String told = "{'notify':{'missedUsers':['8','9']}}";
        company.settings(told);
        String client = played("inbound-noanswer");
        cards(client, "7", "8", "9");
        assertThat(account().unsorted(client)).hasSize(1);
        assertThat(account().unsorted(client).get(0).path("pipeline_id").asLong())
                .isEqualTo(AmoPresetPortal.PIPELINE);
        JsonNode note = account().calls(client, 1).get(0);
        assertThat(account().deals(client)).as("the entry's own").hasSize(1);
        assertThat(note.path("entity_id")).isEqualTo(account().deals(client).get(0).path("id"));
        List<Part> missed = company.decided(client, told);
        assertPart(missed, "entity", "unsorted", "I5");
        assertPart(missed, "notice", "8,9", "I5");
    }

    @Test
    void I5_missedWithAnOpenDeal_allAreToldOfIt() {
        String client = client();
        AmoPresetPortal.Known known = account().knows(client, "8", true);
        played("inbound-noanswer", client);
        assertThat(cards(client, "7", "all").get(1).path("element_id").asLong())
                .isEqualTo(known.deal());
        JsonNode note = account().calls(client, 1).get(0);
        assertThat(note.path("entity_id").asLong()).isEqualTo(known.deal());
        assertThat(note.at("/params/call_status").asInt()).as("no answer").isEqualTo(6);
        assertThat(account().unsorted(client)).isEmpty();
        assertThat(account().deals(client)).hasSize(1);
    }

    @Test
    void I7_I8_theNextCallRingsTheDealsResponsibleUnderTheClientsName() {
        String client = played("inbound-answered");

        String secret = AmiPlayback.askedWith("asterisk-amocrm");
        JsonNode route = company.route("asterisk", secret, "caller", client, "employee");

        assertThat(account().deals(client).get(0).path("responsible_user_id").asText())
                .isEqualTo("7");
        assertThat(route.path("extension").asText()).isEqualTo("201");
        assertThat(route.path("timeoutSeconds").asInt()).isEqualTo(10);
        assertThat(route.path("name").asText()).isNotEmpty();
        assertThat(company.route("asterisk", secret, "caller", client())).isEmpty();
    }
}
