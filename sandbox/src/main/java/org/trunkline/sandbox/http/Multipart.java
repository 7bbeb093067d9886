package org.trunkline.sandbox.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a {@code multipart/form-data} body. Bytes are kept as they came. */
public final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("(?<!file)name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

    private Multipart() {}

    /** One part; {@code filename} is "" for a plain field. */
    public record Part(String name, String filename, byte[] content) {
        String asParameter() {
            String value = new String(content, StandardCharsets.UTF_8);
            return URLEncoder.encode(name, StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    /** The parts in order; none if the content type names no boundary. */
    public static List<Part> parse(Request request) {
        Matcher boundary = BOUNDARY.matcher(request.contentType());
        if (!boundary.find()) {
            return List.of();
        }
        byte[] body = request.body();
        byte[] mark = ("--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int start = find(body, mark, 0);
        while (start >= 0) {
            int next = find(body, mark, start + mark.length);
            if (next < 0) {
                break;
            }
            part(Arrays.copyOfRange(body, start + mark.length, next), parts);
            start = next;
        }
        return parts;
    }

    private static void part(byte[] raw, List<Part> parts) {
        byte[] gap = {'\r', '\n', '\r', '\n'};
        int head = find(raw, gap, 0);
        if (head < 0) {
            return;
        }
        String headers = new String(raw, 0, head, StandardCharsets.UTF_8);
        Matcher name = NAME.matcher(headers);
        Matcher file = FILE.matcher(headers);
        // The line end before the next boundary belongs to the boundary.
        byte[] content = Arrays.copyOfRange(raw, head + 4, Math.max(head + 4, raw.length - 2));
        parts.add(
                new Part(
                        name.find() ? name.group(1) : "",
                        file.find() ? file.group(1) : "",
                        content));
    }

    private static int find(byte[] in, byte[] what, int from) {
        outer:
        for (int i = from; i <= in.length - what.length; i++) {
            for (int j = 0; j < what.length; j++) {
                if (in[i + j] != what[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
