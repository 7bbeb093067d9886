package org.trunkline.pbx.mango.internal.translate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.Leg;

/**
 * Ends a call whose summary never came: only the summary says that a call is over, and nothing says
 * that Mango sends again what was not taken. Told as {@link Confidence#POLLED}, so a summary that
 * comes late still has the last word.
 */
public final class Unclosed {

    /** After the last leg; longer than a client waits in a queue between two legs. */
    static final Duration QUIET = Duration.ofMinutes(30);

    /** After a leg began of which nothing more was heard; longer than people talk. */
    static final Duration LONGEST_LEG = Duration.ofHours(12);

    private Unclosed() {}

    /** The end of the call, if it is time to conclude it. The same from any hub, at any time. */
    public static Optional<CallEvent> end(Call call, Instant now) {
        boolean open = call.legs().stream().anyMatch(leg -> !leg.ended());
        Instant last =
                call.legs().stream()
                        .flatMap(Unclosed::times)
                        .reduce(call.startedAt(), (a, b) -> a.isAfter(b) ? a : b);
        if (call.ended() || last.plus(open ? LONGEST_LEG : QUIET).isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(
                new CallEvent(
                        call.company(),
                        call.account(),
                        call.key(),
                        Optional.empty(),
                        Optional.of("unclosed-" + last.getEpochSecond() + "-" + call.key()),
                        0,
                        last,
                        now,
                        Confidence.POLLED,
                        new Fact.Ended(Optional.empty()),
                        "no summary came"));
    }

    private static Stream<Instant> times(Leg leg) {
        return Stream.of(leg.ringingAt(), leg.answeredAt(), leg.endedAt())
                .flatMap(Optional::stream);
    }
}
