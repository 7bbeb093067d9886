package org.trunkline.pbx.uis.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.TransferKind;

/**
 * Transfers, which no notification names: a phone that begins to ring after another employee began
 * to talk to the client was rung by a transfer (rules M4, X1), from whoever began to talk last.
 * Blind if that talk was over by then.
 *
 * <p>The more is known, the truer: each pair of "he began to talk, then that phone rang" is told,
 * and of all that name one leg the call keeps the telling with the earliest time. So the time told
 * is the later, the longer the talk began before the ringing, and the outcome is the same in
 * whatever order the notifications came.
 */
final class Transfers {

    private Transfers() {}

    /**
     * @param heard all that was heard of one call so far
     * @return what follows from it; the same again each time
     */
    static List<CallEvent> in(List<CallEvent> heard) {
        List<CallEvent> concluded = new ArrayList<>();
        for (CallEvent rang : live(heard, Fact.LegRinging.class)) {
            for (CallEvent talked : live(heard, Fact.LegAnswered.class)) {
                boolean after = talked.occurredAt().isBefore(rang.occurredAt());
                if (after && !talked.legKey().equals(rang.legKey())) {
                    concluded.add(transfer(heard, talked, rang));
                }
            }
        }
        return concluded;
    }

    private static List<CallEvent> live(List<CallEvent> heard, Class<? extends Fact> fact) {
        return heard.stream()
                .filter(event -> event.confidence() == Confidence.LIVE)
                .filter(event -> fact.isInstance(event.fact()))
                .toList();
    }

    private static CallEvent transfer(List<CallEvent> heard, CallEvent talked, CallEvent rang) {
        String from = talked.legKey().orElseThrow();
        Instant at = rang.occurredAt();
        boolean over =
                live(heard, Fact.LegEnded.class).stream()
                        .anyMatch(
                                ended ->
                                        ended.legKey().equals(talked.legKey())
                                                && !ended.occurredAt().isAfter(at));
        TransferKind kind = over ? TransferKind.BLIND : TransferKind.ATTENDED;
        Instant told = at.plus(Duration.between(talked.occurredAt(), at));
        return new CallEvent(
                rang.company(),
                rang.account(),
                rang.callKey(),
                rang.legKey(),
                Optional.of(
                        String.join(
                                ":",
                                "uis-transfer",
                                rang.callKey(),
                                from,
                                rang.legKey().orElseThrow(),
                                kind.name(),
                                Long.toString(told.toEpochMilli()))),
                told.toEpochMilli(),
                told,
                rang.receivedAt(),
                Confidence.POLLED,
                new Fact.Transferred(kind, from),
                rang.nativeText());
    }
}
