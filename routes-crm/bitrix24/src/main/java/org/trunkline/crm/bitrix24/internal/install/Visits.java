package org.trunkline.crm.bitrix24.internal.install;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may press the buttons of our page: administrators whom their portal confirmed, by a token
 * that holds for one press within {@link #LIFE}. In memory only: after a restart the page is opened
 * anew. Thread-safe.
 */
final class Visits {

    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int TOKEN_BYTES = 32;
    private static final int MOST = 1_000;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> open =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                    return size() > MOST;
                }
            };

    Visits(Clock clock) {
        this.clock = clock;
    }

    /**
     * An administrator on our page.
     *
     * @param grant what the portal gave with him
     */
    record Visit(String company, String portal, Grant grant) {}

    private record Entry(Visit visit, Instant until) {}

    /** A token for the next press of a button. */
    synchronized String issue(Visit visit) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(token, new Entry(visit, clock.instant().plus(LIFE)));
        return token;
    }

    /** Takes the token, which holds no more then; empty if it did not hold for this portal. */
    synchronized Optional<Visit> redeem(String token, String company, String portal) {
        return Optional.ofNullable(open.remove(token))
                .filter(entry -> clock.instant().isBefore(entry.until()))
                .map(Entry::visit)
                .filter(v -> v.company().equals(company) && v.portal().equals(portal));
    }
}
