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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.itests.PresetCompany.Part;

/** UIS with Bitrix24, by the preset as it is shipped. */
abstract class UisBitrix24Scenarios {

    private static final String DEFAULTS =
            "'responsible':{'incomingDefault':'8','outgoingDefault':'8'}";
    private static final String DIRECT_TO_GROUP =
            "{'param':'campaign','mode':'%s','values':['Яндекс.Директ']}";
    private static UisCloud uis;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        uis = new UisCloud(PresetsIT.hub, "uis-bitrix24");
        company = PresetCompany.provisioned("uis-bitrix24", PresetsIT.hub, PresetsIT.sandbox, uis);
        company.settings(whole("{}"));
    }

    @AfterAll
    static void stop() {
        uis.close();
    }

    private static String whole(String settings) {
        String given = settings.substring(1, settings.length() - 1);
        if (given.contains("'responsible'")) {
            return settings;
        }
        return "{" + DEFAULTS + (given.isEmpty() ? "" : "," + given) + "}";
    }

    /** What would be decided of a call with these settings. */
    private static List<Part> decided(String call, String settings) {
        String client = client();
        uis.play(call, client);
        return company.decided(client, whole(settings));
    }

    /** A call with these settings, up to its records in the CRM. */
    private static String written(String call, String client, String settings) {
        company.settings(whole(settings));
        uis.play(call, client);
        company.portal().records(client, 1);
        return client;
    }

    private static JsonNode deal(String client) {
        List<JsonNode> deals = company.portal().deals(client);
        return deals.get(deals.size() - 1);
    }

    @Test
    void O2_withAFilterByEmployeeActivityAndRecordingNeedTheSecondSwitch() {
        String filter =
                "'filters':{'incoming':{'enabled':true,'filter':"
                        + "{'param':'employee','mode':'include','values':['201']}}}";
        assertPart(decided("inbound-answered", "{" + filter + "}"), "activity", "nothing", "O2");
        List<Part> both =
                decided("inbound-answered", "{" + filter + ",'recordings':{'withFilters':true}}");
        assertPart(both, "activity", "completed", "O3");
        assertThat(part(both, "recording").value()).isNotEqualTo("nothing");
    }

    @Test
    void O3_missedStaysOpen_successfulIsCompleted() {
        assertPart(decided("missed", "{}"), "activity", "open", "O3");
        assertPart(decided("inbound-answered", "{}"), "activity", "completed", "O3");
    }

    @Test
    void O3_aSuccessfulCallHandlesTheMissedOnesBefore() {
        String client = written("missed", client(), "{}");
        assertThat(company.portal().activities(client))
                .extracting(a -> a.path("COMPLETED").asText())
                .containsExactly("N");
        uis.play("inbound-answered", client);
        company.portal().records(client, 2);
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(company.portal().activities(client))
                                        .extracting(a -> a.path("COMPLETED").asText())
                                        .containsExactly("Y", "Y"));
    }

    @Test
    void O4_inTheCrmItIsANotification() {
        String client = written("missed", client(), "{'chat':{'enabled':true}}");
        Awaitility.await().until(() -> company.portal().notifications(client).size() == 1);
        assertThat(company.portal().notifications(client).get(0).path("USER_ID").asText())
                .as("the default's, as nobody was called personally")
                .isEqualTo("8");
    }

    @Test
    void O6_O5_O16_O18_O19_theDealInTheCrmHasTitleStageSourceFieldsAndResponsible() {
        String settings =
                "{'source':{'lineNumber':true},"
                        + "'pipelines':{'incoming':{'pipeline':'0','stage':'PREPARATION'}},"
                        + "'templates':[{'direction':'incoming','entity':'deal',"
                        + "'text':'{{campaign_name}} {{employee_full_name}}'}],"
                        + "'fields':{'map':[{'field':'UF_CRM_UTM','text':'{{utm_source}}'}]}}";
        JsonNode deal = deal(written("inbound-answered", client(), settings));
        assertThat(deal.path("TITLE").asText()).isEqualTo("Яндекс.Директ Employee 201");
        assertThat(deal.path("STAGE_ID").asText()).isEqualTo("PREPARATION");
        assertThat(deal.path("SOURCE_DESCRIPTION").asText()).isEqualTo("+74951000002");
        assertThat(deal.path("UF_CRM_UTM").asText()).isEqualTo("yandex");
        assertThat(deal.path("ASSIGNED_BY_ID").asText()).isEqualTo("7");
    }

    @Test
    void O10_answered_theOpenDealGoesToTheTalker() {
        String client = client();
        company.portal().knows(client, "8", true);
        written("inbound-answered", client, "{}");
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(deal(client).path("ASSIGNED_BY_ID").asText())
                                        .isEqualTo("7"));
        assertThat(company.portal().deals(client)).hasSize(1);
        assertThat(company.portal().activities(client).get(0).path("RESPONSIBLE_ID").asText())
                .isEqualTo("7");
    }

    @Test
    void O11_missed_aClosedDealMeansANewOneForTheContactsResponsible() {
        String client = client();
        company.portal().knows(client, "7", false);
        written("missed", client, "{}");
        assertThat(company.portal().deals(client)).hasSize(2);
        assertThat(deal(client).path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(company.portal().activities(client).get(0).path("RESPONSIBLE_ID").asText())
                .isEqualTo("8");
    }

    @Test
    void O12_theDefaultResponsibleFirst_afterNTheRightOneAndTheActivity() {
        String client = client();
        company.settings(
                "{'responsible':{'incomingDefault':'8','outgoingDefault':'8',"
                        + "'changeAfter':'PT35S'}}");
        // The call ended some 20 s ago by UIS's clock.
        uis.play("inbound-answered", client);
        Awaitility.await().until(() -> !company.portal().deals(client).isEmpty());
        assertThat(deal(client).path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(company.portal().activities(client)).isEmpty();
        company.portal().records(client, 1);
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(deal(client).path("ASSIGNED_BY_ID").asText())
                                        .isEqualTo("7"));
        assertThat(company.portal().activities(client).get(0).path("RESPONSIBLE_ID").asText())
                .isEqualTo("7");
    }

    @Test
    void O4_theEmployeeIsToldOfIncomingCalls() {
        assertPart(decided("inbound-answered", "{'chat':{'enabled':true}}"), "notice", "7", "O4");
    }

    @Test
    void O5_theFirstLineIsTheSource() {
        assertPart(
                decided("transfer-chain", "{'source':{'lineNumber':true}}"),
                "source",
                "+74951000002",
                "O5");
    }

    @Test
    void O6_allIncomingAndOutgoingCallsMakeEntities() {
        assertPart(decided("inbound-answered", "{}"), "entity", "byMode", "O6");
        assertPart(decided("outgoing", "{}"), "entity", "byMode", "O6");
        String client = written("inbound-answered", client(), "{}");
        assertThat(company.portal().deals(client)).hasSize(1);
        uis.play("inbound-answered", client);
        company.portal().records(client, 2);
        assertThat(company.portal().deals(client)).as("the first is still open").hasSize(1);
    }

    @Test
    void O7_withAnotherTelephonyNothingIsMade() {
        List<Part> parts = decided("inbound-answered", "{'otherTelephony':{'enabled':true}}");
        assertPart(parts, "record", "nothing", "O7");
        assertThat(parts).extracting(Part::rule).containsOnly("O7");
    }

    @Test
    void O8_aMissedCallToAGroupIsTheRulesUsers_elseTheDefaults() {
        String rules =
                "{'responsible':{'incomingDefault':'8','outgoingDefault':'8','rules':[{'user':'7',"
                        + "'filter':{'param':'line','values':['+7495100000%s']}}]}}";
        assertPart(decided("group-lost", rules.formatted("2")), "responsible", "7", "O8");
        assertPart(decided("group-lost", rules.formatted("1")), "responsible", "8", "O9");
    }

    @Test
    void O9_answeredTheTalker_outgoingTheCaller() {
        assertPart(decided("group", "{}"), "owner", "8", "O9");
        assertPart(decided("outgoing", "{}"), "owner", "7", "O9");
    }

    @Test
    void O12_theDefaultResponsibleUntilN() {
        List<Part> parts =
                decided(
                        "inbound-answered",
                        "{'responsible':{'incomingDefault':'8','outgoingDefault':'8',"
                                + "'changeAfter':'PT1H'}}");
        assertPart(parts, "responsible", "8", "O12");
        assertPart(parts, "history", "nothing", "O12");
    }

    @Test
    void O13_theFirstOrTheLastTalker() {
        assertPart(decided("blind-transfer", "{}"), "owner", "7", "O9");
        assertPart(
                decided(
                        "blind-transfer",
                        "{'responsible':{'incomingDefault':'8','outgoingDefault':'8',"
                                + "'talker':'last'}}"),
                "owner",
                "8",
                "O9");
    }

    @ParameterizedTest
    @CsvSource({
        "inbound-answered,include,true", "inbound-answered,exclude,false",
        "blind-transfer,include,false", "blind-transfer,exclude,true"
    })
    void O14_theFilterChoosesTheCalls(String call, String mode, boolean passes) {
        List<Part> parts =
                decided(
                        call,
                        "{'filters':{'incoming':{'enabled':true,'filter':%s}}}"
                                .formatted(DIRECT_TO_GROUP.formatted(mode)));
        assertThat(values(parts, "record").contains("nothing")).isNotEqualTo(passes);
    }

    @Test
    void O15_aFilterByEmployeeLeavesMissedCallsOut() {
        assertPart(
                decided(
                        "missed",
                        "{'filters':{'incoming':{'enabled':true,'filter':"
                                + "{'param':'employee','values':['201']}}}}"),
                "record",
                "nothing",
                "O15");
    }

    @Test
    void O16_matchingCallsGetTheRulesStage() {
        String pipelines =
                "{'pipelines':{'incoming':{'pipeline':'0','stage':'NEW'},'rules':[{"
                        + "'direction':'incoming','pipeline':'1','stage':'C1:NEW','filter':%s}]}}"
                                .formatted(DIRECT_TO_GROUP.formatted("include"));
        assertPart(decided("inbound-answered", pipelines), "stage", "1/C1:NEW", "O16");
        assertPart(decided("blind-transfer", pipelines), "stage", "0/NEW", "O16");
    }

    @Test
    void O18_titlesComeFromTheirTemplate() {
        String templates =
                "{'templates':[{'direction':'incoming','entity':'deal',"
                        + "'text':'{{campaign_name}} {{employee_full_name}}'}]}";
        assertThat(values(decided("inbound-answered", templates), "title"))
                .contains("Яндекс.Директ Employee 201");
    }

    @Test
    void O19_extraFieldsAreFilledWhenTheHubMakesThem() {
        assertPart(
                decided(
                        "inbound-answered",
                        "{'fields':{'map':[{'field':'UF_UTM','text':'{{utm_source}}'}]}}"),
                "field",
                "UF_UTM",
                "O19");
    }

    @Test
    void K3_theRecordingBehindUissLinkFollowsTheFinishedCall() {
        String client = client();
        uis.withholdNext();
        company.settings(whole("{}"));
        uis.play("inbound-answered", client);
        String call = company.portal().records(client, 1).get(0).path("CALL_ID").asText();
        company.awaitTriedInVain(client);
        assertThat(company.portal().recordings(call)).isEmpty();

        uis.recorded();

        Awaitility.await("the recording of " + client)
                .atMost(Duration.ofSeconds(60))
                .until(() -> !company.portal().recordings(call).isEmpty());
        JsonNode recording = company.portal().recordings(call).get(0);
        assertThat(recording.path("SIZE").asInt()).isEqualTo(UisCloud.SOUND_BYTES);
        assertThat(recording.path("via").asText()).as("never by its address").isEqualTo("upload");
    }

    @Test
    void O22_thePersonalManagerIsAnsweredOutOfTheCrm_offItFindsNobody() {
        String client = written("inbound-answered", client(), "{'routing':{'enabled':true}}");

        JsonNode on = company.route("uis", UisCloud.SECRET, "numa", client, "phones");
        company.settings(whole("{}"));

        assertThat(on).hasToString("{\"phones\":[\"201\"]}");
        assertThat(company.route("uis", UisCloud.SECRET, "numa", client)).isEmpty();
    }
}
