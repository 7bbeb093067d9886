package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.Json;
import org.trunkline.model.Leg;

/**
 * What t2's lists showed poll by poll, the records afterwards, and the calls that must come of it,
 * worked out by hand. Times are seconds from the beginning.
 */
record Sequence(JsonNode document) {

    static final Instant BEGIN = Instant.parse("2026-11-21T11:05:00Z");

    static final List<String> NAMES =
            List.of(
                    "inbound-answered",
                    "missed",
                    "missed-between-polls",
                    "outgoing",
                    "outgoing-cancelled",
                    "busy",
                    "group",
                    "called-again",
                    "glimpse-missed",
                    "no-record",
                    "among-employees");

    static Company acme(String api) {
        CompanyDocument.Outcome read =
                CompanyDocument.read("acme", Json.tree(document(api)), Map.of(), Set.of());
        if (!read.faults().isEmpty()) {
            throw new IllegalStateException(read.faults().toString());
        }
        return read.company();
    }

    static String document(String api) {
        return """
               {"name":"Acme","region":"RU","pbx":[{"id":"office","kind":"t2","accessToken":"a0","refreshToken":"r0",%s
                "lines":[{"number":"+74951000002","kind":"multichannel","main":true},
                         {"number":"+79580000201","kind":"direct","employee":"ivan"}],
                "employees":[{"id":"ivan","extension":"201","name":"Ivan"},
                             {"id":"anna","extension":"202","name":"Anna","number":"+79580000202"}]}],
                "portals":[],"integrations":[]}
               """
                .formatted(api.isEmpty() ? "" : "\"api\":\"" + api + "\",");
    }

    static Sequence of(String name) {
        try (InputStream in = Sequence.class.getResourceAsStream("/calls/" + name + ".json")) {
            return new Sequence(Json.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As t2 writes it. */
    static ObjectNode record(JsonNode written, Instant begin) {
        ObjectNode record = written.deepCopy();
        record.remove("at");
        Instant at = begin.plusSeconds(written.path("at").asLong());
        record.put("date", at.plus(Duration.ofHours(3)).toString().replace("Z", "+03:00"));
        return record;
    }

    /** All that the polls and then the records tell, by the pure part alone. */
    List<Call> calls() {
        Site site = new Site(acme(""), acme("").pbx().get(0));
        MemoryStore store = new MemoryStore();
        Board board = Board.EMPTY;
        for (JsonNode poll : document.path("polls")) {
            Instant now = BEGIN.plusSeconds(poll.path("at").asLong());
            Board.Step step =
                    board.poll(
                            site,
                            Row.of(poll.path("calls"), poll.path("pending")),
                            now,
                            Duration.ofSeconds(30));
            board = step.board();
            step.tellings().forEach(told -> store.append(List.of(told.event(site, now))));
        }
        Matching matching = Matching.NONE;
        for (JsonNode written : document.path("records")) {
            HistoryRecord record = HistoryRecord.of(record(written, BEGIN)).orElseThrow();
            if (record.parties(site).isPresent()) {
                Site.Parties parties = record.parties(site).get();
                String key = matching.key(record, parties, store.calls());
                matching = matching.with(record, key);
                record.tellings(parties, key, T2Client.base(site.account()))
                        .forEach(told -> store.append(List.of(told.event(site, BEGIN))));
            }
        }
        return store.calls();
    }

    String expected() {
        return sorted(document.path("expected"));
    }

    /** In the shape of the expectation. */
    static String shown(List<Call> calls) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        calls.forEach(call -> all.add(shown(call)));
        return sorted(all);
    }

    private static ObjectNode shown(Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("seen", call.key().split(":")[1]);
        json.put("direction", call.direction().orElseThrow().name().toLowerCase());
        json.put("client", call.client().orElseThrow().value());
        call.line().ifPresent(line -> json.put("line", line.value()));
        json.put("result", call.result().orElseThrow().name().toLowerCase());
        json.put("started", offset(call.startedAt()));
        call.answeredAt().ifPresent(at -> json.put("answered", offset(at)));
        json.put("ended", offset(call.endedAt().orElseThrow()));
        json.put("talkSeconds", call.talkSeconds());
        ArrayNode legs = json.putArray("legs");
        call.legs().forEach(leg -> legs.add(shown(leg)));
        ArrayNode recordings = json.putArray("recordings");
        call.recordings().forEach(recording -> recordings.add(recording.source()));
        json.set("attributes", Json.MAPPER.valueToTree(call.attributes()));
        return json;
    }

    private static ObjectNode shown(Leg leg) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("extension", leg.extension().orElseThrow());
        leg.ringingAt().ifPresent(at -> json.put("ringing", offset(at)));
        leg.answeredAt().ifPresent(at -> json.put("answered", offset(at)));
        leg.endedAt().ifPresent(at -> json.put("ended", offset(at)));
        leg.result().ifPresent(result -> json.put("result", result.name().toLowerCase()));
        return json;
    }

    private static String sorted(JsonNode json) {
        try {
            Object plain = Json.MAPPER.treeToValue(json, Object.class);
            List<Object> order = new ArrayList<>((List<?>) plain);
            return Json.MAPPER
                    .writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .withDefaultPrettyPrinter()
                    .writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long offset(Instant at) {
        return Duration.between(BEGIN, at).toSeconds();
    }
}
