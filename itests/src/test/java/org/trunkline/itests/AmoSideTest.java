package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.itests.Oracle.Fault;

/** The oracle sees in an amoCRM account what is missing, what is there twice, and what is wrong. */
class AmoSideTest {
    private static final String CLIENT = "+79161000000";

    private final ObjectNode account =
            (ObjectNode)
                    json(
                            "{'notes':[{'entity_type':'leads','entity_id':5,'note_type':'call_in',"
                                    + "'params':{'uniq':'a-main','phone':'+79161000000',"
                                    + "'call_responsible':7,'call_status':4,'duration':3}}],"
                                    + "'contacts':[{'id':1,'responsible_user_id':7,"
                                    + "'custom_fields_values':[{'values':[{'value':'+79161000000'}]}]}],"
                                    + "'leads':[{'id':5,'responsible_user_id':7,"
                                    + "'_embedded':{'contacts':[{'id':1}]}}]}");

    @Test
    void isContentWithWhatIsAsItMustBe() {
        assertThat(faults(CallKind.ANSWERED)).isEmpty();
    }

    @Test
    void missesANoteAndADeal() {
        account.putArray("notes");
        assertThat(faults(CallKind.ANSWERED)).containsOnly(Fault.LOST, Fault.WRONG);

        account.putArray("leads");
        assertThat(faults(CallKind.ANSWERED)).contains(Fault.LOST, Fault.LOST);
    }

    @Test
    void seesASecondNoteDealAndContact() {
        for (String part : List.of("notes", "leads", "contacts")) {
            ArrayNode rows = (ArrayNode) account.get(part);
            rows.add(rows.get(0).deepCopy());
            assertThat(faults(CallKind.ANSWERED)).as(part).contains(Fault.DOUBLED);
            rows.remove(1);
        }
    }

    @Test
    void seesAnotherUserStatusAndDuration() {
        ObjectNode params = (ObjectNode) account.at("/notes/0/params");
        assertThat(faults(CallKind.ANSWERED, params.deepCopy().put("call_responsible", 8)))
                .containsExactly(Fault.WRONG);
        assertThat(faults(CallKind.ANSWERED, params.deepCopy().put("call_status", 6)))
                .containsExactly(Fault.WRONG);
        assertThat(faults(CallKind.ANSWERED, params.deepCopy().put("duration", 0)))
                .containsExactly(Fault.WRONG);
    }

    /** I4: a failed attempt makes nothing. */
    @Test
    void seesWhatAFailedAttemptLeft() {
        assertThat(faults(CallKind.OUTGOING_BUSY)).contains(Fault.DOUBLED);

        List.of("notes", "leads", "contacts").forEach(account::putArray);
        assertThat(faults(CallKind.OUTGOING_BUSY)).isEmpty();
    }

    private List<Fault> faults(CallKind kind, ObjectNode params) {
        ((ObjectNode) account.at("/notes/0")).set("params", params);
        return faults(kind);
    }

    private List<Fault> faults(CallKind kind) {
        PlayedCall played =
                new PlayedCall(kind, "north", CLIENT, Set.of("1.1"), Instant.EPOCH, Instant.EPOCH);
        ObjectNode call = (ObjectNode) json("{'pbxCallId':'1.1','state':'ended'}");
        call.put("client", CLIENT).put("direction", kind.direction());
        call.put("result", kind.answered() ? "answered" : "missed");
        return new Oracle(List.of(call), new AmoSide(account))
                .compare(List.of(played), List.of()).stream().map(Oracle.Finding::fault).toList();
    }

    private static JsonNode json(String text) {
        return Http.parse(text.replace('\'', '"'));
    }
}
