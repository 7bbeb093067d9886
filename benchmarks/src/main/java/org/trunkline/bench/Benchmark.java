package org.trunkline.bench;

import java.io.IOException;

/** One measurement, together with the limit that the same machine sets in the same minutes. */
@FunctionalInterface
public interface Benchmark {
    /**
     * Takes the figures; says on standard error what it does meanwhile.
     *
     * @throws IOException if a process or file that it needs fails
     * @throws InterruptedException if it is told to end
     */
    Outcome run(Settings settings) throws IOException, InterruptedException;
}
