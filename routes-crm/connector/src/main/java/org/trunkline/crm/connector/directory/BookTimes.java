package org.trunkline.crm.connector.directory;

import java.time.Duration;

/**
 * When phone books are looked after.
 *
 * @param catchUp how often changes are asked for; zero: there are no phone books
 * @param again how long after a round the next one begins
 */
public record BookTimes(Duration catchUp, Duration again) {

    /** What holds where the configuration is wrong. */
    public static final BookTimes USUAL = new BookTimes(Duration.ofMinutes(1), Duration.ofHours(1));

    private static final Duration LEAST_CATCH_UP = Duration.ofSeconds(1);
    private static final Duration LEAST_AGAIN = Duration.ofMinutes(1);

    /** So many catch-ups may fail before the book no longer answers in the portal's place. */
    private static final int MISSES = 3;

    /**
     * @param catchUp key {@code book.catch.up}
     * @param again key {@code book.again}
     * @param inForce what a wrong value leaves as it is
     */
    public static BookTimes read(String catchUp, String again, BookTimes inForce) {
        return new BookTimes(
                Times.read("book.catch.up", catchUp, LEAST_CATCH_UP, inForce.catchUp()),
                Times.read("book.again", again, LEAST_AGAIN, inForce.again()));
    }

    /** No book is kept. */
    public boolean off() {
        return catchUp.isZero();
    }

    /** How old an answer of the book may be. */
    public Duration lag() {
        return catchUp.multipliedBy(MISSES);
    }

    /** After so long without a catch-up what was deleted meanwhile is found out by a round only. */
    public Duration outage() {
        return again.compareTo(lag()) > 0 ? again : lag();
    }
}
