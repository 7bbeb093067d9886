package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;
import static org.trunkline.itests.PresetCompany.part;
import static org.trunkline.itests.PresetCompany.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trunkline.itests.PresetCompany.Part;

/** Mango Office with amoCRM, by the preset as it is shipped. */
abstract class MangoAmocrmScenarios {

    private static final String SAVE_ALL = "{'saveAll':{'enabled':true,'user':'10'}}";
    private static final String SPEECH = "{'speech':{'enabled':true}}";
    private static final String BOTH =
            "{'speech':{'enabled':true},'saveAll':{'enabled':true,'user':'10'}}";
    private static final List<List<String>> WORDS =
            List.of(List.of("operator", "добрый день"), List.of("client", "алло"));
    private static MangoCloud mango;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        mango = MangoCloud.of(PresetsIT.hub, "mango-amocrm");
        company =
                PresetCompany.provisioned("mango-amocrm", PresetsIT.hub, PresetsIT.sandbox, mango);
    }

    @AfterAll
    static void stop() {
        mango.close();
    }

    @AfterEach
    void asShipped() {
        company.settings("{}");
    }

    private static AmoPresetPortal account() {
        return company.account();
    }

    /** Users whose calls these are, as the account shows them. */
    private static List<String> responsibles(List<JsonNode> calls) {
        return calls.stream().map(call -> call.path("responsible_user_id").asText()).toList();
    }

    /** All these calls hang on one deal: the only one of the client. */
    private static JsonNode theirDeal(String client, List<JsonNode> calls) {
        List<JsonNode> deals = account().deals(client);
        assertThat(deals).hasSize(1);
        assertThat(account().contacts(client)).hasSize(1);
        assertThat(calls)
                .allSatisfy(
                        call -> {
                            assertThat(call.path("entity_type").asText()).isEqualTo("leads");
                            assertThat(call.path("entity_id")).isEqualTo(deals.get(0).path("id"));
                        });
        return deals.get(0);
    }

    @Test
    void M1_noCardWhileAnUnmappedEmployeesCallGoesOn() {
        company.settings(SAVE_ALL);
        String client = client();
        mango.tell("blind-transfer", client, 2);
        assertThat(company.live(client, "card", "nothing").rule()).isEqualTo("M1");
        assertThat(account().cards(client)).isEmpty();

        mango.tell("blind-transfer", client, 2, 6);
        company.live(client, "card", "8");
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(account().cardUsers(client))
                                        .as("once a mapped one's phone rings")
                                        .containsOnly("8"));
        mango.tell("blind-transfer", client, 6, Integer.MAX_VALUE);
        company.ended(client);
    }

    @Test
    void M2_callsOfUnmappedEmployeesAreTheNamedUsers_offTheyAreIgnored() {
        company.settings(SAVE_ALL);
        String client = client();
        mango.cast("201", "203").play("inbound-menu-answered", client);
        List<JsonNode> calls = account().calls(client, 1);
        assertThat(responsibles(calls)).containsExactly("10");
        assertThat(calls.get(0).at("/params/duration").asInt()).isEqualTo(20);
        assertThat(calls.get(0).at("/params/call_status").asInt()).isEqualTo(4);
        assertThat(theirDeal(client, calls).path("responsible_user_id").asInt()).isEqualTo(10);
        assertPart(company.decided(client, SAVE_ALL), "responsible", "10", "M2");

        company.settings("{}");
        String ignored = client();
        mango.cast("201", "203").play("inbound-menu-answered", ignored);
        List<Part> off = company.decided(ignored, "{}");
        assertPart(off, "responsible", "nothing", "T4");
        assertThat(values(off, "history")).isEmpty();
        String mapped = client();
        mango.play("inbound-menu-answered", mapped);
        account().calls(mapped, 1);
        // It was over before the other.
        assertThat(account().calls(ignored)).isEmpty();
        assertThat(account().contacts(ignored)).isEmpty();
    }

    @Test
    void M3_aMissedGroupCallThatEndedOnAnUnmappedEmployeeGoesThereToo() {
        company.settings(SAVE_ALL);
        String client = client();
        // The group of 201, 202 and 203 behind the multichannel number.
        mango.cast("74951000001", "74951000002").play("ring-group-missed", client);
        List<JsonNode> calls = account().calls(client, 1);
        assertThat(responsibles(calls)).containsExactly("10");
        assertThat(calls.get(0).at("/params/duration").asInt()).isZero();
        assertThat(calls.get(0).at("/params/call_status").asInt()).as("no answer").isEqualTo(6);
        theirDeal(client, calls);
        assertPart(company.decided(client, SAVE_ALL), "responsible", "10", "M3");
        List<Part> named =
                company.decided(
                        client,
                        "{'saveAll':{'enabled':true,'user':'10'},"
                                + "'missedGroup':{'enabled':true}}");
        assertThat(values(named, "responsible")).doesNotContain("10");
    }

    @Test
    void M4_unmappedToMapped_andTheReverse() {
        company.settings(SAVE_ALL);
        String handedIn = client();
        mango.play("blind-transfer", handedIn);
        List<JsonNode> in = account().calls(handedIn, 2);
        assertThat(responsibles(in)).containsExactlyInAnyOrder("10", "8");
        assertThat(in).allMatch(call -> call.at("/params/duration").asInt() == 20);
        assertThat(theirDeal(handedIn, in).path("responsible_user_id").asInt()).isEqualTo(8);
        List<Part> decided = company.decided(handedIn, SAVE_ALL);
        assertThat(values(decided, "responsible")).containsExactly("10", "8");
        assertThat(values(decided, "owner")).containsExactly("8");

        String handedOut = client();
        mango.cast("203", "201", "202", "203").play("blind-transfer", handedOut);
        List<JsonNode> out = account().calls(handedOut, 2);
        assertThat(responsibles(out)).containsExactlyInAnyOrder("7", "10");
        assertThat(theirDeal(handedOut, out).path("responsible_user_id").asInt()).isEqualTo(7);
        assertThat(values(company.decided(handedOut, SAVE_ALL), "owner")).containsExactly("7");
    }

    @Test
    void M5_theWordsOfATalkAreSavedWithItsCall_offNothingIs() {
        company.settings(SPEECH);
        String client = client();
        mango.play("inbound-menu-answered", client);
        mango.recognised(client, WORDS);
        assertThat(company.words(client)).isEqualTo("Сотрудник: добрый день\nКлиент: алло");
        assertWords(client, "7");
        assertPart(company.decided(client, SPEECH), "transcript", "saved", "M5");
        List<Part> off = company.decided(client, "{}");
        assertPart(off, "transcript", "nothing", "M5");
        assertThat(part(off, "transcript").setting()).isEqualTo("/speech/enabled");
    }

    @Test
    void M5_ofUnmappedEmployeesTooUnderM2() {
        company.settings(BOTH);
        String client = client();
        MangoCloud unmapped = mango.cast("201", "203");
        unmapped.play("inbound-menu-answered", client);
        unmapped.recognised(client, WORDS);
        assertThat(company.words(client)).contains("алло");
        assertWords(client, "10");
        List<Part> all = company.decided(client, BOTH);
        assertPart(all, "responsible", "10", "M2");
        assertPart(all, "transcript", "saved", "M5");
        assertThat(values(company.decided(client, SPEECH), "transcript")).isEmpty();
    }

    /** As a note of its own beside the call, which has no place for them. */
    private static void assertWords(String client, String user) {
        List<JsonNode> calls = account().calls(client, 1);
        assertThat(responsibles(calls)).containsExactly(user);
        Awaitility.await("the words of " + client)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(account().textsBeside(calls.get(0)))
                                        .containsExactly("Сотрудник: добрый день\nКлиент: алло"));
    }
}
