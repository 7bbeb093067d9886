package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What CRM_CREATE=1 makes in each mode of the CRM, and who becomes responsible. */
class CreateModesTest {
    private static final String CLIENT = "+79161234567";
    private static final String KNOWN =
            "{\"contacts\":[{\"ID\":\"5\",\"NAME\":\"Anna\",\"PHONE\":\"8 (916) 123-45-67\",\"ASSIGNED_BY_ID\":\"9\"}]}";
    private final TestPortal portal = new TestPortal();

    private JsonNode register(String more) {
        return portal.result(
                "telephony.externalCall.register",
                "{\"USER_ID\":7,\"PHONE_NUMBER\":\""
                        + CLIENT
                        + "\",\"TYPE\":2,\"CRM_CREATE\":1"
                        + more
                        + "}");
    }

    @Test
    void simpleMakesContactAndDeal() {
        JsonNode result = register("");
        assertThat(result.path("CRM_CREATED_ENTITIES"))
                .extracting(e -> e.path("ENTITY_TYPE").asText())
                .containsExactly("CONTACT", "DEAL");
        assertThat(result.path("CRM_ENTITY_TYPE").asText()).isEqualTo("CONTACT");
        assertThat(result.path("CRM_CREATED_LEAD").isNull()).isTrue();
        JsonNode state = portal.state();
        assertThat(state.path("contacts").path(0).path("NAME").asText()).isEqualTo("Без имени");
        assertThat(state.path("deals").path(0).path("TITLE").asText())
                .isEqualTo("+79161234567 - Входящий звонок");
        assertThat(state.path("deals").path(0).path("CONTACT_ID").asText())
                .isEqualTo(state.path("contacts").path(0).path("ID").asText());
    }

    @Test
    void classicMakesALead() {
        portal.put("{\"mode\":\"classic\"}");
        JsonNode result = register(",\"CRM_SOURCE\":\"WEB\"");
        JsonNode lead = portal.state().path("leads").path(0);
        assertThat(result.path("CRM_CREATED_LEAD").asText()).isEqualTo(lead.path("ID").asText());
        assertThat(lead.path("SOURCE_ID").asText()).isEqualTo("WEB");
        assertThat(portal.state().path("contacts")).isEmpty();
    }

    @Test
    void outgoingCallsAreTitledSo() {
        portal.result(
                "telephony.externalCall.register",
                "{\"USER_ID\":7,\"PHONE_NUMBER\":\"89161234567\",\"TYPE\":1,\"CRM_CREATE\":1}");
        assertThat(portal.state().path("deals").path(0).path("TITLE").asText())
                .isEqualTo("+79161234567 - Исходящий звонок");
    }

    @Test
    void aKnownClientGetsNothingNewInClassicAndSimple() {
        portal.put(KNOWN);
        for (String mode : new String[] {"simple", "classic"}) {
            portal.put("{\"mode\":\"" + mode + "\"}");
            JsonNode result = register(",\"EXTERNAL_CALL_ID\":\"" + mode + "\"");
            assertThat(result.path("CRM_CREATED_ENTITIES")).isEmpty();
            assertThat(result.path("CRM_ENTITY_ID").asInt()).isEqualTo(5);
        }
    }

    @Test
    void repeatMakesALeadForAKnownClientOfTheClientsResponsible() {
        portal.put(KNOWN);
        portal.put("{\"mode\":\"repeat\"}");
        register("");
        JsonNode lead = portal.state().path("leads").path(0);
        assertThat(lead.path("CONTACT_ID").asText()).isEqualTo("5");
        assertThat(lead.path("ASSIGNED_BY_ID").asText()).isEqualTo("9");
        assertThat(lead.path("IS_RETURN_CUSTOMER").asText()).isEqualTo("Y");
    }

    @Test
    void repeatMakesNothingWhileADealIsActive() {
        portal.put(KNOWN);
        portal.put(
                "{\"mode\":\"repeat\",\"deals\":[{\"ID\":\"3\",\"CONTACT_ID\":\"5\",\"STAGE_ID\":\"NEW\"}]}");
        assertThat(register("").path("CRM_CREATED_ENTITIES")).isEmpty();
    }

    @Test
    void repeatDealMakesADealOnceTheOldOneIsWon() {
        portal.put(KNOWN);
        portal.put(
                "{\"mode\":\"repeatDeal\",\"deals\":[{\"ID\":\"3\",\"CONTACT_ID\":\"5\",\"STAGE_ID\":\"WON\"}]}");
        assertThat(register("").path("CRM_CREATED_ENTITIES"))
                .extracting(e -> e.path("ENTITY_TYPE").asText())
                .containsExactly("DEAL");
    }

    @Test
    void exceptionsAndColleaguesMakeNothing() {
        portal.put("{\"exceptions\":[\"89161234567\"]}");
        assertThat(register("").path("CRM_CREATED_ENTITIES")).isEmpty();
        portal.put(
                "{\"exceptions\":[],\"users\":[{\"ID\":\"7\",\"ACTIVE\":true,\"PERSONAL_MOBILE\":\""
                        + CLIENT
                        + "\"}]}");
        JsonNode result = register(",\"EXTERNAL_CALL_ID\":\"b\"");
        assertThat(result.path("CRM_CREATED_ENTITIES")).isEmpty();
        assertThat(result.path("LEAD_CREATION_ERROR").asText())
                .isEqualTo("Lead creation is disabled for local users");
    }

    @Test
    void finishMakesItsUserResponsibleOfWhatTheCallMade() {
        String callId = register("").path("CALL_ID").asText();
        assertThat(portal.state().path("deals").path(0).path("ASSIGNED_BY_ID").asText())
                .isEqualTo("7");
        portal.finish(callId, "8", 3);
        assertThat(portal.state().path("deals").path(0).path("ASSIGNED_BY_ID").asText())
                .isEqualTo("8");
        assertThat(portal.state().path("contacts").path(0).path("ASSIGNED_BY_ID").asText())
                .isEqualTo("8");
    }

    @Test
    void finishNeverReassignsWhatWasThereBefore() {
        portal.put(KNOWN);
        String callId = register("").path("CALL_ID").asText();
        portal.finish(callId, "8", 3);
        assertThat(portal.state().path("contacts").path(0).path("ASSIGNED_BY_ID").asText())
                .isEqualTo("9");
    }

    @Test
    void aLineMayForbidCreationOnOutgoingCalls() {
        portal.result(
                "telephony.externalLine.add",
                "{\"NUMBER\":\"74951000001\",\"CRM_AUTO_CREATE\":\"N\"}");
        JsonNode result =
                portal.result(
                        "telephony.externalCall.register",
                        "{\"USER_ID\":7,\"PHONE_NUMBER\":\""
                                + CLIENT
                                + "\",\"TYPE\":1,\"CRM_CREATE\":1,\"LINE_NUMBER\":\"74951000001\"}");
        assertThat(result.path("CRM_CREATED_ENTITIES")).isEmpty();
    }
}
