package org.trunkline.pbx.t2.internal;

import java.time.Duration;
import org.trunkline.runtime.BackOff;

/**
 * How often t2 is asked. Its limits are not published; two seconds is what integrators use.
 *
 * @param poll between two looks at the live calls
 * @param records between two looks at the records while nothing waits for one
 * @param awaitedRecords the same while a call that is gone waits for its record
 * @param patience how long it waits before it counts as ended without one
 * @param errors after failures
 * @param refused after a refused authorisation
 */
public record Pace(
        Duration poll,
        Duration records,
        Duration awaitedRecords,
        Duration patience,
        BackOff errors,
        Duration refused) {

    public static final Pace USUAL =
            new Pace(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(30),
                    new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
                    Duration.ofMinutes(5));
}
