package org.trunkline.crm.amocrm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.PhoneNumber;

/**
 * Whom popups found lately: amoCRM looks the client up to show him, and says who he is, so that no
 * second look-up is needed. Thread-safe.
 */
final class PopupReplies {

    /** A call that lasts longer is looked up anew. */
    private static final Duration FRESH = Duration.ofMinutes(2);

    /** A stranger's card invites to save him as a contact, which takes people some time. */
    private static final Duration STRANGE = Duration.ofSeconds(15);

    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Said> byNumber =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
                    return size() > MOST;
                }
            };

    PopupReplies(Clock clock) {
        this.clock = clock;
    }

    /**
     * What a popup showed.
     *
     * @param entity a deal, if it is the client's only open one
     * @param other something that is no entity of ours, such as a customer
     */
    record Shown(Optional<Entity> entity, boolean other) {

        /** Nobody in the account has the number. */
        boolean nobody() {
            return entity.isEmpty() && !other;
        }
    }

    private record Said(Shown shown, Instant at) {}

    synchronized void said(PhoneNumber number, Shown shown) {
        byNumber.remove(number.value());
        byNumber.put(number.value(), new Said(shown, clock.instant()));
    }

    /** What is not to be believed any more, for something was made since. */
    synchronized void forget(PhoneNumber number) {
        byNumber.remove(number.value());
    }

    synchronized Optional<Shown> of(PhoneNumber number) {
        return Optional.ofNullable(byNumber.get(number.value()))
                .filter(
                        said ->
                                said.at()
                                        .plus(said.shown().nobody() ? STRANGE : FRESH)
                                        .isAfter(clock.instant()))
                .map(Said::shown);
    }
}
