package org.trunkline.crm.bitrix24.internal;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.Setback;

/**
 * The telephony methods' parameters for a call record (docs/bitrix24.md, "What a call becomes").
 * Pure.
 */
final class Requests {

    static final int OUTBOUND = 1;
    static final int INBOUND = 2;
    static final int CALLBACK = 4;

    /** The portal wants seconds and a numeric zone. */
    static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    /** Messages are the hub's own (rule O4), and the portal's own default differs by age. */
    private static final int NOT_TO_CHAT = 0;

    private Requests() {}

    /**
     * Our own id of a record. Unique, so that the portal never glues two calls of one client
     * together, and the same in each try, so that a repeated register gives the same call.
     */
    static String externalId(String call, CallRecord record) {
        return call + "-" + record.key();
    }

    /**
     * @param show whether the card opens for this user at once
     * @param client on whom the call is to hang; empty: the portal looks by number
     */
    static Command register(
            String externalId,
            CallRecord record,
            String user,
            boolean show,
            Optional<Entity> client) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("USER_ID", user(user));
        params.put("PHONE_NUMBER", record.client().value());
        params.put("TYPE", type(record));
        params.put("CALL_START_DATE", START.format(record.startedAt()));
        params.put("CRM_CREATE", record.createEntities() ? 1 : 0);
        record.line().ifPresent(line -> params.put("LINE_NUMBER", line.value()));
        params.put("SHOW", show ? 1 : 0);
        params.put("ADD_TO_CHAT", NOT_TO_CHAT);
        params.put("EXTERNAL_CALL_ID", externalId);
        client.ifPresent(
                pinned -> {
                    params.put("CRM_ENTITY_TYPE", pinned.kind().name());
                    params.put("CRM_ENTITY_ID", pinned.id());
                });
        return new Command(Command.REGISTER, params);
    }

    /**
     * @param callId the portal's id, or a reference to the register in the same parcel
     */
    static Command finish(Object callId, CallRecord record, String user) {
        CallRecord.Outcome outcome = record.outcome().orElseThrow();
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("CALL_ID", callId);
        params.put("USER_ID", user(user));
        params.put("DURATION", outcome.talkSeconds());
        params.put("STATUS_CODE", status(record));
        params.put("ADD_TO_CHAT", NOT_TO_CHAT);
        return new Command(Command.FINISH, params);
    }

    private static int type(CallRecord record) {
        if (record.begun().isPresent() && record.begun().get().portalCall().isEmpty()) {
            return CALLBACK;
        }
        return record.direction() == Direction.OUTBOUND ? OUTBOUND : INBOUND;
    }

    /** A click says why it came to nothing (rule T17). */
    private static String status(CallRecord record) {
        return record.begun()
                .filter(begun -> begun.portalCall().isPresent())
                .flatMap(CallRecord.Begun::setback)
                .map(Requests::status)
                .orElseGet(
                        () -> status(record.direction(), record.outcome().orElseThrow().result()));
    }

    static String status(Setback setback) {
        return switch (setback) {
            case OFF, NOT_MAPPED -> "403";
            case WRONG_NUMBER -> "404";
            case NO_PHONE, EMPLOYEE_NO_ANSWER -> "480";
            case EMPLOYEE_BUSY, CLIENT_BUSY -> "486";
            case CLIENT_NO_ANSWER -> "304";
            case CLIENT_NOT_REACHED, PBX_AWAY, PBX_REFUSED, LOST -> "503";
        };
    }

    /**
     * The portal's status for a result. Whatever kept the client from an employee, an incoming call
     * without talk is a missed one: with any other status the portal takes it as done, and nobody
     * calls back (rule O3).
     */
    static String status(Direction direction, CallResult result) {
        if (result != CallResult.ANSWERED && direction != Direction.OUTBOUND) {
            return "304";
        }
        return switch (result) {
            case ANSWERED -> "200";
            case BUSY -> "486";
            case CANCELLED -> "603-S";
            case FAILED -> "503";
            case MISSED -> "304";
        };
    }

    static Command show(Object callId, Collection<String> users) {
        return new Command(Command.SHOW, Map.of("CALL_ID", callId, "USER_ID", users(users)));
    }

    static Command hide(Object callId, Collection<String> users) {
        return new Command(Command.HIDE, Map.of("CALL_ID", callId, "USER_ID", users(users)));
    }

    /** Asks where to upload a recording to. */
    static Command attach(Object callId, String fileName) {
        return new Command(Command.ATTACH, Map.of("CALL_ID", callId, "FILENAME", fileName));
    }

    /** Finished calls by one of their ids. */
    static Command statistics(String field, String id) {
        return new Command(Command.STATISTICS, Map.of("FILTER", Map.of(field, id)));
    }

    /** A page of the portal's users, dismissed ones too. */
    static Command users(int start) {
        return new Command(Command.USERS, Map.of("sort", "ID", "order", "ASC", "start", start));
    }

    private static List<Object> users(Collection<String> users) {
        return users.stream().map(Requests::user).toList();
    }

    /** The vendor's documents say int; what is none is the portal's to refuse. */
    static Object user(String user) {
        return user.matches("\\d{1,9}") ? (Object) Integer.valueOf(user) : user;
    }
}
