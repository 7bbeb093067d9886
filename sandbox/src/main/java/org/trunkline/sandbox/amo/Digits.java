package org.trunkline.sandbox.amo;

/** How the CRM compares numbers: by the last ten digits. */
final class Digits {
    private static final int COMPARED = 10;

    private Digits() {}

    static String all(String raw) {
        StringBuilder digits = new StringBuilder(raw.length());
        raw.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /** The last ten digits, or as many as there are. */
    static String key(String raw) {
        String digits = all(raw);
        return digits.substring(Math.max(0, digits.length() - COMPARED));
    }

    /** Whether it is too short to be compared whole: it then matches wildly (trap 4). */
    static boolean tooShort(String key) {
        return key.length() < COMPARED;
    }
}
