package org.trunkline.pbx.mango.internal.translate;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.CallResult;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/**
 * The facts of {@code events/summary}, Mango's closing record of a call (VPBX API 1.9, section
 * 3.1.6). It corrects what was concluded live and fills what was missed. {@code talk_time} is the
 * time of the answer, 0 if there was none; {@code entry_result} says 1 for a call that only a menu
 * "answered" and is not used.
 */
final class SummaryTelling {

    private SummaryTelling() {}

    /**
     * @throws IllegalArgumentException if a field without which there is no fact is missing
     */
    static void tell(NativeMessage summary, String region, PbxAccount account, Told told) {
        Instant created = summary.mustTime("create_time");
        Instant ended = summary.mustTime("end_time");
        Optional<Instant> talk = summary.time("talk_time");
        Direction direction = direction(summary);
        Party from = new Party(summary.part("from"));
        Party to = new Party(summary.part("to"));

        told.call(
                Confidence.FINAL,
                created,
                new Fact.Started(
                        Optional.of(direction),
                        client(direction, from, to, region),
                        Optional.empty()));
        // The summary does not know of call tracking: the number dialled, told live, stands.
        summary.text("line_number")
                .flatMap(number -> Party.phone(number, region))
                .ifPresent(
                        line ->
                                told.call(
                                        Confidence.POLLED,
                                        created,
                                        new Fact.Started(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of(line))));
        Instant reached = talk.orElse(created);
        if (direction != Direction.INBOUND) {
            from.extension().ifPresent(who -> reported(who, talk.isPresent(), reached, told));
        }
        if (direction != Direction.OUTBOUND) {
            // Of a missed call it may be the group's number.
            to.extension()
                    .filter(who -> talk.isPresent() || account.byExtension(who).isPresent())
                    .ifPresent(who -> reported(who, talk.isPresent(), reached, told));
        }
        DisconnectReason reason = new DisconnectReason(summary.number("disconnect_reason"));
        told.call(
                Confidence.FINAL,
                ended,
                new Fact.Ended(
                        talk.isPresent()
                                ? Optional.of(CallResult.ANSWERED)
                                : reason.ofUnanswered(direction)));
    }

    private static void reported(String extension, boolean talked, Instant at, Told told) {
        told.call(Confidence.FINAL, at, new Fact.Reported(extension, talked));
    }

    private static Direction direction(NativeMessage summary) {
        return switch (summary.id("call_direction")) {
            case "0" -> Direction.INTERNAL;
            case "1" -> Direction.INBOUND;
            case "2" -> Direction.OUTBOUND;
            default -> throw new IllegalArgumentException("call_direction must be 0, 1 or 2");
        };
    }

    private static Optional<PhoneNumber> client(
            Direction direction, Party from, Party to, String region) {
        return switch (direction) {
            case INBOUND -> from.number(region);
            case OUTBOUND -> to.number(region);
            case INTERNAL -> Optional.empty();
        };
    }
}
