package org.trunkline.crm.delivery.internal;

import java.time.DateTimeException;
import java.time.Duration;

/** The bundle's configuration, checked. */
public record Knobs(int parallel, int perPortal, Duration alarmAfter) {

    public static final Knobs DEFAULT = new Knobs(1536, 768, Duration.ofMinutes(15));

    private static final int MOST = 2048;
    private static final Duration LEAST_ALARM = Duration.ofMinutes(1);

    /**
     * Reads what a person wrote.
     *
     * @throws IllegalArgumentException naming the key that is wrong and the cure
     */
    public static Knobs read(int parallel, int perPortal, String alarmAfter) {
        return new Knobs(
                count("parallel", parallel),
                count("per.portal", perPortal),
                duration("alarm.after", alarmAfter));
    }

    private static int count(String key, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    key + " = " + value + " is out of range, give 1 to " + MOST);
        }
        return value;
    }

    private static Duration duration(String key, String value) {
        try {
            Duration read = Duration.parse(value.strip());
            if (read.compareTo(LEAST_ALARM) >= 0) {
                return read;
            }
        } catch (DateTimeException notOne) {
            throw wrong(key, value);
        }
        throw wrong(key, value);
    }

    private static IllegalArgumentException wrong(String key, String value) {
        return new IllegalArgumentException(
                key + " = '" + value + "' is no duration of a minute or more, write it as PT15M");
    }
}
