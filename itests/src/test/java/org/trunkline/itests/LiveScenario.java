package org.trunkline.itests;

import java.util.List;
import java.util.function.Function;

/**
 * Calls that phones play, each scenario with employees and clients of its own, so that any number
 * may play at once.
 *
 * @param line the company's number that is called; empty if none is
 * @param employees extensions
 * @param script plays it to the end and says, from the phones' side, what it was
 */
record LiveScenario(
        String name,
        String line,
        List<String> employees,
        Function<SipStage, List<LiveWanted>> script) {
    @Override
    public String toString() {
        return name;
    }
}
