package org.trunkline.bench;

import java.util.Locale;

/** What a run says of itself while it lasts: on standard error, so that the JSON stays alone. */
public final class Progress {
    private Progress() {}

    /**
     * @param format as of {@link String#format}
     */
    public static void say(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }
}
