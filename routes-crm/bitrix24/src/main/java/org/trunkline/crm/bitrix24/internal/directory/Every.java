package org.trunkline.crm.bitrix24.internal.directory;

import java.time.DateTimeException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads durations of the configuration. */
final class Every {

    private static final Logger LOG = LoggerFactory.getLogger(Every.class);

    private Every() {}

    /**
     * Zero switches something off; a wrong value leaves what was in force.
     *
     * @param key for the log
     */
    static Duration read(String key, String given, Duration least, Duration inForce) {
        try {
            Duration read = Duration.parse(given.strip());
            if (read.isZero() || read.compareTo(least) >= 0) {
                return read;
            }
        } catch (DateTimeException e) {
            // told below like every other wrong value
        }
        LOG.error(
                "{} = '{}' is no duration of at least {}; {} stays in force. Write it as PT15M, or"
                        + " PT0S to switch it off",
                key,
                given,
                least,
                inForce);
        return inForce;
    }
}
