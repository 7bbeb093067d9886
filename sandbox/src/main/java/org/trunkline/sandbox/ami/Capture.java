package org.trunkline.sandbox.ami;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.BadRequest;

/**
 * A recorded AMI session, reduced to what any other client of that Asterisk would have seen: the
 * events, without the answers to the recorder's own actions and without its log-in.
 */
record Capture(String name, List<Timed> messages) {
    private static final String FOLDER = "/captures/";
    private static final Set<String> SESSION =
            Set.of("FullyBooted", "SuccessfulAuth", "ChallengeSent", "ChallengeResponseFailed");

    /** Events that carry the ActionID of what caused them and yet go to everybody. */
    private static final Set<String> PUBLIC = Set.of("OriginateResponse", "UserEvent");

    /**
     * @param at since the first event
     */
    record Timed(Duration at, AmiMessage message) {}

    /** How long the replay takes at its own speed. */
    Duration length() {
        return messages.isEmpty() ? Duration.ZERO : messages.get(messages.size() - 1).at();
    }

    /** Names of all captures, sorted. */
    static List<String> names() {
        return text("index").lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * @throws BadRequest if there is no such capture
     */
    static Capture load(String name) {
        if (!names().contains(name)) {
            throw new BadRequest("/capture: \"" + name + "\" is none of " + names());
        }
        Arrivals arrivals = new Arrivals(find(name + ".timing"));
        return new Capture(name, read(text(name + ".ami"), arrivals));
    }

    private static List<Timed> read(String raw, Arrivals arrivals) {
        List<Timed> kept = new ArrayList<>();
        double first = -1;
        int start = raw.indexOf(AmiMessage.END) + 2;
        while (start < raw.length()) {
            int end = raw.indexOf(AmiMessage.END + AmiMessage.END, start);
            if (end < 0) {
                break;
            }
            AmiMessage message =
                    new AmiMessage(List.of(raw.substring(start, end).split(AmiMessage.END)));
            start = end + 4;
            if (isPublic(message)) {
                double seconds = arrivals.at(message, start - 1);
                first = first < 0 ? seconds : first;
                long millis = Math.round((seconds - first) * 1000);
                kept.add(new Timed(Duration.ofMillis(millis), message));
            }
        }
        return List.copyOf(kept);
    }

    private static boolean isPublic(AmiMessage message) {
        String event = message.text("Event");
        return !event.isEmpty()
                && !SESSION.contains(event)
                && (message.get("ActionID").isEmpty() || PUBLIC.contains(event));
    }

    private static String text(String file) {
        return find(file)
                .orElseThrow(
                        () -> new IllegalStateException("The sandbox was built without " + file));
    }

    private static Optional<String> find(String file) {
        try (InputStream in = Capture.class.getResourceAsStream(FOLDER + file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException("Unreadable: " + FOLDER + file, e);
        }
    }
}
