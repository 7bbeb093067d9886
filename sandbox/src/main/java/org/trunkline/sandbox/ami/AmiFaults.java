package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trunkline.sandbox.http.BadRequest;

/** What the AMI side was told to do wrong. */
final class AmiFaults {
    /** The kinds by the names of the control surface. */
    enum Kind {
        /** Every connection is closed now; new ones too while it lasts. */
        cut,
        /** Log-ins fail, whatever the secret. */
        refuseLogin,
        /** Bytes that are no AMI go out before each event. */
        garbage,
        /** Events end in CR LF LF, as some Asterisk releases wrote them. */
        terminator,
        /** Nothing is sent, the connection stays. */
        stall,
        /** A ten megabyte line goes out before the next event. */
        longLine
    }

    private final Map<Kind, Instant> until = new EnumMap<>(Kind.class);
    private final Clock clock;

    AmiFaults(Clock clock) {
        this.clock = clock;
    }

    /** Without {@code forSeconds}: a cut strikes once, the rest last until deleted. */
    synchronized Kind add(JsonNode document) {
        String name = document.path("kind").asText();
        Kind kind =
                Stream.of(Kind.values())
                        .filter(k -> k.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new BadRequest(
                                                "/kind: \""
                                                        + name
                                                        + "\" is none of "
                                                        + List.of(Kind.values())));
        Instant end = kind == Kind.cut ? clock.instant() : Instant.MAX;
        if (document.has("forSeconds")) {
            end = clock.instant().plusMillis((long) (document.get("forSeconds").asDouble() * 1000));
        }
        until.put(kind, end);
        return kind;
    }

    synchronized boolean active(Kind kind) {
        return until.getOrDefault(kind, Instant.MIN).isAfter(clock.instant());
    }

    /** True once for each time the fault was armed. */
    synchronized boolean once(Kind kind) {
        boolean armed = active(kind);
        until.remove(kind);
        return armed;
    }

    synchronized void clear() {
        until.clear();
    }

    synchronized List<String> names() {
        return Stream.of(Kind.values()).filter(this::active).map(Kind::name).toList();
    }
}
