package org.trunkline.crm.delivery.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.runtime.BackOff;
import org.trunkline.store.Work;

/**
 * What becomes of a row that could not be brought to its CRM (design, "Durability"): infrastructure
 * is waited for without end, a person is asked at once where waiting will not help, and a row that
 * brings down its own delivery three times in a row is set aside.
 */
public final class Setbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

    private static final BackOff RETRYABLE =
            new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final BackOff AUTH = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final BackOff AWAY = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private static final int MOST_UNEXPECTED = 3;

    /** The row's own error tells how often it fell: that outlives a restart. */
    private static final Pattern UNEXPECTED = Pattern.compile("unexpected fault (\\d) of \\d: .*");

    private final Work work;
    private final Absences absences;
    private final Clock clock;

    public Setbacks(Work work, Absences absences, Clock clock) {
        this.work = work;
        this.absences = absences;
        this.clock = clock;
    }

    /** The portal can't be reached, or asks to be left alone. */
    void retryable(Work.Item item, Fault.Retryable fault) {
        Duration wait = wait(RETRYABLE, item);
        Duration asked = fault.retryAfter().orElse(Duration.ZERO);
        retry(item, fault.getMessage(), wait.compareTo(asked) > 0 ? wait : asked);
        if (fault instanceof Fault.Away) {
            // Not before: the portal may be back meanwhile, and the next call that reaches it
            // hurries only
            // rows that wait already.
            absences.away(item);
        }
    }

    /** Nobody can say when a person authorises the portal again: each minute is soon enough. */
    void unauthorized(Work.Item item, Fault.Auth fault) {
        retry(item, "portal paused: " + withCure(fault), wait(AUTH, item));
    }

    void away(Work.Item item, ConnectorAway reason) {
        retry(item, reason.getMessage(), wait(AWAY, item));
    }

    void data(Work.Item item, Fault.Data fault) {
        work.dead(item, withCure(fault));
        LOG.warn("Call {} waits for a person: {}", name(item), withCure(fault));
    }

    void unexpected(Work.Item item, Exception fault) {
        int falls = 1 + item.error().map(Setbacks::falls).orElse(0);
        String error = "unexpected fault " + falls + " of " + MOST_UNEXPECTED + ": " + fault;
        if (falls < MOST_UNEXPECTED) {
            work.retry(item, error, clock.instant().plus(wait(RETRYABLE, item)));
            LOG.warn("Call {} failed, tried again: {}", name(item), error, fault);
        } else {
            work.dead(item, error);
            LOG.error("Call {} is set aside: {}", name(item), error, fault);
        }
    }

    private void retry(Work.Item item, String error, Duration wait) {
        work.retry(item, error, clock.instant().plus(wait));
        if (item.attempts() == 0) {
            LOG.info("Call {} waits {}: {}", name(item), wait, error);
        } else {
            LOG.debug("Call {} waits {}: {}", name(item), wait, error);
        }
    }

    private static Duration wait(BackOff backOff, Work.Item item) {
        return backOff.after(item.attempts() + 1, ThreadLocalRandom.current());
    }

    private static int falls(String error) {
        Matcher matcher = UNEXPECTED.matcher(error.lines().findFirst().orElse(""));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String withCure(Fault fault) {
        return fault.cure().isEmpty()
                ? fault.getMessage()
                : fault.getMessage() + " (" + fault.cure() + ")";
    }

    private static String name(Work.Item item) {
        return item.call() + " in " + item.company() + "/" + item.integration();
    }
}
