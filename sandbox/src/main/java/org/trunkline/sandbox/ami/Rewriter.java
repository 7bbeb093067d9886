package org.trunkline.sandbox.ami;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives one replay ids, times and numbers of its own. Times keep the recorded distances and end
 * when the replay ends, so that a fast replay tells true durations and never dates in the future.
 */
final class Rewriter {
    private static final Pattern CHANNEL =
            Pattern.compile(
                    "(?<![A-Za-z0-9])((?:PJSIP|SIP|IAX2|DAHDI|Local)/[^\\s,;&|<>]+?-)([0-9a-f]{8})(?![0-9a-f])");
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern CLIENT = Pattern.compile("(?<!\\d)79\\d{9}(?!\\d)");
    private static final Pattern COMPANY = Pattern.compile("(?<!\\d)7495\\d{7}(?!\\d)");
    private static final Pattern MONITOR = Pattern.compile("/[^\\s,=]*/monitor(?=/)");

    private final Serials serials;
    private final PlayRequest request;
    private final RecordedTime time;
    private final String run;
    private final Pattern ids;
    private final Map<String, String> calls = new LinkedHashMap<>();
    private final Map<String, String> channels = new LinkedHashMap<>();
    private final Map<String, String> bridges = new LinkedHashMap<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();

    Rewriter(Capture capture, PlayRequest request, Serials serials, Instant start) {
        this.serials = serials;
        this.request = request;
        this.run = Long.toString(serials.nextRun());
        Duration length = capture.length();
        Duration played = Duration.ofNanos((long) (length.toNanos() / request.speed()));
        this.time = RecordedTime.of(capture, start.minus(length.minus(played)));
        this.ids = ids(capture);
        renumber(capture, CLIENT, request.clients());
        renumber(capture, COMPANY, request.did().map(List::of).orElse(List.of()));
    }

    /** Old to new Uniqueids, as far as they have been met. */
    Map<String, String> calls() {
        return calls;
    }

    Map<String, String> channels() {
        return channels;
    }

    /** Recorded to replayed numbers. */
    Map<String, String> numbers() {
        return numbers;
    }

    AmiMessage rewrite(AmiMessage message) {
        long second = time.seconds(message);
        List<String> lines = new ArrayList<>();
        for (String line : message.lines()) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                lines.add(line);
                continue;
            }
            String name = line.substring(0, colon);
            lines.add(name + ": " + value(name, line.substring(colon + 2), second));
        }
        return new AmiMessage(lines);
    }

    private String value(String name, String value, long second) {
        return switch (name) {
            case "Timestamp", "SentNTP" -> time.timestamp(value);
            case "StartTime", "AnswerTime", "EndTime", "EventTime" -> time.text(value);
            case "ActionID" ->
                    request.originated().map(Originated::actionId).orElse(value + "-" + run);
            case "Env" ->
                    encode(text(URLDecoder.decode(value, StandardCharsets.ISO_8859_1), second));
            default -> text(value, second);
        };
    }

    private String text(String value, long second) {
        String out = replace(ids, value, m -> newId(m.group(), second));
        out = replace(CHANNEL, out, this::newChannel);
        out = replace(UUIDS, out, m -> newBridge(m.group()));
        out = replace(CLIENT, out, m -> numbers.getOrDefault(m.group(), m.group()));
        out = replace(COMPANY, out, m -> numbers.getOrDefault(m.group(), m.group()));
        if (request.originated().isPresent()) {
            out = request.originated().get().renamed(out);
        }
        if (request.recordings().isPresent()) {
            out = replace(MONITOR, out, m -> request.recordings().get().toString());
        }
        return out;
    }

    private String newId(String old, long second) {
        if (request.originated().isPresent() && old.matches("crm-call-\\d+")) {
            return request.originated().get().channelId();
        }
        Optional<String> far =
                request.originated().map(Originated::otherChannelId).filter(id -> !id.isEmpty());
        if (far.isPresent() && old.matches("crm-call-\\d+b")) {
            return far.get();
        }
        return calls.computeIfAbsent(
                old,
                id ->
                        id.matches("\\d+\\.\\d+")
                                ? second + "." + serials.nextCall()
                                // A ChannelId that an Originate asked for.
                                : id + "-" + run);
    }

    private String newChannel(Matcher name) {
        return channels.computeIfAbsent(name.group(), old -> name.group(1) + serials.nextChannel());
    }

    private String newBridge(String old) {
        return bridges.computeIfAbsent(old, b -> UUID.randomUUID().toString());
    }

    private void renumber(Capture capture, Pattern recorded, List<String> wanted) {
        Set<String> found = new LinkedHashSet<>();
        capture.messages()
                .forEach(
                        timed ->
                                timed.message()
                                        .lines()
                                        .forEach(
                                                line ->
                                                        recorded.matcher(line)
                                                                .results()
                                                                .forEach(
                                                                        m ->
                                                                                found.add(
                                                                                        m
                                                                                                .group()))));
        int next = 0;
        for (String number : found) {
            numbers.put(number, next < wanted.size() ? wanted.get(next) : number);
            next++;
        }
    }

    /** Every call id of the capture, the longest first so that none hides in another. */
    private static Pattern ids(Capture capture) {
        Set<String> found = new LinkedHashSet<>();
        for (Capture.Timed timed : capture.messages()) {
            for (String line : timed.message().lines()) {
                Optional<String> name =
                        Optional.of(line.indexOf(": "))
                                .filter(i -> i > 0)
                                .map(i -> line.substring(0, i).toLowerCase(java.util.Locale.ROOT));
                if (name.filter(n -> n.endsWith("uniqueid") || n.endsWith("linkedid"))
                        .isPresent()) {
                    String id = line.substring(line.indexOf(": ") + 2).strip();
                    if (!id.isEmpty() && !UUIDS.matcher(id).matches()) {
                        found.add(id);
                    }
                }
            }
        }
        List<String> longestFirst =
                found.stream()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .map(Pattern::quote)
                        .toList();
        return longestFirst.isEmpty()
                ? Pattern.compile("(?!)")
                : Pattern.compile(
                        "(?<![0-9A-Za-z.])(?:"
                                + String.join("|", longestFirst)
                                + ")(?![0-9A-Za-z]|\\.\\d)");
    }

    private static String replace(Pattern pattern, String text, Function<Matcher, String> by) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(by.apply(matcher)));
        }
        return matcher.appendTail(out).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.ISO_8859_1)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
