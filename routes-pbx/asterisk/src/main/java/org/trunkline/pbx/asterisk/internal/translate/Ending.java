package org.trunkline.pbx.asterisk.internal.translate;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** How attempts, legs and calls end. */
final class Ending {
    private static final int USER_BUSY = 17;
    private static final int CALL_REJECTED = 21;
    private static final int ANSWERED_ELSEWHERE = 26;

    private final Switchboard board;

    Ending(Switchboard board) {
        this.board = board;
    }

    /** Event DialEnd. It may be missing, or come twice with two statuses: the first counts. */
    void dialEnd(AmiMessage m, Telling telling) {
        Optional<Channel> target = board.channel(m.get("DestUniqueid"));
        String status = m.get("DialStatus");
        if (target.isEmpty()) {
            return;
        }
        Channel dialled = target.get();
        LiveCall call = dialled.call;
        switch (dialled.kind) {
            case LOCAL -> endBehind(dialled, status, telling);
            case OUTSIDE -> {
                if (call.is(Direction.OUTBOUND)) {
                    call.outcome = outcome(status);
                }
            }
            default -> {
                call.leg(dialled.uniqueid).ifPresent(leg -> endRinging(call, leg, status, telling));
            }
        }
    }

    /** The outer dial knows why it gave up; the inner one only that it was cancelled. */
    private void endBehind(Channel local, String status, Telling telling) {
        if (status.equals("ANSWER")) {
            return;
        }
        board.otherHalf(local)
                .ifPresent(
                        far ->
                                local.call.channels.stream()
                                        .filter(channel -> channel.dialledBy == far)
                                        .toList()
                                        .forEach(
                                                phone ->
                                                        phone.call
                                                                .leg(phone.uniqueid)
                                                                .ifPresent(
                                                                        leg ->
                                                                                endRinging(
                                                                                        phone.call,
                                                                                        leg,
                                                                                        status,
                                                                                        telling))));
    }

    private static void endRinging(LiveCall call, LiveLeg leg, String status, Telling telling) {
        if (status.equals("ANSWER")) {
            if (call.together > 1 && call.leg(call.callerLeg).filter(l -> l.pickedUp).isEmpty()) {
                call.callerLeg = leg.key;
            }
            leg.pickedUp = true;
            return;
        }
        if (leg.pickedUp || leg.ended() || leg.rangOut) {
            return;
        }
        if (!call.is(Direction.INBOUND)) {
            call.outcome = outcome(status);
        }
        switch (status) {
            case "BUSY" -> telling.legEnded(call, leg, LegResult.BUSY, telling.at());
            case "CANCEL" -> telling.legEnded(call, leg, LegResult.CANCELLED, telling.at());
            default -> leg.rangOut = true;
        }
    }

    private static Optional<CallResult> outcome(String status) {
        return switch (status) {
            case "ANSWER" -> Optional.empty();
            case "BUSY" -> Optional.of(CallResult.BUSY);
            case "CANCEL" -> Optional.of(CallResult.CANCELLED);
            case "NOANSWER" -> Optional.of(CallResult.MISSED);
            default -> Optional.of(CallResult.FAILED);
        };
    }

    /** Event Hangup. */
    void hangup(AmiMessage m, Telling telling) {
        List<LiveCall> calls = board.callsWithLeg(m.get("Uniqueid"));
        board.remove(m.get("Uniqueid"))
                .ifPresent(
                        channel -> {
                            int cause = cause(m);
                            channel.call.over.add(channel.uniqueid);
                            gone(channel, cause, telling);
                            calls.forEach(
                                    call -> {
                                        endLeg(call, channel.uniqueid, cause, telling);
                                        finishIfEmpty(call, cause, telling);
                                    });
                            finishIfEmpty(channel.call, cause, telling);
                        });
    }

    private void gone(Channel channel, int cause, Telling telling) {
        LiveCall call = channel.call;
        if (telling.at().isAfter(call.lastHangup)) {
            call.lastHangup = telling.at();
        }
        if (!call.isClient(channel)) {
            return;
        }
        boolean lastClient = call.channels.stream().noneMatch(call::isClient);
        if (lastClient) {
            call.legs.values().stream()
                    .filter(LiveLeg::answered)
                    .forEach(leg -> telling.legEnded(call, leg, LegResult.ANSWERED, telling.at()));
        }
        if (call.is(Direction.INBOUND)) {
            telling.ended(call, Optional.empty(), telling.at());
        } else if (call.outcome.isEmpty() || isRefusal(cause)) {
            call.outcome = Optional.of(outcome(cause));
        }
    }

    private static void endLeg(LiveCall call, String key, int cause, Telling telling) {
        LiveLeg leg = call.legs.get(key);
        if (leg == null) {
            return; // became a leg of another call meanwhile
        }
        // Of several that ring together only who picked up waits for the client.
        boolean caller = key.equals(call.callerLeg) && (call.together == 1 || leg.pickedUp);
        boolean waitsForOutcome = caller && !leg.answered();
        if (waitsForOutcome) {
            if (call.outcome.isEmpty() && call.origin == LiveCall.Origin.COMMAND && !leg.pickedUp) {
                call.outcome = Optional.of(notPickedUp(cause));
            }
        } else {
            if (isRefusal(cause) && !call.is(Direction.INBOUND) && !leg.answered()) {
                call.outcome = Optional.of(CallResult.BUSY);
            }
            telling.legEnded(call, leg, legResult(call, leg, cause), telling.at());
        }
    }

    /** Of a phone that rang; Q.850 causes as Asterisk gives them. */
    private static LegResult legResult(LiveCall call, LiveLeg leg, int cause) {
        if (isRefusal(cause)) {
            return LegResult.BUSY;
        }
        boolean stopped = cause == ANSWERED_ELSEWHERE || call.ended || call.anybodyAnswered();
        // Of several that ring together the hub hangs up those who were slower, with this cause.
        boolean slower = call.together > 1 && cause == ANSWERED_ELSEWHERE;
        return slower || stopped && !leg.rangOut ? LegResult.CANCELLED : LegResult.MISSED;
    }

    private static boolean isRefusal(int cause) {
        return cause == USER_BUSY || cause == CALL_REJECTED;
    }

    /** Of an attempt whose DialEnd did not come. */
    private static CallResult outcome(int cause) {
        return switch (cause) {
            case USER_BUSY, CALL_REJECTED -> CallResult.BUSY;
            case 18, 19 -> CallResult.MISSED; // no response, no answer
            case 0, 16, 127 -> CallResult.CANCELLED; // our side hung up
            default -> CallResult.FAILED;
        };
    }

    /**
     * Of a phone that a command rang: Asterisk 16 gives no cause when the time is up, 22 gives 19.
     */
    private static CallResult notPickedUp(int cause) {
        CallResult result = outcome(cause);
        return result == CallResult.CANCELLED ? CallResult.MISSED : result;
    }

    private void finishIfEmpty(LiveCall call, int cause, Telling telling) {
        if (!call.channels.isEmpty() || !board.hasCall(call.key)) {
            return;
        }
        if (call.awaitsPhones(telling.at())) {
            return;
        }
        if (!call.told) {
            attemptWithoutDial(call, cause, telling);
        }
        // Of several phones that rang together the legs say more than the last of them.
        boolean byLegs = call.is(Direction.INBOUND) || call.together > 1 && !call.anybodyAnswered();
        Optional<CallResult> result = byLegs ? Optional.empty() : call.outcome;
        call.legs
                .values()
                .forEach(
                        leg ->
                                telling.legEnded(
                                        call, leg, callerResult(call.outcome), call.lastHangup));
        telling.ended(call, result, call.lastHangup);
        board.forget(call);
    }

    /**
     * Ends calls all of whose phones are over but those that were never heard of (rule T19).
     *
     * @return their keys
     */
    Set<String> forgetUnheard(Telling telling) {
        Set<String> closed = new HashSet<>();
        for (LiveCall call : board.calls()) {
            if (call.together > 1) {
                finishIfEmpty(call, 0, telling);
            }
            if (!board.hasCall(call.key)) {
                closed.add(call.key);
            }
        }
        return closed;
    }

    /** One of the phones that ring together could not even be tried. */
    void notTried(LiveCall call, String uniqueid, Telling telling) {
        call.over.add(uniqueid);
        finishIfEmpty(call, 0, telling);
    }

    private static LegResult callerResult(Optional<CallResult> outcome) {
        return switch (outcome.orElse(CallResult.MISSED)) {
            case BUSY -> LegResult.BUSY;
            case CANCELLED -> LegResult.CANCELLED;
            default -> LegResult.MISSED;
        };
    }

    /** An employee dialled a number and the dialplan did not even try: no route, no trunk. */
    private static void attemptWithoutDial(LiveCall call, int cause, Telling telling) {
        if (call.origin != LiveCall.Origin.EMPLOYEE) {
            return;
        }
        Optional<PhoneNumber> client = telling.account().outside(call.first.exten);
        if (client.isPresent()) {
            call.outcome = Optional.of(isRefusal(cause) ? CallResult.BUSY : CallResult.FAILED);
            telling.started(call, Optional.of(Direction.OUTBOUND), client, Optional.empty());
            telling.ringing(
                    call, call.first.uniqueid, call.first.extension(), call.first.createdAt);
        }
    }

    private static int cause(AmiMessage m) {
        String text = m.get("Cause");
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    }
}
