package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.portal.Table;

/** Registered calls and, once they are finished, the rows of the call statistics. */
final class CallBook {
    static final Duration DEDUPE = Duration.ofMinutes(30);

    /** What makes a second register the same call (bitrix24.md section 3). */
    record Key(
            String app, String phone, String type, String user, String line, String externalId) {}

    /** A call between register and finish. */
    record Open(
            ObjectNode row,
            Key key,
            Instant registeredAt,
            String registeredBy,
            List<EntityRef> created,
            Set<String> shownTo) {
        Open(ObjectNode row, Key key, Instant at, String user) {
            this(row, key, at, user, new ArrayList<>(), new LinkedHashSet<>());
        }

        String callId() {
            return row.get("CALL_ID").asText();
        }
    }

    private final Table rows = BitrixRows.table();
    private final Map<String, Open> open = new HashMap<>();
    private final Map<Key, Open> byKey = new HashMap<>();
    private final Map<String, ObjectNode> finished = new HashMap<>();

    Optional<Open> duplicate(Key key, Instant now) {
        return Optional.ofNullable(byKey.get(key))
                .filter(call -> call.registeredAt().plus(DEDUPE).isAfter(now));
    }

    void register(Open call) {
        rows.add(call.row());
        open.put(call.callId(), call);
        byKey.put(call.key(), call);
    }

    Optional<Open> open(String callId) {
        return Optional.ofNullable(open.get(callId));
    }

    void finish(Open call) {
        open.remove(call.callId());
        byKey.remove(call.key(), call);
        finished.put(call.callId(), call.row());
    }

    Optional<ObjectNode> finished(String callId) {
        return Optional.ofNullable(finished.get(callId));
    }

    Collection<ObjectNode> rows() {
        return rows.all();
    }

    /** Every call, with {@code finished} saying whether it is in the statistics. */
    ArrayNode copy() {
        return rows.copy();
    }

    /** Seeds finished calls. */
    void replace(JsonNode given) {
        rows.replace(given);
        open.clear();
        byKey.clear();
        finished.clear();
        rows.all()
                .forEach(
                        row ->
                                finished.put(
                                        row.path("CALL_ID").asText(), row.put("finished", true)));
    }
}
