package org.trunkline.crm.amocrm.internal.widget;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PhoneNumber;
import org.trunkline.rules.Setbacks;

/**
 * What the widget's card shows of a call to who clicked.
 *
 * @param seconds of the talk with the client so far
 * @param text why there was no talk, and what helps; only if there was none
 */
record CallCard(
        String id, State state, Optional<String> number, long seconds, Optional<String> text) {

    /** Where it stands, as who clicked sees it. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    enum State {
        /** The PBX is being told. */
        DIALLING,
        /** His own phone rings. */
        RINGING,
        /** He picked up, and the client's phone is tried. */
        CLIENT,
        TALKING,
        OVER
    }

    static CallCard of(Call call, boolean russian, Instant now) {
        return new CallCard(
                call.id(),
                state(call),
                call.client().map(PhoneNumber::value),
                seconds(call, now),
                call.client()
                        .flatMap(
                                client ->
                                        Setbacks.of(call)
                                                .map(why -> Setbacks.text(why, client, russian))));
    }

    private static State state(Call call) {
        if (call.ended()) {
            return State.OVER;
        }
        if (call.answeredAt().isPresent()) {
            return State.TALKING;
        }
        if (FromCrm.of(call).filter(FromCrm::clientTried).isPresent()) {
            return State.CLIENT;
        }
        return call.legs().isEmpty() ? State.DIALLING : State.RINGING;
    }

    private static long seconds(Call call, Instant now) {
        return call.ended()
                ? call.talkSeconds()
                : call.answeredAt()
                        .map(since -> Math.max(0, Duration.between(since, now).toSeconds()))
                        .orElse(0L);
    }
}
