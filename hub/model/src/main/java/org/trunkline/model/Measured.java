package org.trunkline.model;

import java.util.List;
import java.util.Map;

/**
 * What a bundle counts; an OSGi service of that bundle. {@code GET /metrics} asks all of them at
 * each scrape, so no bundle needs a metrics library.
 */
public interface Measured {

    /** The figures of now. Must return at once. */
    List<Measure> measures();

    /**
     * One figure.
     *
     * @param name as Prometheus wants it: {@code trunkline_journal_events}, base units, without the
     *     {@code _total} that counters get when written
     * @param help one sentence for people; the same for all figures of a name
     * @param labels such as {@code state=dead}; the same keys for all figures of a name
     */
    record Measure(String name, String help, Kind kind, Map<String, String> labels, double value) {}

    /** How a figure moves. */
    enum Kind {
        /** Only grows while the process lives. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }
}
