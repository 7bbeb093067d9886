package org.trunkline.crm.bitrix24.internal;

/**
 * A portal's leaky bucket (docs/bitrix24.md, "What it costs"): each request adds 1, it leaks
 * steadily and refuses what would overflow it.
 *
 * @param size requests that fit, 50 on most plans, 250 on Enterprise
 * @param leakPerSecond 2 on most plans, 5 on Enterprise
 */
record Limits(int size, double leakPerSecond) {

    /** Every plan but Enterprise. */
    static final Limits COMMON = new Limits(50, 2);

    Limits {
        if (size < 5 || leakPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "bucket.size must be 5 or more and bucket.leak above 0: give those of the"
                            + " portal's plan, 50 and 2 or 250 and 5");
        }
    }

    /** What the backlog leaves free, so that a card never waits behind it. */
    int reservedForCards() {
        return size / 5;
    }
}
