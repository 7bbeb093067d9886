package org.trunkline.pbx.uis.internal;

/**
 * Mends what becomes of a template whose parameters UIS has no value for, or does not know: the
 * placeholder is left as it stands, or nothing at all stands in its place. Both make {@code null}.
 * One pass, whatever is sent.
 */
final class Placeholders {

    private static final int LONGEST = 100;

    private final String json;
    private final StringBuilder mended;
    private int at;

    private Placeholders(String json) {
        this.json = json;
        this.mended = new StringBuilder(json.length() + 64);
    }

    /** The same JSON with {@code null} where a value is missing. */
    static String emptied(String json) {
        return new Placeholders(json).mend();
    }

    private String mend() {
        boolean valueDue = false;
        while (at < json.length()) {
            char c = json.charAt(at);
            int placeholder = c == '{' ? placeholderEnd(at) : -1;
            if (c == '"') {
                copyQuoted();
                valueDue = false;
            } else if (placeholder >= 0) {
                mended.append("null");
                at = placeholder;
                valueDue = false;
            } else {
                if (valueDue && (c == ',' || c == '}')) {
                    mended.append("null");
                }
                valueDue = c == ':' || valueDue && Character.isWhitespace(c);
                mended.append(c);
                at++;
            }
        }
        return mended.toString();
    }

    private void copyQuoted() {
        int end = at + 1;
        while (end < json.length() && json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end + 1, json.length());
        boolean unfilled = at + 1 < end && placeholderEnd(at + 1) == end - 1;
        mended.append(unfilled ? "null" : json.substring(at, end));
        at = end;
    }

    /** Where the placeholder that begins here ends; -1: none begins here. */
    private int placeholderEnd(int from) {
        if (!json.startsWith("{{", from)) {
            return -1;
        }
        int i = from + 2;
        while (i < json.length() && i < from + LONGEST && isName(json.charAt(i))) {
            i++;
        }
        return json.startsWith("}}", i) ? i + 2 : -1;
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ' ';
    }
}
