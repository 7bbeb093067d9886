package org.trunkline.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * A fact's value with what decides between contradicting tellings. {@link #or} is commutative,
 * associative and idempotent, so the order of events does not matter.
 *
 * @param at when it was so by the PBX's clock
 */
record Known<T extends Comparable<? super T>>(T value, Confidence confidence, Instant at) {

    /** The more trusted telling wins; among equals the earlier; then any, but always the same. */
    Known<T> or(Known<T> other) {
        Comparator<Known<T>> byTrust =
                Comparator.<Known<T>, Confidence>comparing(Known::confidence)
                        .reversed()
                        .thenComparing(Known::at)
                        .thenComparing(Known::value);
        return byTrust.compare(this, other) <= 0 ? this : other;
    }

    /** Likewise, but of equals the later: of what changes while a call goes on. */
    Known<T> orLater(Known<T> other) {
        Comparator<Known<T>> byTrust =
                Comparator.<Known<T>, Confidence>comparing(Known::confidence)
                        .thenComparing(Known::at)
                        .thenComparing(Known::value);
        return byTrust.compare(this, other) >= 0 ? this : other;
    }

    static <T extends Comparable<? super T>> Known<T> merge(Known<T> had, Known<T> heard) {
        return had == null ? heard : had.or(heard);
    }
}
