package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final SetClock clock = new SetClock();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    @Test
    void fiveFailuresAreFree_thenThePauseDoublesUpToAMinute() {
        for (int i = 0; i < 4; i++) {
            throttle.failed("a");
            assertThat(throttle.wait("a")).isEmpty();
        }
        long[] pauses = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long seconds : pauses) {
            throttle.failed("a");
            assertThat(throttle.wait("a")).hasValue(Duration.ofSeconds(seconds));
            clock.now = clock.now.plusSeconds(seconds);
            assertThat(throttle.wait("a")).isEmpty();
        }
    }

    @Test
    void otherAddressesDoNotWait() {
        fail("a", 9);

        assertThat(throttle.wait("b")).isEmpty();
    }

    @Test
    void successEndsIt() {
        fail("a", 9);
        throttle.succeeded("a");

        throttle.failed("a");
        assertThat(throttle.wait("a")).isEmpty();
    }

    @Test
    void tenQuietMinutesEndIt() {
        fail("a", 9);
        clock.now = clock.now.plus(Duration.ofMinutes(11));

        throttle.failed("a");
        assertThat(throttle.wait("a")).isEmpty();
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address);
        }
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
