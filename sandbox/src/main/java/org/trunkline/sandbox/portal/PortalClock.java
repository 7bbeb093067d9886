package org.trunkline.sandbox.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** The portal's time: real time, shifted by an offset that a test may set, and what work costs. */
public final class PortalClock {
    private static final DateTimeFormatter STAMP =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Bitrix24 writes its times in the portal's zone, to the second. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    /** How waiting is done; a test's clock jumps instead. */
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    private final Clock clock;
    private final Sleeper sleeper;
    private volatile double factor = 1;
    private volatile Duration offset = Duration.ZERO;

    public PortalClock(Clock clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    public static PortalClock system() {
        return new PortalClock(Clock.systemUTC(), time -> Thread.sleep(time.toMillis()));
    }

    public Instant now() {
        return clock.instant().plus(offset);
    }

    public String nowText() {
        return text(now());
    }

    public static String text(Instant time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                ZonedDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZONE));
    }

    /** For the sandbox's own fields: UTC with milliseconds. */
    public String stamp() {
        return stamp(now());
    }

    public static String stamp(Instant time) {
        return STAMP.format(time);
    }

    public double factor() {
        return factor;
    }

    public Duration offset() {
        return offset;
    }

    /**
     * @param factor multiplies every cost; 0 = none
     */
    public void scale(double factor) {
        this.factor = Math.max(0, factor);
    }

    public void shift(Duration offset) {
        this.offset = offset;
    }

    /** What {@code cost} takes under the factor. */
    public Duration scaled(Duration cost) {
        return Duration.ofNanos((long) (cost.toNanos() * factor));
    }

    /** Spends {@code time} as it is, not scaled. */
    public void spend(Duration time) {
        if (!time.isZero() && !time.isNegative()) {
            try {
                sleeper.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
