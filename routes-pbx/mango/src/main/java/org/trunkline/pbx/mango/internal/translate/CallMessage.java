package org.trunkline.pbx.mango.internal.translate;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.PhoneNumber;

/** {@code events/call}: something happened to one leg (VPBX API 1.9, section 3.1.2). */
record CallMessage(NativeMessage message) {

    String leg() {
        return message.id("call_id");
    }

    Instant at() {
        return message.mustTime("timestamp");
    }

    /** {@code Appeared}, {@code Connected}, {@code OnHold} or {@code Disconnected}. */
    String state() {
        return message.id("call_state");
    }

    Party from() {
        return new Party(message.part("from"));
    }

    Party to() {
        return new Party(message.part("to"));
    }

    boolean inMenuOrQueue() {
        return message.text("location").filter(at -> !at.equals("abonent")).isPresent();
    }

    /** Whether a command, a campaign or a widget made this leg. */
    boolean commanded() {
        return message.has("command_id")
                || message.has("task_id")
                || message.has("callback_initiator");
    }

    /** {@code consultative}, {@code blind} or {@code return_blind}; only since version 2. */
    Optional<String> transfer() {
        return message.text("transfer");
    }

    boolean consultative() {
        return transfer().filter("consultative"::equals).isPresent();
    }

    /** Whether the leg rings back at who handed the call over in vain. */
    boolean returned() {
        return transfer().filter("return_blind"::equals).isPresent();
    }

    DisconnectReason reason() {
        return new DisconnectReason(message.number("disconnect_reason"));
    }

    Optional<String> group() {
        return message.part("to").text("acd_group");
    }

    /** Digits of call tracking: 1 dynamic, 2 static; 0, no tracking, is empty. */
    Optional<String> tracking() {
        return message.part("dct")
                .text("type")
                .flatMap(
                        type ->
                                switch (type) {
                                    case "1" -> Optional.of("dynamic");
                                    case "2" -> Optional.of("static");
                                    default -> Optional.empty();
                                });
    }

    /** The number that the client saw and dialled, where call tracking replaced the line's. */
    Optional<PhoneNumber> trackedNumber(String region) {
        return tracking()
                .flatMap(type -> message.part("dct").text("number"))
                .flatMap(number -> Party.phone(number, region));
    }

    Optional<PhoneNumber> line(String region) {
        return message.part("to").text("line_number").flatMap(n -> Party.phone(n, region));
    }
}
