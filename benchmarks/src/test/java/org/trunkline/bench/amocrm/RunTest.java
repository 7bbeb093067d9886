package org.trunkline.bench.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final String POPUPS = "POST /api/v2/events";
    private static final String NOTES = "POST /api/v4/leads/notes";

    private final ObjectNode state = new ObjectMapper().createObjectNode();
    private final ArrayNode ledger = state.putArray("ledger");
    private final ArrayNode notes = state.putArray("notes");

    private void sent(String at, String method, String query, int items) {
        ObjectNode request = ledger.addObject().put("at", at).put("method", method);
        request.put("status", 200).put("commands", items).put("millis", 100);
        ArrayNode names = request.putArray("names");
        for (int i = 0; i < items; i++) {
            names.add(method + query);
        }
    }

    private void written(String type, String uniq) {
        notes.addObject().put("note_type", type).putObject("params").put("uniq", uniq);
    }

    @Test
    void twoFullArraysCarryFiftyCallsHoweverManyRequestsTheyTook() throws IOException {
        for (int i = 0; i < 50; i++) {
            written("call_in", "call-" + i);
        }
        sent("2026-11-22T10:00:00Z", POPUPS, "", 20);
        sent("2026-11-22T10:00:01Z", POPUPS, "", 30);
        sent("2026-11-22T10:00:04Z", NOTES, "", 50);

        Run run = Run.of(state, 50);

        assertThat(run.ceiling(5)).isCloseTo(125, within(0.001));
        assertThat(run.ceiling(1)).isCloseTo(25, within(0.001));
        assertThat(run.requestsPerCall()).isCloseTo(0.06, within(0.001));
        assertThat(run.itemsPerCall()).isCloseTo(2, within(0.001));
        assertThat(run.took()).isEqualTo(Duration.ofMillis(4100));
    }

    @Test
    void aQuestionIsARequestOfItsOwn() throws IOException {
        written("call_in", "call-1");
        sent("2026-11-22T10:00:00Z", "GET /api/v4/contacts", "?limit,query,with", 1);
        sent("2026-11-22T10:00:01Z", NOTES, "", 1);

        // One and a fiftieth.
        assertThat(Run.of(state, 1).ceiling(5)).isCloseTo(5 / 1.02, within(0.001));
    }

    @Test
    void callsAreNotChargedForWhatTheHubAsksByTheClock() throws IOException {
        written("call_out", "call-1");
        sent("2026-11-22T09:59:00Z", "POST /oauth2/access_token", "", 1);
        sent("2026-11-22T09:59:00Z", "GET /api/v4/users", "?limit,page", 1);
        sent("2026-11-22T09:59:00Z", "GET /api/v4/leads", "?filter.updated_at,limit,page", 1);
        sent("2026-11-22T09:59:00Z", "GET /api/v4/contacts/custom_fields", "", 1);
        sent("2026-11-22T10:00:00Z", NOTES, "", 1);
        sent("2026-11-22T10:00:01Z", "GET /api/v4/leads", "?filter.id,limit", 1);
        sent("2026-11-22T10:00:02Z", "GET /api/v4/contacts/{id}", "?with", 1);
        sent("2026-11-22T10:05:00Z", "GET /api/v4/account", "", 1);

        Run run = Run.of(state, 1);

        assertThat(run.cost().names())
                .containsOnlyKeys(
                        NOTES,
                        "GET /api/v4/leads?filter.id,limit",
                        "GET /api/v4/contacts/{id}?with");
        assertThat(run.took()).isEqualTo(Duration.ofMillis(2100));
    }

    @Test
    void lostAndDoubledCallsAndRefusalsAreCounted() throws IOException {
        written("call_in", "call-1");
        written("call_in", "call-1");
        written("common", "");
        sent("2026-11-22T10:00:00Z", NOTES, "", 2);
        state.putObject("rate").put("refused", 3).put("blocked", 4);

        Run run = Run.of(state, 3);

        assertThat(run.missing()).isEqualTo(2);
        assertThat(run.twice()).isEqualTo(1);
        assertThat(run.quotaErrors()).isEqualTo(7);
    }

    @Test
    void aRunWithoutCallsHasNoFigures() {
        assertThatThrownBy(() -> Run.of(state, 3)).hasMessageContaining("no call was written");
    }
}
