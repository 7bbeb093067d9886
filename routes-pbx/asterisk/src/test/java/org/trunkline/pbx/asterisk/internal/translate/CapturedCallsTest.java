package org.trunkline.pbx.asterisk.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trunkline.model.Call;
import org.trunkline.model.Json;
import org.trunkline.model.Leg;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.EventSelection;

/** Every recorded call becomes exactly the call that its scenario says; see calls/README.md. */
class CapturedCallsTest {

    /** Seconds by which a duration may differ from the scenario's. */
    private static final long TOLERANCE = 1;

    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.asterisk.internal.translate.Captures#names")
    void becomesTheExpectedCalls(String capture) throws IOException {
        assertMatches(Captures.calls(capture), Captures.expected(capture));
    }

    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.asterisk.internal.translate.Captures#names")
    void needsOnlyTheSelectedEvents(String capture) throws IOException {
        List<AmiMessage> selected =
                Captures.messages(capture).stream().filter(EventSelection::isWanted).toList();

        assertMatches(
                Captures.fold(Captures.translate(new Translator(Captures.ACCOUNT), selected)),
                Captures.expected(capture));
    }

    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.asterisk.internal.translate.Captures#names")
    void keepsNothingOfFinishedCalls(String capture) throws IOException {
        Translator translator = new Translator(Captures.ACCOUNT);
        Captures.translate(translator, Captures.messages(capture));

        assertThat(translator.channels()).isZero();
        assertThat(translator.calls()).isZero();
        assertThat(translator.strangeContexts()).isEmpty();
    }

    @Test
    void noCaptureIsForgotten() throws IOException, URISyntaxException {
        Path folder = Path.of(Captures.class.getResource("/captures").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".ami", "")))
                    .containsExactlyInAnyOrderElementsOf(Captures.NAMES);
        }
    }

    static void assertMatches(List<Call> calls, JsonNode expected) {
        ArrayNode actual = Json.MAPPER.createArrayNode();
        for (int i = 0; i < calls.size(); i++) {
            actual.add(asJson(calls.get(i), expected.path(i)));
        }
        assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
        assertThat(calls).allMatch(Call::ended);
    }

    /** As above, but of an unanswered call or leg it does not matter why it was not answered. */
    static void assertSameButWhy(List<Call> calls, JsonNode expected) {
        String why = "\"(missed|busy|cancelled|failed)\"";
        ArrayNode actual = Json.MAPPER.createArrayNode();
        for (int i = 0; i < calls.size(); i++) {
            actual.add(asJson(calls.get(i), expected.path(i)));
        }
        assertThat(actual.toPrettyString().replaceAll(why, "\"unanswered\""))
                .isEqualTo(expected.toPrettyString().replaceAll(why, "\"unanswered\""));
    }

    /** In the shape of the expectation; a duration within the tolerance is taken as expected. */
    private static ObjectNode asJson(Call call, JsonNode expected) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("pbxCallId", call.key());
        json.put("direction", call.direction().orElseThrow().name().toLowerCase());
        call.client().ifPresent(number -> json.put("client", number.value()));
        call.line().ifPresent(number -> json.put("line", number.value()));
        json.put("result", call.result().orElseThrow().name().toLowerCase());
        json.put("talkSeconds", near(call.talkSeconds(), expected));
        ArrayNode legs = json.putArray("legs");
        for (Leg leg : call.legs()) {
            legs.add(asJson(call, leg, expected.path("legs").path(legs.size())));
        }
        ArrayNode recordings = json.putArray("recordings");
        call.recordings().forEach(recording -> recordings.add(recording.source()));
        return json;
    }

    private static ObjectNode asJson(Call call, Leg leg, JsonNode expected) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("extension", leg.extension().orElseThrow());
        json.put("result", leg.result().orElseThrow().name().toLowerCase());
        json.put("talkSeconds", near(leg.talkSeconds(), expected));
        leg.transferredFrom()
                .ifPresent(
                        from ->
                                json.put(
                                        "transferredFrom",
                                        call.leg(from).orElseThrow().extension().orElseThrow()));
        leg.transfer().ifPresent(kind -> json.put("transfer", kind.name().toLowerCase()));
        return json;
    }

    private static long near(long seconds, JsonNode expected) {
        long wanted = expected.path("talkSeconds").asLong();
        boolean bothOrNeither = (seconds > 0) == (wanted > 0);
        return bothOrNeither && Math.abs(seconds - wanted) <= TOLERANCE ? wanted : seconds;
    }
}
