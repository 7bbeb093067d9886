package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.itests.Oracle.Fault;

/** The oracle sees what is missing, what is there twice, and what is wrong. */
class OracleTest {
    private static final String CLIENT = "+79161000000";
    private static final PlayedCall CALL =
            new PlayedCall(
                    CallKind.ANSWERED,
                    "north",
                    CLIENT,
                    Set.of("1.1"),
                    Instant.EPOCH,
                    Instant.EPOCH.plusSeconds(5));

    private final ArrayNode hub =
            array(
                    "[{'pbxCallId':'1.1','client':'"
                            + CLIENT
                            + "',"
                            + "'direction':'inbound','result':'answered','state':'ended',"
                            + "'legs':[{'extension':'201'}]}]");
    private final ObjectNode portal =
            (ObjectNode)
                    Http.parse(
                            json(
                                    "{'calls':[{'CALL_ID':'c1','EXTERNAL_CALL_ID':'e1',"
                                            + "'PHONE_NUMBER':'"
                                            + CLIENT
                                            + "',"
                                            + "'PORTAL_USER_ID':'7','CALL_TYPE':'2',"
                                            + "'CALL_FAILED_CODE':'200','CALL_DURATION':'3',"
                                            + "'CRM_ACTIVITY_ID':'5','finished':true,"
                                            + "'registeredAt':'2026-01-01T00:00:01.000Z',"
                                            + "'finishedAt':'2026-01-01T00:00:05.000Z'}],"
                                            + "'cards':[{'call':'c1','user':'7','action':'show',"
                                            + "'at':'2026-01-01T00:00:02.000Z'},"
                                            + "{'call':'c1','user':'7','action':'hide',"
                                            + "'at':'2026-01-01T00:00:03.000Z'}],"
                                            + "'contacts':[{'ID':'1','ASSIGNED_BY_ID':'7',"
                                            + "'PHONE':[{'VALUE':'"
                                            + CLIENT
                                            + "'}]}],"
                                            + "'deals':[{'CONTACT_ID':'1','ASSIGNED_BY_ID':'7'}],"
                                            + "'records':[]}"));

    @Test
    void isContentWithWhatIsAsItMustBe() {
        assertThat(exact()).isEmpty();
        assertThat(partial()).isEmpty();
    }

    @Test
    void missesACallThatThePortalLacks() {
        portal.putArray("calls");
        portal.putArray("contacts");

        assertThat(exact()).contains(Fault.LOST);
        assertThat(partial()).contains(Fault.LOST);
    }

    /** T13: a call that reached nobody is not written, and that is all the hub heard of it. */
    @Test
    void ofACallOfWhichOnlyTheBeginningWasHeardNothingNeedBeInThePortal() {
        portal.putArray("calls");
        portal.putArray("contacts");
        portal.putArray("deals");
        portal.putArray("cards");
        ((ObjectNode) hub.get(0)).putArray("legs");

        assertThat(partial()).isEmpty();
    }

    @Test
    void missesACallThatTheHubLacks() {
        hub.removeAll();

        assertThat(exact()).containsExactly(Fault.LOST);
    }

    @Test
    void seesARecordThatIsThereTwice() {
        ArrayNode calls = (ArrayNode) portal.get("calls");
        calls.add(calls.get(0).deepCopy());

        assertThat(exact()).contains(Fault.DOUBLED);
        assertThat(partial()).contains(Fault.DOUBLED);
    }

    @Test
    void seesADealThatIsThereTwice() {
        ((ArrayNode) portal.get("deals")).add(portal.get("deals").get(0).deepCopy());

        assertThat(exact()).containsExactly(Fault.DOUBLED);
    }

    @Test
    void seesAnotherUserStatusAndDuration() {
        ObjectNode row = (ObjectNode) portal.get("calls").get(0);
        row.put("PORTAL_USER_ID", "8");
        assertThat(exact()).containsExactly(Fault.WRONG);

        row.put("PORTAL_USER_ID", "7").put("CALL_FAILED_CODE", "304");
        assertThat(exact()).containsExactly(Fault.WRONG);

        row.put("CALL_FAILED_CODE", "200").put("CALL_DURATION", "30");
        assertThat(exact()).containsExactly(Fault.WRONG);
    }

    @Test
    void seesACallOfNobody() {
        ((ObjectNode) portal.get("calls").get(0)).put("PHONE_NUMBER", "+79990000000");

        assertThat(exact()).contains(Fault.WRONG, Fault.LOST);
    }

    @Test
    void seesWhatIsStillOpen() {
        ((ArrayNode) portal.get("cards")).remove(1);
        assertThat(exact()).containsExactly(Fault.OPEN);

        ((ObjectNode) portal.get("calls").get(0)).put("finished", false);
        assertThat(exact()).containsExactly(Fault.OPEN, Fault.OPEN);

        ((ObjectNode) hub.get(0)).put("state", "talking");
        assertThat(exact()).containsExactly(Fault.OPEN, Fault.OPEN, Fault.OPEN);
    }

    @Test
    void seesWhatCameTooLate() {
        ((ObjectNode) portal.get("cards").get(0)).put("at", "2026-01-01T00:00:09.000Z");

        assertThat(exact()).containsExactly(Fault.ORDER);
    }

    @Test
    void seesARecordOfACallBetweenEmployees() {
        PlayedCall internal =
                new PlayedCall(
                        CallKind.INTERNAL, "north", CLIENT, Set.of("1.1"), CALL.from(), CALL.to());
        ((ObjectNode) hub.get(0)).put("direction", "internal");

        assertThat(
                        faults(
                                new Oracle(calls(), new BitrixSide(portal, Set.of()))
                                        .compare(List.of(internal), List.of())))
                .containsOnly(Fault.DOUBLED);
    }

    private List<Fault> exact() {
        return faults(
                new Oracle(calls(), new BitrixSide(portal, Set.of()))
                        .compare(List.of(CALL), List.of()));
    }

    private List<Fault> partial() {
        return faults(
                new Oracle(calls(), new BitrixSide(portal, Set.of()))
                        .compare(List.of(), List.of(CALL)));
    }

    private List<JsonNode> calls() {
        List<JsonNode> calls = new ArrayList<>();
        hub.forEach(calls::add);
        return calls;
    }

    private static List<Fault> faults(List<Oracle.Finding> findings) {
        return findings.stream().map(Oracle.Finding::fault).toList();
    }

    private static ArrayNode array(String text) {
        return (ArrayNode) Http.parse(json(text));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
