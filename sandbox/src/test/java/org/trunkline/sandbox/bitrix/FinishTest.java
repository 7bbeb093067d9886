package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of a call: register, show, hide, finish. */
class FinishTest {
    private static final String CLIENT = "+79161234567";
    private final TestPortal portal = new TestPortal();

    @Test
    void aSecondFinishIsNotIdempotent() {
        String call = portal.register(CLIENT, "");
        portal.finish(call, "7", 3);
        String again = "{\"CALL_ID\":\"" + call + "\",\"USER_ID\":7}";
        assertThat(portal.error("telephony.externalCall.finish", again))
                .isEqualTo("Call is not found (call should be registered prior to finishing");
    }

    @Test
    void theCallIdMustBeAString() {
        JsonNode body =
                portal.call("telephony.externalCall.finish", "{\"CALL_ID\":5,\"USER_ID\":7}");
        assertThat(body.path("error").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(body.path("error_description").asText()).isEqualTo("CALL_ID must be a string");
    }

    @Test
    void answersWithAnEmptyStartDateAndTheActivity() {
        JsonNode result = portal.finish(portal.register(CLIENT, ",\"CRM_CREATE\":1"), "8", 3);
        assertThat(result.path("CALL_START_DATE").isObject()).isTrue();
        assertThat(result.path("CALL_START_DATE")).isEmpty();
        assertThat(result.path("INCOMING").asText()).isEqualTo("2");
        assertThat(result.path("CALL_DURATION").asInt()).isEqualTo(3);
        assertThat(result.path("PORTAL_USER_ID").asInt()).isEqualTo(8);
        assertThat(result.path("CRM_ACTIVITY_ID").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"5,200", "0,304"})
    void theStatusFollowsTheDurationWhenItIsNotGiven(int seconds, String status) {
        portal.finish(portal.register(CLIENT, ""), "7", seconds);
        assertThat(portal.state().path("calls").path(0).path("CALL_FAILED_CODE").asText())
                .isEqualTo(status);
    }

    @Test
    void theActivityHangsOnTheClientAndIsBoundToTheDeal() {
        portal.finish(portal.register(CLIENT, ",\"CRM_CREATE\":1"), "8", 4);
        JsonNode activity = portal.state().path("activities").path(0);
        assertThat(activity.path("PROVIDER_ID").asText()).isEqualTo("VOXIMPLANT_CALL");
        assertThat(activity.path("TYPE_ID").asText()).isEqualTo("2");
        assertThat(activity.path("DIRECTION").asText()).isEqualTo("1");
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("8");
        assertThat(activity.path("OWNER_TYPE_ID").asText()).isEqualTo("3");
        assertThat(activity.path("COMPLETED").asText()).isEqualTo("Y");
        assertThat(activity.path("BINDINGS"))
                .extracting(b -> b.path("OWNER_TYPE_ID").asText())
                .containsExactly("3", "2");
    }

    @Test
    void nothingToHangOnMeansNoActivity() {
        JsonNode result = portal.finish(portal.register(CLIENT, ""), "7", 3);
        assertThat(result.path("CRM_ACTIVITY_ID").isNull()).isTrue();
        assertThat(portal.state().path("activities")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2,0,true,N", "2,3,true,Y", "1,0,true,Y", "4,0,true,N", "2,0,false,Y"})
    void onlyMissedIncomingCallsStayToDo(String type, int seconds, boolean open, String completed) {
        portal.put("{\"missedStaysOpen\":" + open + "}");
        String call =
                portal.result(
                                "telephony.externalCall.register",
                                "{\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"CRM_CREATE\":1,\"TYPE\":"
                                        + type
                                        + "}")
                        .path("CALL_ID")
                        .asText();
        portal.finish(call, "7", seconds);
        assertThat(portal.state().path("activities").path(0).path("COMPLETED").asText())
                .isEqualTo(completed);
    }

    @Test
    void anIncomingCallOfAnotherStatusIsDone() {
        String call = portal.register(CLIENT, ",\"CRM_CREATE\":1");
        portal.result(
                "telephony.externalCall.finish",
                "{\"CALL_ID\":\"" + call + "\",\"USER_ID\":7,\"STATUS_CODE\":\"486\"}");
        assertThat(portal.state().path("activities").path(0).path("COMPLETED").asText())
                .isEqualTo("Y");
    }

    @Test
    void finishHidesWhatIsShown() {
        String call = portal.register(CLIENT, "");
        portal.result(
                "telephony.externalCall.show", "{\"CALL_ID\":\"" + call + "\",\"USER_ID\":[8,9]}");
        portal.result(
                "telephony.externalCall.hide", "{\"CALL_ID\":\"" + call + "\",\"USER_ID\":9}");
        portal.finish(call, "7", 3);
        assertThat(portal.state().path("cards"))
                .extracting(c -> c.path("action").asText() + c.path("user").asText())
                .containsExactly("show7", "show8", "show9", "hide9", "hide7", "hide8");
    }

    @Test
    void showAndHideOfAnUnknownOrFinishedCallAreFalse() {
        String call = portal.register(CLIENT, "");
        portal.finish(call, "7", 3);
        assertThat(
                        portal.result(
                                        "telephony.externalCall.show",
                                        "{\"CALL_ID\":\"" + call + "\"}")
                                .asBoolean())
                .isFalse();
        assertThat(
                        portal.result("telephony.externalCall.hide", "{\"CALL_ID\":\"none\"}")
                                .asBoolean())
                .isFalse();
    }

    @Test
    void aDismissedUserSeesNoCard() {
        String call = portal.register(CLIENT, ",\"SHOW\":0");
        portal.result(
                "telephony.externalCall.show", "{\"CALL_ID\":\"" + call + "\",\"USER_ID\":[11]}");
        assertThat(portal.state().path("cards")).isEmpty();
    }

    @Test
    void theStatisticsKnowFinishedCallsOnlyAndFilterThem() {
        String one = portal.register(CLIENT, ",\"EXTERNAL_CALL_ID\":\"x-1\"");
        portal.register(CLIENT, ",\"EXTERNAL_CALL_ID\":\"x-2\"");
        portal.finish(one, "8", 3);
        JsonNode all = portal.call("voximplant.statistic.get", "{}");
        assertThat(all.path("total").asInt()).isEqualTo(1);
        JsonNode row = all.path("result").path(0);
        assertThat(row.path("CALL_ID").asText()).isEqualTo(one);
        assertThat(row.path("CALL_DURATION").isTextual()).isTrue();
        assertThat(row.has("finished")).isFalse();
        assertThat(
                        portal.result(
                                "voximplant.statistic.get",
                                "{\"FILTER\":{\"EXTERNAL_CALL_ID\":\"x-2\"}}"))
                .isEmpty();
        assertThat(
                        portal.result(
                                "voximplant.statistic.get",
                                "{\"FILTER\":{\"CALL_ID\":[\"" + one + "\"]}}"))
                .hasSize(1);
        assertThat(
                        portal.result(
                                "voximplant.statistic.get",
                                "{\"FILTER\":{\">CALL_START_DATE\":\"2026-03-02T12:00:01+03:00\"}}"))
                .isEmpty();
    }
}
