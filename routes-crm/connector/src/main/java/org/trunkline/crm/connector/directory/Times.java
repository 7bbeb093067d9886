package org.trunkline.crm.connector.directory;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Durations of the configuration, and times for portals. */
public final class Times {

    private static final Logger LOG = LoggerFactory.getLogger(Times.class);

    /** Portals want seconds, also where they are none, and a numeric zone. */
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private Times() {}

    /** A time as a portal's filters take it. */
    public static String iso(OffsetDateTime at) {
        return ISO.format(at);
    }

    /**
     * Zero switches something off; a wrong value leaves what was in force.
     *
     * @param key for the log
     */
    public static Duration read(String key, String given, Duration least, Duration inForce) {
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
