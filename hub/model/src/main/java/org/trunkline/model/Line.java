package org.trunkline.model;

import java.util.Optional;

/**
 * A number of the company that clients dial or see.
 *
 * @param employee id of the employee whose number it is; only for {@link Kind#DIRECT}
 * @param main the multichannel number shown where none is named
 */
public record Line(PhoneNumber number, Kind kind, Optional<String> employee, boolean main) {

    /** Whom a number belongs to. */
    public enum Kind {
        /** One employee's own. */
        DIRECT,
        /** The company's, behind a menu, a ring group or a queue. */
        MULTICHANNEL
    }
}
