package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Json;

/** The words of a talk, as a note beside the call's (rule M5): the call itself has no place. */
record Transcript(Account account, CallRecord record, DeedLog log) {

    /**
     * @param call where the call stands; empty: nowhere, so its words don't either
     */
    void bring(Optional<Note> call) {
        String step = DeedLog.of(record, "transcript");
        if (call.isEmpty() || record.transcript().isEmpty() || log.done(step)) {
            return;
        }
        Entity on = call.get().on();
        Optional<String> there = log.unsure(step) ? there(on) : Optional.empty();
        log.done(step, there.orElseGet(() -> write(step, on)));
    }

    private String write(String step, Entity on) {
        ObjectNode item = Json.MAPPER.createObjectNode().put("note_type", "common");
        item.set("entity_id", Values.user(on.id()));
        item.putObject("params").put("text", record.transcript().orElseThrow());
        Endpoint endpoint = Endpoint.newNotes(on.kind());
        List<String> steps = List.of(step);
        Answer answer =
                log.send(
                                steps,
                                () ->
                                        account.courier()
                                                .send(Parcel.of(Lane.BACKLOG, endpoint, item)))
                        .get(0);
        if (answer instanceof Answer.Refused no && no.refusal().gone()) {
            return "";
        }
        JsonNode made = log.result(steps, answer);
        return made.path("id").asText();
    }

    /** After a lost reply. */
    private Optional<String> there(Entity on) {
        JsonNode notes =
                account.ask(
                        Lane.BACKLOG,
                        "/api/v4/"
                                + Endpoint.plural(on.kind())
                                + "/"
                                + on.id()
                                + "/notes?limit=250&order%5Bid%5D=desc&filter%5Bnote_type%5D=common");
        return StreamSupport.stream(notes.path("_embedded").path("notes").spliterator(), false)
                .filter(
                        note ->
                                note.path("params")
                                        .path("text")
                                        .asText()
                                        .equals(record.transcript().orElseThrow()))
                .map(note -> note.path("id").asText())
                .findFirst();
    }
}
