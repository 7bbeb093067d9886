package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Fault;

/**
 * A live call as t2 lists it: without an id, and without saying whether it rings or talks.
 *
 * @param called absent until the call is routed
 * @param queue where it waits
 */
record Row(String type, Optional<End> caller, Optional<End> called, Optional<String> queue) {

    /**
     * One side of a call.
     *
     * @param extension the short number; employees have one
     */
    record End(Optional<String> extension, Optional<String> number) {

        static Optional<End> of(JsonNode call, String side) {
            End end = new End(text(call, side + "NumberShort"), text(call, side + "NumberFull"));
            return end.extension().isEmpty() && end.number().isEmpty()
                    ? Optional.empty()
                    : Optional.of(end);
        }
    }

    static Optional<String> text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /**
     * Both of t2's lists: calls under way, and calls that wait in queues.
     *
     * @throws Fault.Retryable if they are no lists: to take that for "no calls" would end them all
     */
    static List<Row> of(JsonNode calls, JsonNode pending) {
        if (!calls.isArray() || !pending.isArray()) {
            throw new Fault.Retryable("t2 answered no list of calls", Duration.ZERO);
        }
        List<Row> rows = new ArrayList<>();
        calls.forEach(call -> rows.add(of(call, Optional.empty())));
        for (JsonNode queue : pending) {
            queue.path("calls").forEach(call -> rows.add(of(call, text(queue, "queueName"))));
        }
        rows.removeIf(row -> row.caller().isEmpty() && row.called().isEmpty());
        return rows;
    }

    private static Row of(JsonNode call, Optional<String> queue) {
        return new Row(
                text(call, "callType").orElse(""),
                End.of(call, "caller"),
                End.of(call, "called"),
                queue);
    }
}
