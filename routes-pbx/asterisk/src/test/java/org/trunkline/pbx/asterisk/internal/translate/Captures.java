package org.trunkline.pbx.asterisk.internal.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Json;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessages;

/** The recorded calls, and what becomes of events. */
final class Captures {

    static final AccountView ACCOUNT =
            new AccountView(
                    "acme",
                    "office",
                    "RU",
                    Set.of("from-trunk"),
                    Set.of("internal"),
                    Set.of("201", "202", "203", "204", "209"));

    /** All scenarios. */
    static final List<String> NAMES =
            List.of(
                    "actions",
                    "attended-transfer",
                    "attended-transfer-noanswer",
                    "attended-transfer-refer",
                    "attended-transfer-while-ringing",
                    "blind-transfer",
                    "blind-transfer-chain",
                    "blind-transfer-noanswer",
                    "blind-transfer-refer",
                    "blind-transfer-to-queue",
                    "callback-ringall",
                    "callback-ringall-noanswer",
                    "consultation-client-gone",
                    "consultation-only",
                    "inbound-answered",
                    "inbound-answered-callee-hangs-up",
                    "inbound-busy",
                    "inbound-caller-cancel",
                    "inbound-declined",
                    "inbound-local-mikopbx",
                    "inbound-noanswer",
                    "inbound-unregistered",
                    "internal-answered",
                    "internal-busy",
                    "internal-noanswer",
                    "internal-queue",
                    "local-noanswer",
                    "mixmonitor",
                    "mixmonitor-ami",
                    "originate-click2call",
                    "originate-click2call-pjsip",
                    "originate-client-busy",
                    "originate-employee-busy",
                    "originate-employee-noanswer",
                    "originate-employee-noanswer-16",
                    "originate-internal",
                    "originate-unregistered",
                    "outbound-answered",
                    "outbound-attended-transfer",
                    "outbound-blind-transfer",
                    "outbound-busy",
                    "outbound-caller-cancel",
                    "outbound-client-hangs-up",
                    "outbound-failed",
                    "queue-abandoned",
                    "queue-answered",
                    "queue-linear-second-member",
                    "queue-local-members",
                    "queue-timeout",
                    "redirect",
                    "ringall-answered",
                    "ringall-noanswer",
                    "route-ami-redirect",
                    "route-asyncagi",
                    "route-curl",
                    "route-fastagi",
                    "two-concurrent");

    private static final Map<String, List<AmiMessage>> READ =
            NAMES.stream().collect(Collectors.toMap(name -> name, Captures::read));

    private Captures() {}

    static Stream<String> names() {
        return NAMES.stream();
    }

    static List<AmiMessage> messages(String capture) {
        return READ.get(capture);
    }

    private static List<AmiMessage> read(String capture) {
        try (InputStream in = Captures.class.getResourceAsStream("/captures/" + capture + ".ami")) {
            return AmiMessages.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(capture, e);
        }
    }

    static JsonNode expected(String capture) throws IOException {
        try (InputStream in = Captures.class.getResourceAsStream("/calls/" + capture + ".json")) {
            return Json.MAPPER.readTree(in);
        }
    }

    static List<CallEvent> translate(Translator translator, List<AmiMessage> messages) {
        List<CallEvent> told = new ArrayList<>();
        for (AmiMessage message : messages) {
            Instant sent = AmiTime.of(message).orElse(Instant.parse("2026-11-21T19:44:00Z"));
            told.addAll(translator.hear(message, sent));
        }
        return told;
    }

    static List<Call> fold(List<CallEvent> events) {
        Map<String, CallFold> folds = new LinkedHashMap<>();
        for (CallEvent event : events) {
            CallFold fold =
                    folds.getOrDefault(
                            event.callKey(),
                            CallFold.of(event.company(), event.account(), event.callKey()));
            folds.put(event.callKey(), fold.with(event));
        }
        return folds.values().stream()
                .map(CallFold::call)
                .filter(call -> call.mergedInto().isEmpty())
                .sorted((a, b) -> a.startedAt().compareTo(b.startedAt()))
                .toList();
    }

    static List<Call> calls(String capture) throws IOException {
        return fold(translate(new Translator(ACCOUNT), messages(capture)));
    }
}
