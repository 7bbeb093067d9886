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
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

/** A note of plain text, written once. */
record TextNote(Account account, String step, String text, DeedLog log) {

    /**
     * @return false: the entity is not there any more
     */
    boolean bring(Entity on) {
        if (log.done(step)) {
            return true;
        }
        Optional<String> there = log.unsure(step) ? there(on) : Optional.empty();
        Optional<String> id = there.or(() -> write(on));
        id.ifPresent(note -> log.done(step, note));
        return id.isPresent();
    }

    private Optional<String> write(Entity on) {
        ObjectNode item = Json.MAPPER.createObjectNode().put("note_type", "common");
        item.set("entity_id", Values.user(on.id()));
        item.putObject("params").put("text", text);
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
            log.failed(step, no.refusal().text());
            return Optional.empty();
        }
        JsonNode made = log.result(steps, answer);
        return Optional.of(made.path("id").asText());
    }

    /** After a lost reply. */
    private Optional<String> there(Entity on) {
        try {
            JsonNode notes =
                    account.ask(
                            Lane.BACKLOG,
                            "/api/v4/"
                                    + Endpoint.plural(on.kind())
                                    + "/"
                                    + on.id()
                                    + "/notes?limit=250&order%5Bid%5D=desc&filter%5Bnote_type%5D=common");
            return StreamSupport.stream(notes.path("_embedded").path("notes").spliterator(), false)
                    .filter(note -> note.path("params").path("text").asText().equals(text))
                    .map(note -> note.path("id").asText())
                    .findFirst();
        } catch (Fault.Data gone) {
            return Optional.empty();
        }
    }
}
