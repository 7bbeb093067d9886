package org.trunkline.bench;

import java.util.Collection;
import java.util.List;

/** Measured values, sorted. */
public record Samples(List<Double> sorted) {

    /**
     * @throws IllegalArgumentException when there are none: an empty run has no figures
     */
    public Samples {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = sorted.stream().sorted().toList();
    }

    public static Samples of(Collection<Double> values) {
        return new Samples(List.copyOf(values));
    }

    /**
     * The least value that at least so many percent of all do not exceed (nearest rank): always one
     * that was seen.
     *
     * @param percent above 0, up to 100
     */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }

    /** The middle one; of an even number the mean of both in the middle. */
    public double median() {
        int size = sorted.size();
        return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    public double largest() {
        return sorted.get(sorted.size() - 1);
    }

    /** Distance between smallest and largest as a share of the median. */
    public double spread() {
        return (largest() - sorted.get(0)) / median();
    }
}
