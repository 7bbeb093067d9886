package org.trunkline.pbx.mango.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.Json;
import org.trunkline.model.Leg;
import org.trunkline.model.Recording;
import org.trunkline.pbx.mango.internal.translate.Sequences.Message;

/** Each sequence of messages becomes the call that was worked out by hand beside it. */
class SequencesTest {

    private static final String NAMES =
            "org.trunkline.pbx.mango.internal.translate.Sequences#names";

    @ParameterizedTest
    @MethodSource(NAMES)
    void becomesTheExpectedCall_X2(String name) {
        Call call = Sequences.fold(Sequences.messages(name));

        assertThat(json(call).toPrettyString())
                .isEqualTo(Sequences.expected(name).toPrettyString());
    }

    /** The closing record tells the outcome, whichever other message the hub missed. */
    @ParameterizedTest
    @MethodSource(NAMES)
    void anyOneMessageMayBeLostButTheSummary_X3(String name) {
        List<Message> all = Sequences.messages(name);
        Call whole = Sequences.fold(all);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).kind().equals("summary")) {
                continue;
            }
            List<Message> others = new ArrayList<>(all);
            Message lost = others.remove(i);

            Call call = Sequences.fold(others);

            assertThat(call.direction()).as("without %s", lost).isEqualTo(whole.direction());
            assertThat(call.client()).as("without %s", lost).isEqualTo(whole.client());
            assertThat(call.line()).as("without %s", lost).isEqualTo(whole.line());
            assertThat(call.startedAt()).as("without %s", lost).isEqualTo(whole.startedAt());
            assertThat(call.endedAt()).as("without %s", lost).isEqualTo(whole.endedAt());
            assertThat(answered(call)).as("without %s", lost).isEqualTo(answered(whole));
        }
    }

    private static boolean answered(Call call) {
        return call.result().equals(Optional.of(CallResult.ANSWERED));
    }

    /** T7: the card opens when the phone rings; by then the client and the employee are known. */
    @Test
    void theFirstMessageSaysWhoCallsWhom_T7() {
        Call call = Sequences.fold(Sequences.messages("inbound-missed").subList(0, 1));

        assertThat(call.direction()).contains(Direction.INBOUND);
        assertThat(call.client())
                .hasValueSatisfying(n -> assertThat(n.value()).isEqualTo("+79161234567"));
        assertThat(call.legs())
                .singleElement()
                .satisfies(leg -> assertThat(leg.extension()).contains("201"))
                .satisfies(leg -> assertThat(leg.ringing()).isTrue());
    }

    /** T8: who is rung together sees the card, until one of them answers. */
    @Test
    void allOfARingGroupRingAtOnce_T8() {
        Call call = Sequences.fold(Sequences.messages("ring-group-answered").subList(0, 4));

        assertThat(call.legs()).hasSize(3).allMatch(Leg::ringing);
    }

    /** Before the summary tells the direction, only the commands' fields do. */
    @ParameterizedTest
    @ValueSource(strings = {"callback-answered", "callback-declined", "callback-employee-absent"})
    void aCallbackIsOutgoingFromItsFirstMessageOn_K1(String name) {
        Call call = Sequences.fold(Sequences.messages(name).subList(0, 1));

        assertThat(call.direction()).contains(Direction.OUTBOUND);
        assertThat(call.legs()).singleElement().matches(Leg::ringing);
    }

    /** M4, X1: a transfer is told before the call is over, so its record need not wait. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blind-transfer",
                "blind-transfer-unanswered",
                "blind-transfer-chain",
                "consultation-then-transfer",
                "consultation-then-transfer-v2",
                "transfer-to-queue",
                "outbound-then-blind-transfer"
            })
    void transfersAreKnownWithoutTheSummary_M4_X1(String name) {
        List<Message> live =
                Sequences.messages(name).stream().filter(m -> !m.kind().equals("summary")).toList();

        Call call = Sequences.fold(live);

        assertThat(call.ended()).isFalse();
        assertThat(legs(call).toPrettyString())
                .isEqualTo(Sequences.expected(name).path("legs").toPrettyString());
    }

    private static ObjectNode json(Call call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        call.direction().ifPresent(d -> json.put("direction", lower(d)));
        call.client().ifPresent(number -> json.put("client", number.value()));
        call.line().ifPresent(number -> json.put("line", number.value()));
        call.result().ifPresent(result -> json.put("result", lower(result)));
        json.put("startedAt", call.startedAt().getEpochSecond());
        call.endedAt().ifPresent(at -> json.put("endedAt", at.getEpochSecond()));
        json.put("talkSeconds", call.talkSeconds());
        json.set("legs", legs(call));
        ArrayNode recordings = json.putArray("recordings");
        call.recordings().forEach(recording -> recordings.add(json(recording)));
        ObjectNode attributes = json.putObject("attributes");
        call.attributes().forEach(attributes::put);
        return json;
    }

    private static ArrayNode legs(Call call) {
        ArrayNode legs = Json.MAPPER.createArrayNode();
        for (Leg leg : call.legs()) {
            ObjectNode json = legs.addObject();
            json.put("key", leg.key());
            leg.extension().ifPresent(extension -> json.put("extension", extension));
            seconds(json, "ringingAt", leg.ringingAt());
            seconds(json, "answeredAt", leg.answeredAt());
            seconds(json, "endedAt", leg.endedAt());
            leg.result().ifPresent(result -> json.put("result", lower(result)));
            leg.transferredFrom().ifPresent(from -> json.put("transferredFrom", from));
            leg.transfer().ifPresent(kind -> json.put("transfer", lower(kind)));
        }
        return legs;
    }

    private static void seconds(ObjectNode json, String name, Optional<Instant> at) {
        at.ifPresent(time -> json.put(name, time.getEpochSecond()));
    }

    private static JsonNode json(Recording recording) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("id", recording.id()).put("source", recording.source());
        recording.legKey().ifPresent(leg -> json.put("leg", leg));
        return json;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
