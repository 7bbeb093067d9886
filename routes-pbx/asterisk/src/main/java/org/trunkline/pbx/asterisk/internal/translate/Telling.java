package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** Collects what one AMI message tells, and keeps the told state of calls and legs in step. */
final class Telling {
    private final AccountView account;
    private final Confidence confidence;
    private final Instant receivedAt;
    private final Instant at;
    private final AmiMessage message;
    private final List<CallEvent> events;

    Telling(
            AccountView account,
            Confidence confidence,
            AmiMessage message,
            Instant at,
            Instant receivedAt,
            List<CallEvent> events) {
        this.account = account;
        this.confidence = confidence;
        this.receivedAt = receivedAt;
        this.at = at;
        this.message = message;
        this.events = events;
    }

    /** When the message says that it happened. */
    Instant at() {
        return at;
    }

    /** When the hub heard it, by the hub's clock. */
    Instant receivedAt() {
        return receivedAt;
    }

    AccountView account() {
        return account;
    }

    void tell(String callKey, Optional<String> leg, Instant when, Fact fact) {
        events.add(
                new CallEvent(
                        account.company(),
                        account.account(),
                        callKey,
                        leg,
                        Optional.empty(),
                        ChronoUnit.MICROS.between(Instant.EPOCH, when),
                        when,
                        receivedAt,
                        confidence,
                        fact,
                        message.text()));
    }

    void started(
            LiveCall call,
            Optional<Direction> direction,
            Optional<PhoneNumber> client,
            Optional<PhoneNumber> line) {
        call.told = true;
        call.direction = direction.or(() -> call.direction);
        tell(call.key, Optional.empty(), call.startedAt, new Fact.Started(direction, client, line));
    }

    /** The leg rings; told once. */
    LiveLeg ringing(LiveCall call, String legKey, String extension, Instant when) {
        return call.leg(legKey)
                .orElseGet(
                        () -> {
                            LiveLeg leg = new LiveLeg(legKey, extension, when);
                            call.legs.put(legKey, leg);
                            tell(
                                    call.key,
                                    Optional.of(legKey),
                                    when,
                                    new Fact.LegRinging(extension));
                            return leg;
                        });
    }

    void answered(LiveCall call, LiveLeg leg, Instant when) {
        if (!leg.answered() && !leg.ended()) {
            leg.answeredAt = when;
            leg.pickedUp = true;
            tell(call.key, Optional.of(leg.key), when, new Fact.LegAnswered());
        }
    }

    void handedOver(LiveCall call, LiveLeg leg, LiveCall.Handover handover) {
        if (!leg.transferred && !leg.key.equals(handover.fromLeg())) {
            leg.transferred = true;
            tell(
                    call.key,
                    Optional.of(leg.key),
                    leg.ringingAt,
                    new Fact.Transferred(handover.kind(), handover.fromLeg()));
        }
    }

    /** Told again if it turns out to have been earlier. */
    void legEnded(LiveCall call, LiveLeg leg, LegResult result, Instant when) {
        if (!leg.ended() || when.isBefore(leg.endedAt)) {
            leg.endedAt = when;
            LegResult told = leg.answered() ? LegResult.ANSWERED : result;
            tell(call.key, Optional.of(leg.key), when, new Fact.LegEnded(told));
        }
    }

    void ended(LiveCall call, Optional<CallResult> result, Instant when) {
        if (!call.ended && call.told) {
            tell(call.key, Optional.empty(), when, new Fact.Ended(result));
        }
        call.ended = true;
    }

    void recording(LiveCall call, Optional<String> leg, Fact.RecordingReady recording) {
        if (!call.recordings.contains(recording)) {
            call.recordings.add(recording);
        }
        tell(call.mergedInto.orElse(call.key), leg, at, recording);
    }
}
