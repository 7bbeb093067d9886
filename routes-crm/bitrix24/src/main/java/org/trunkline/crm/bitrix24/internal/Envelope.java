package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trunkline.crm.connector.Answer;
import org.trunkline.model.Json;

/**
 * One request's content: a single command as a plain method call, several as a {@code batch} that
 * goes on after errors, so that one parcel's failure is no other's.
 */
record Envelope(List<Parcel> parcels) {

    static final String BATCH = "batch";

    /**
     * What a method took.
     *
     * @param seconds of run time
     * @param operating its run time within ten minutes; empty: the portal does not count it
     * @param resetAt when part of that is forgotten, epoch seconds; 0: not said
     * @param finishedAt when it was done, epoch seconds by the portal's clock
     */
    record Spent(
            String method,
            double seconds,
            OptionalDouble operating,
            long resetAt,
            double finishedAt) {}

    /** How many there are. */
    int commands() {
        return parcels.stream().mapToInt(Parcel::size).sum();
    }

    boolean batch() {
        return parcels.size() > 1 || parcels.get(0).commands().size() > 1;
    }

    String method() {
        return batch() ? BATCH : only().method();
    }

    private Command only() {
        return parcels.get(0).commands().get(0);
    }

    /** The request's body, without authorisation. */
    ObjectNode body() {
        if (!batch()) {
            return Json.MAPPER.valueToTree(only().params());
        }
        ObjectNode body = Json.MAPPER.createObjectNode().put("halt", 0);
        ObjectNode commands = body.putObject("cmd");
        forEach(
                (parcel, i, command) ->
                        commands.put(
                                key(parcel, i),
                                command.method() + "?" + query(parcel, command.params())));
        return body;
    }

    private static String query(int parcel, Map<String, Object> params) {
        return PhpQuery.of(
                params, of -> "$result[" + key(parcel, of.index()) + "][" + of.field() + "]");
    }

    /** The answers in step with the parcels and their commands, from a reply without an error. */
    List<List<Answer>> answers(JsonNode reply) {
        JsonNode result = reply.path("result");
        if (!batch()) {
            return List.of(List.of(new Answer.Result(result)));
        }
        List<List<Answer>> answers = new ArrayList<>();
        parcels.forEach(p -> answers.add(new ArrayList<>()));
        forEach(
                (parcel, i, command) ->
                        answers.get(parcel).add(answer(command, key(parcel, i), result)));
        return answers;
    }

    private static Answer answer(Command command, String key, JsonNode result) {
        JsonNode error = result.path("result_error").path(key);
        if (!error.isMissingNode()) {
            return new Answer.Refused(
                    new Bitrix24Refusal(
                            command.method(),
                            200,
                            error.path("error").asText(),
                            error.path("error_description").asText()));
        }
        JsonNode value = result.path("result").path(key);
        return value.isMissingNode()
                ? new Answer.Lost("the batch's reply says nothing of " + command.method())
                : new Answer.Result(value);
    }

    /** What each method took, as far as the reply says it. */
    List<Spent> spent(JsonNode reply) {
        List<Spent> spent = new ArrayList<>();
        forEach(
                (parcel, i, command) -> {
                    JsonNode time =
                            batch()
                                    ? reply.path("result").path("result_time").path(key(parcel, i))
                                    : reply.path("time");
                    if (time.path("duration").isNumber()) {
                        spent.add(
                                new Spent(
                                        command.method(),
                                        time.path("duration").asDouble(),
                                        time.path("operating").isNumber()
                                                ? OptionalDouble.of(
                                                        time.path("operating").asDouble())
                                                : OptionalDouble.empty(),
                                        time.path("operating_reset_at").asLong(),
                                        time.path("finish").asDouble()));
                    }
                });
        return spent;
    }

    private static String key(int parcel, int command) {
        return "p" + parcel + "c" + command;
    }

    private void forEach(Visitor visitor) {
        for (int p = 0; p < parcels.size(); p++) {
            List<Command> commands = parcels.get(p).commands();
            for (int c = 0; c < commands.size(); c++) {
                visitor.visit(p, c, commands.get(c));
            }
        }
    }

    private interface Visitor {
        void visit(int parcel, int index, Command command);
    }
}
