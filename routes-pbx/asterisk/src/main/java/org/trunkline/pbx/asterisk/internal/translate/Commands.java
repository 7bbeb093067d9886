package org.trunkline.pbx.asterisk.internal.translate;

import java.util.Optional;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.FromCrm;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** What became of Originate. */
final class Commands {
    private final Switchboard board;
    private final Ending ending;

    Commands(Switchboard board, Ending ending) {
        this.board = board;
        this.ending = ending;
    }

    /** Event OriginateResponse. */
    void originated(AmiMessage m, Telling telling) {
        String uniqueid = m.get("Uniqueid");
        if (Ordered.is(uniqueid) && m.get("Response").equals("Success")) {
            pickedUp(Ordered.callKey(uniqueid), telling);
        }
        Optional<PhoneNumber> client =
                telling.account()
                        .outside(m.get("Exten"))
                        .or(() -> telling.account().outside(m.get("CallerIDNum")));
        Optional<Channel> live = board.channel(uniqueid);
        if (live.isPresent()) {
            LiveCall call = live.get().call;
            if (call.origin == LiveCall.Origin.COMMAND
                    && call.direction.isEmpty()
                    && client.isPresent()) {
                telling.started(call, Optional.of(Direction.OUTBOUND), client, Optional.empty());
            }
        } else if (!board.isGone(uniqueid) && m.get("Response").equals("Failure")) {
            failedWithoutChannel(m, client, telling);
        }
    }

    /**
     * The employee did; that no dial of the client may follow, for the trunk is away, is no less.
     */
    private static void pickedUp(String callKey, Telling telling) {
        telling.tell(
                callKey,
                Optional.empty(),
                telling.at(),
                new Fact.Tagged(FromCrm.THE_CLIENT_IS_TRIED));
    }

    /** The employee's phone is not registered: Asterisk makes no channel, only this event. */
    private void failedWithoutChannel(AmiMessage m, Optional<PhoneNumber> client, Telling telling) {
        String extension = AccountView.extension(m.get("Channel"));
        String key = m.get("Uniqueid");
        boolean ours = telling.account().extensions().contains(extension);
        boolean ordered = Ordered.is(key);
        if (!ordered && (!ours || client.isEmpty()) || key.isEmpty() || key.startsWith("<")) {
            return;
        }
        if (Ordered.together(key) > 1) {
            oneOfSeveral(key, extension, telling);
            return;
        }
        LiveCall call = new LiveCall(key, telling.at());
        telling.started(call, Optional.of(Direction.OUTBOUND), client, Optional.empty());
        LiveLeg leg = telling.ringing(call, key, extension, telling.at());
        telling.legEnded(call, leg, LegResult.MISSED, telling.at());
        telling.ended(call, Optional.of(CallResult.FAILED), telling.at());
        board.remember(key, key);
    }

    private void oneOfSeveral(String uniqueid, String extension, Telling telling) {
        LiveCall call = board.call(Ordered.callKey(uniqueid), telling.at());
        call.origin = LiveCall.Origin.COMMAND;
        if (!call.told) {
            call.together = Ordered.together(uniqueid);
            telling.started(
                    call, Optional.of(Direction.OUTBOUND), Optional.empty(), Optional.empty());
        }
        LiveLeg leg = telling.ringing(call, uniqueid, extension, telling.at());
        telling.legEnded(call, leg, LegResult.MISSED, telling.at());
        if (call.outcome.isEmpty()) {
            call.outcome = Optional.of(CallResult.FAILED);
        }
        board.remember(uniqueid, call.key);
        ending.notTried(call, uniqueid, telling);
    }

    /** Events Hold and Unhold of an employee's phone. */
    void held(AmiMessage m, boolean on, Telling telling) {
        for (LiveCall call : board.callsWithLeg(m.get("Uniqueid"))) {
            if (call.hasClient() && call.legs.get(m.get("Uniqueid")).answered()) {
                telling.tell(
                        call.key, Optional.of(m.get("Uniqueid")), telling.at(), new Fact.Held(on));
            }
        }
    }
}
