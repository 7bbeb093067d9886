package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Json;

/**
 * The task to call a client back whose call was missed, and its completion by the next talk (rule
 * O3): calls themselves can't be left open in amoCRM.
 */
record CallBack(Account account, String call, CallRecord record, DeedLog log) {

    private static final int CALL = 1;

    private static final String TEXT = "Перезвонить: пропущенный звонок с ";

    /**
     * @param on where the call stands; empty: nowhere
     */
    void bring(Optional<Entity> on) {
        Optional<Duration> within = record.activity().callBackWithin();
        if (on.isEmpty() || within.isEmpty() || record.outcome().isEmpty()) {
            return;
        }
        if (record.activity().completed()) {
            complete(on.get());
        } else {
            task(on.get(), record.startedAt().plus(within.get()));
        }
    }

    private String text() {
        return TEXT + record.client().value();
    }

    private void task(Entity on, Instant until) {
        String step = DeedLog.of(record, "task");
        if (log.done(step)) {
            return;
        }
        Optional<String> there =
                log.unsure(step)
                        ? open(on).filter(
                                        row ->
                                                row.path("complete_till").asLong()
                                                        == until.getEpochSecond())
                                .map(row -> row.path("id").asText())
                                .findFirst()
                        : Optional.empty();
        log.done(step, there.orElseGet(() -> make(step, on, until)));
    }

    private String make(String step, Entity on, Instant until) {
        ObjectNode item =
                Json.MAPPER
                        .createObjectNode()
                        .put("text", text())
                        .put("complete_till", until.getEpochSecond())
                        .put("entity_type", Endpoint.plural(on.kind()))
                        .put("task_type_id", CALL);
        item.set("entity_id", Values.user(on.id()));
        List<String> steps = List.of(step);
        String user = record.outcome().map(CallRecord.Outcome::user).orElse(record.user());
        for (Candidates who = new Candidates(user, record.fallbackUsers()); ; ) {
            item.set("responsible_user_id", Values.user(who.next()));
            Answer answer = send(steps, Endpoint.TASKS, item);
            if (answer instanceof Answer.Refused no) {
                AmocrmRefusal refusal = AmocrmRefusal.of(no);
                if (refusal.noSuchUser() && who.more()) {
                    continue;
                }
                if (refusal.gone()) {
                    return "";
                }
            }
            return log.result(steps, answer).path("id").asText();
        }
    }

    /** Of the same entity, those that the hub made for this number. */
    private void complete(Entity on) {
        String step = DeedLog.of(record, "tasksDone");
        if (log.done(step)) {
            return;
        }
        List<String> steps = List.of(step);
        List<String> ids = open(on).map(row -> row.path("id").asText()).toList();
        for (String id : ids) {
            ObjectNode item = Values.id(id).put("is_completed", true);
            item.putObject("result").put("text", "Разговор состоялся");
            Answer answer = send(steps, Endpoint.CHANGED_TASKS, item);
            if (!(answer instanceof Answer.Refused no && no.refusal().gone())) {
                log.result(steps, answer);
            }
        }
        log.done(step, String.join(",", ids));
    }

    private Stream<JsonNode> open(Entity on) {
        JsonNode rows =
                account.ask(
                        Lane.BACKLOG,
                        "/api/v4/tasks?limit=250&order%5Bid%5D=desc&filter%5Bentity_type%5D="
                                + Endpoint.plural(on.kind())
                                + "&filter%5Bentity_id%5D="
                                + on.id());
        return StreamSupport.stream(rows.path("_embedded").path("tasks").spliterator(), false)
                .filter(row -> !row.path("is_completed").asBoolean())
                .filter(row -> row.path("text").asText().equals(text()));
    }

    private Answer send(List<String> steps, Endpoint endpoint, ObjectNode item) {
        return log.send(
                        steps,
                        () -> account.courier().send(Parcel.of(Lane.BACKLOG, endpoint, item)))
                .get(0);
    }
}
