package org.trunkline.sandbox.ami;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Moves recorded times to when the replay takes place.
 *
 * @param shiftMicros what is added
 * @param newStart where the first event lands
 */
record RecordedTime(long shiftMicros, Instant newStart) {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    static RecordedTime of(Capture capture, Instant newStart) {
        Optional<Long> first =
                capture.messages().stream()
                        .flatMap(timed -> timed.message().get("Timestamp").stream())
                        .map(RecordedTime::micros)
                        .findFirst();
        long start = newStart.getEpochSecond() * 1_000_000 + newStart.getNano() / 1000;
        return new RecordedTime(start - first.orElse(start), newStart);
    }

    /** {@code 1795290262.829035}, to the microsecond. */
    String timestamp(String recorded) {
        long micros = micros(recorded) + shiftMicros;
        return String.format("%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    /** The second of the message after the move, for ids made at that moment. */
    long seconds(AmiMessage message) {
        return message.get("Timestamp")
                .map(stamp -> (micros(stamp) + shiftMicros) / 1_000_000)
                .orElse(newStart.getEpochSecond());
    }

    /** Times of call records: whole seconds, so that durations between them stay as they were. */
    String text(String recorded) {
        if (!recorded.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d")) {
            return recorded;
        }
        LocalDateTime at = LocalDateTime.parse(recorded, TEXT);
        long first =
                newStart.getEpochSecond() * 1_000_000 + newStart.getNano() / 1000 - shiftMicros;
        long shift = newStart.getEpochSecond() - first / 1_000_000;
        return at.atOffset(ZoneOffset.UTC).plusSeconds(shift).format(TEXT);
    }

    private static long micros(String stamp) {
        String[] parts = stamp.split("\\.");
        return Long.parseLong(parts[0]) * 1_000_000 + Long.parseLong(parts[1]);
    }
}
