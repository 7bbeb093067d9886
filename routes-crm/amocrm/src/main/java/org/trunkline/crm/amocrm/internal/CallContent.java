package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.CallResult;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.Direction;
import org.trunkline.model.Json;
import org.trunkline.model.Setback;

/**
 * What the account's history shows of a record.
 *
 * @param call the hub's id of the call
 */
record CallContent(String call, CallRecord record, Wanted wanted) {

    private static final String SOURCE = "Trunkline";

    private static final int NOT_IN = 3;
    private static final int TALKED = 4;
    private static final int WRONG_NUMBER = 5;
    private static final int NO_ANSWER = 6;
    private static final int BUSY = 7;

    /** Whose it is to be. */
    String user() {
        return record.outcome().map(CallRecord.Outcome::user).orElse(record.user());
    }

    String type() {
        return record.direction() == Direction.OUTBOUND ? "call_out" : "call_in";
    }

    /** The hub's id of the record, by which it is found again. */
    String uniq() {
        return call + "-" + record.key();
    }

    /**
     * A note, but for where it stands.
     *
     * @param user whose it is; {@code created_by} must be the same for the vendor's analytics
     */
    ObjectNode note(String user) {
        ObjectNode note = Json.MAPPER.createObjectNode().put("note_type", type());
        note.set("created_by", Values.user(user));
        note.set("responsible_user_id", Values.user(user));
        note.put("created_at", record.startedAt().getEpochSecond());
        note.set("params", params(user));
        return note;
    }

    /**
     * As the note shows it. The link is there before the recording is (rule I3).
     *
     * @param user whose call it is
     */
    ObjectNode params(String user) {
        ObjectNode params =
                Json.MAPPER
                        .createObjectNode()
                        .put("uniq", uniq())
                        .put("duration", seconds())
                        .put("source", SOURCE)
                        .put("phone", record.client().value())
                        .put("call_status", status());
        params.set("call_responsible", Values.user(user));
        link().ifPresent(link -> params.put("link", link.toString()));
        return params;
    }

    /** For the account to find the client by itself. */
    ObjectNode call(String user) {
        ObjectNode item = params(user);
        item.put("direction", record.direction() == Direction.OUTBOUND ? "outbound" : "inbound");
        item.set("responsible_user_id", Values.user(user));
        item.set("created_by", Values.user(user));
        item.put("created_at", record.startedAt().getEpochSecond());
        return item;
    }

    private Optional<URI> link() {
        return record.recordings().stream()
                .findFirst()
                .flatMap(recording -> wanted.link(recording));
    }

    private long seconds() {
        return record.written() == Written.WHOLE
                ? record.outcome().map(CallRecord.Outcome::talkSeconds).orElse(0L)
                : 0;
    }

    private int status() {
        return record.begun()
                .flatMap(CallRecord.Begun::setback)
                .map(CallContent::status)
                .orElseGet(
                        () ->
                                record.outcome()
                                        .map(CallRecord.Outcome::result)
                                        .map(CallContent::status)
                                        .orElse(TALKED));
    }

    /** The vendor's status; 1 and 2, a message and a wish for a call back, no PBX tells. */
    static int status(CallResult result) {
        return switch (result) {
            case ANSWERED -> TALKED;
            case BUSY -> BUSY;
            case MISSED, CANCELLED -> NO_ANSWER;
            case FAILED -> NOT_IN;
        };
    }

    private static int status(Setback setback) {
        return switch (setback) {
            case WRONG_NUMBER -> WRONG_NUMBER;
            case CLIENT_BUSY, EMPLOYEE_BUSY -> BUSY;
            case CLIENT_NO_ANSWER, EMPLOYEE_NO_ANSWER -> NO_ANSWER;
            default -> NOT_IN;
        };
    }
}
