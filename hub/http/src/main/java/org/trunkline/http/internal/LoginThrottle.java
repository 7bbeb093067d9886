package org.trunkline.http.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** After five failed log-ins in a row an address waits: 1 s, 2 s, 4 s ... at most a minute. */
final class LoginThrottle {
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** An address without a failure for this long begins anew. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private static final int MOST_ADDRESSES = 10_000;

    private record Failures(int count, Instant last) {
        Instant blockedUntil() {
            return count < FREE_FAILURES ? last : last.plus(pause());
        }

        private Duration pause() {
            int doublings = Math.min(count - FREE_FAILURES, 6);
            Duration pause = Duration.ofSeconds(1L << doublings);
            return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        }
    }

    private final Clock clock;
    private final Map<String, Failures> failures =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** How long the address has to wait; empty when it may try now. */
    synchronized Optional<Duration> wait(String address) {
        return Optional.ofNullable(failures.get(address))
                .map(found -> Duration.between(clock.instant(), found.blockedUntil()))
                .filter(wait -> !wait.isNegative() && !wait.isZero());
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        Failures before = failures.remove(address);
        boolean anew = before == null || before.last().plus(FORGOTTEN_AFTER).isBefore(now);
        failures.put(address, new Failures(anew ? 1 : before.count() + 1, now));
    }

    synchronized void succeeded(String address) {
        failures.remove(address);
    }
}
