package org.trunkline.sandbox.bitrix;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** The portal's time: real time, shifted by an offset that a test may set, and what work costs. */
final class PortalClock {
    private static final DateTimeFormatter STAMP =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Bitrix24 writes its times in the portal's zone, to the second. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    /** How waiting is done; a test's clock jumps instead. */
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    private final Clock clock;
    private final Sleeper sleeper;
    private volatile double factor = 1;
    private volatile Duration offset = Duration.ZERO;

    PortalClock(Clock clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    static PortalClock system() {
        return new PortalClock(Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }

    Instant now() {
        return clock.instant().plus(offset);
    }

    String nowText() {
        return text(now());
    }

    static String text(Instant time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                ZonedDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZONE));
    }

    /** For the sandbox's own fields: UTC with milliseconds. */
    String stamp() {
        return stamp(now());
    }

    static String stamp(Instant time) {
        return STAMP.format(time);
    }

    double factor() {
        return factor;
    }

    Duration offset() {
        return offset;
    }

    /**
     * @param factor multiplies every cost; 0 = none
     */
    void scale(double factor) {
        this.factor = Math.max(0, factor);
    }

    void shift(Duration offset) {
        this.offset = offset;
    }

    /** What {@code cost} takes under the factor. */
    Duration scaled(Duration cost) {
        return Duration.ofNanos((long) (cost.toNanos() * factor));
    }

    /** Spends {@code time} as it is, not scaled. */
    void spend(Duration time) {
        if (!time.isZero() && !time.isNegative()) {
            try {
                sleeper.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
