package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.CallRecord;

/**
 * How a record is registered: under whom, as what, and on whose client.
 *
 * @param pin the client that the hub found or made; empty: the portal looks by number
 */
record Registrar(Deeds deeds, RecordLog log, String call, CallRecord record, Optional<Entity> pin) {

    Candidates candidates(String registerStep) {
        return candidatesAfter(registrant(registerStep));
    }

    Candidates candidatesAfter(String first) {
        return new Candidates(first, record.fallbackUsers());
    }

    /**
     * A register that may have arrived is repeated as it was, or the portal makes a second call.
     */
    private String registrant(String registerStep) {
        return log.unsure(registerStep)
                ? log.lastKnown(log.registrant()).orElse(record.user())
                : record.user();
    }

    void as(String user) {
        if (!log.lastKnown(log.registrant()).equals(Optional.of(user))) {
            log.done(log.registrant(), user);
        }
    }

    String externalId(String registerStep) {
        String first = Requests.externalId(call, record);
        return registerStep.equals(log.register()) ? first : first + "-again";
    }

    Command command(String user, boolean show) {
        return command(log.register(), user, show);
    }

    Command command(String registerStep, String user, boolean show) {
        return Requests.register(externalId(registerStep), record, user, show, pin);
    }

    /** Notes what a register gave. */
    String registered(String registerStep, List<String> steps, Answer answer) {
        JsonNode reply = deeds.log().result(steps, answer);
        String id = reply.path("CALL_ID").asText();
        if (id.isEmpty()) {
            throw deeds.log().unknown(steps, "register's reply has no CALL_ID");
        }
        client(reply);
        log.done(registerStep, id);
        return id;
    }

    /** Where the hub makes the entities it must know on whom the portal hung the call. */
    void client(JsonNode reply) {
        if (!record.createEntities()) {
            String client = CrmEntities.ofCall(reply).map(Entity::toString).orElse("");
            if (!log.lastKnown(log.client()).equals(Optional.of(client))) {
                log.done(log.client(), client);
            }
        }
    }

    static ResultOf callIdOf(int index) {
        return new ResultOf(index, "CALL_ID");
    }
}
