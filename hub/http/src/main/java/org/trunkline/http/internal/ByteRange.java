package org.trunkline.http.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a body (RFC 9110, section 14.1.2). Pure.
 *
 * @param length 0: nothing of what was asked for is there
 */
record ByteRange(long first, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** More digits than any file has bytes. */
    private static final int MOST_DIGITS = 18;

    /**
     * What a Range header asks for. Empty: all; so are several ranges, and whatever is none, which
     * a server may pass over.
     */
    static Optional<ByteRange> read(String header, long size) {
        Matcher range = ONE.matcher(header.replaceAll("\\s", ""));
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        long second = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        if (range.group(1).isEmpty()) {
            long length = Math.min(second, size);
            return Optional.of(new ByteRange(size - length, length));
        }
        long first = number(range.group(1));
        if (second < first) {
            return Optional.empty();
        }
        return Optional.of(
                first >= size
                        ? new ByteRange(0, 0)
                        : new ByteRange(first, Math.min(second, size - 1) - first + 1));
    }

    private static long number(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(plain);
    }

    /** As in Content-Range. */
    String of(long size) {
        return length == 0
                ? "bytes */" + size
                : "bytes %d-%d/%d".formatted(first, first + length - 1, size);
    }
}
