package org.trunkline.pbx.asterisk.internal.translate;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** Times as AMI writes them. */
final class AmiTime {

    private AmiTime() {}

    /** {@code Timestamp: 1795290262.829035}; absent unless manager.conf has timestampevents=yes. */
    static Optional<Instant> of(AmiMessage message) {
        String text = message.get("Timestamp");
        if (!text.matches("\\d{1,12}\\.\\d{1,6}")) {
            return Optional.empty();
        }
        long micros = new BigDecimal(text).movePointRight(6).longValueExact();
        return Optional.of(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    /** {@code Duration: 00:01:07} of a channel list, or {@code Seconds: 67}; zero if absent. */
    static Duration age(AmiMessage channel) {
        String clock = channel.get("Duration");
        if (clock.matches("\\d{1,6}:\\d{2}:\\d{2}")) {
            String[] parts = clock.split(":");
            return Duration.ofHours(Long.parseLong(parts[0]))
                    .plusMinutes(Long.parseLong(parts[1]))
                    .plusSeconds(Long.parseLong(parts[2]));
        }
        String seconds = channel.get("Seconds");
        return seconds.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }
}
