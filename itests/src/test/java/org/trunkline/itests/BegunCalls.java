package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** Calls that begin in a company's Bitrix24 portal: what is asked, and what came of it. */
record BegunCalls(Hub hub, Sandbox sandbox, PlayedCompany company) {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** From now on the PBX answers what it is told to dial so. */
    void answers(String capture) {
        answers(capture, 4);
    }

    void answers(String capture, double speed) {
        int status =
                sandbox.http()
                        .post(
                                "/sandbox/ami/" + company.id() + "/_answers",
                                "{\"captures\":{\"*\":\""
                                        + capture
                                        + "\"},\"speed\":"
                                        + speed
                                        + "}")
                        .statusCode();
        assertThat(status).isEqualTo(204);
    }

    /** A click as the portal tells it; the id under which the portal registered the call. */
    String click(String user, String number) {
        JsonNode told =
                told(
                        "ONEXTERNALCALLSTART",
                        "{\"PHONE_NUMBER\":\"%s\",\"USER_ID\":\"%s\",\"LINE_NUMBER\":\"\"}"
                                .formatted(number, user));
        assertThat(told.at("/sent/0/status").asInt()).isEqualTo(200);
        return told.at("/data/CALL_ID").asText();
    }

    JsonNode told(String event, String data) {
        String handler = hub.address() + "/crm/bitrix24/" + company.id() + "/main/event";
        return Http.parse(
                sandbox.http()
                        .post(
                                "/sandbox/bitrix24/" + company.id() + "/_event",
                                "{\"event\":\"%s\",\"data\":%s,\"handler\":\"%s\"}"
                                        .formatted(event, data, handler))
                        .body());
    }

    JsonNode finished(String callId) {
        return finished(callId, SOON);
    }

    JsonNode finished(String callId, Duration patience) {
        return Awaitility.await(callId + " is finished")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () ->
                                rows("calls").stream()
                                        .filter(c -> c.path("CALL_ID").asText().equals(callId))
                                        .findFirst()
                                        .orElseThrow(),
                        call -> call.path("finished").asBoolean());
    }

    List<JsonNode> rows(String part) {
        return StreamSupport.stream(company.state().path(part).spliterator(), false).toList();
    }

    List<JsonNode> callsOf(String number) {
        return rows("calls").stream()
                .filter(c -> c.path("PHONE_NUMBER").asText().endsWith(number.substring(2)))
                .toList();
    }

    int originated(String number) {
        return channelsFor(number).size();
    }

    List<String> notices(String user) {
        return rows("notifications").stream()
                .filter(n -> n.path("USER_ID").asText().equals(user))
                .map(n -> n.path("MESSAGE").asText())
                .toList();
    }

    boolean cardOpen(String callId) {
        List<JsonNode> cards =
                rows("cards").stream()
                        .filter(card -> card.path("call").asText().equals(callId))
                        .toList();
        return !cards.isEmpty()
                && cards.get(cards.size() - 1).path("action").asText().equals("show");
    }

    /** Which channels the PBX was told to dial before that client. */
    List<String> channelsFor(String client) {
        return StreamSupport.stream(
                        sandbox.http()
                                .json("/sandbox/ami/" + company.id())
                                .path("originated")
                                .spliterator(),
                        false)
                .filter(action -> action.path("Exten").asText().equals(client.substring(1)))
                .map(action -> action.path("Channel").asText())
                .toList();
    }

    /** What the hub knows of the client's call; missing if nothing. */
    JsonNode known(String client) {
        JsonNode calls = hub.admin().json("/api/v1/companies/" + company.id() + "/calls?limit=500");
        return StreamSupport.stream(calls.path("items").spliterator(), false)
                .filter(call -> call.path("client").asText().equals(client))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    boolean nothingToDo() {
        JsonNode work = hub.admin().json("/health").path("work");
        return work.path("waiting").asInt(-1) == 0 && work.path("retrying").asInt(-1) == 0;
    }

    /** Gives the hub the company's document anew. */
    void provision(Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) hub.admin().json("/api/v1/companies/" + company.id());
        document.remove("warnings");
        change.accept(document);
        PresetCompany.accepted(
                hub.admin().put("/api/v1/companies/" + company.id(), document.toString()));
        company.awaitConnected(hub);
    }
}
