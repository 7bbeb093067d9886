package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink;

/**
 * AMI events in, neutral events out. Keeps only what it needs to know who is connected with whom,
 * has no clock and does no input or output; not thread-safe.
 *
 * <p>A call's key is the Linkedid it began with; a leg's key is the Uniqueid of the employee's
 * channel. So an event heard twice, or concluded again from a list of channels, tells the same.
 */
public final class Translator {
    private final AccountView account;
    private final Switchboard board = new Switchboard();
    private final Dialling dialling = new Dialling(board);
    private final Talking talking = new Talking(board);
    private final Transfers transfers = new Transfers(board, talking);
    private final Ending ending = new Ending(board);
    private final Recordings recordings = new Recordings(board);
    private final Commands commands = new Commands(board, ending);

    public Translator(AccountView account) {
        this.account = account;
    }

    /** What one event tells; often nothing. */
    public List<CallEvent> hear(AmiMessage m, Instant receivedAt) {
        List<CallEvent> told = new ArrayList<>(4);
        Instant at = AmiTime.of(m).orElse(receivedAt);
        Telling telling = new Telling(account, Confidence.LIVE, m, at, receivedAt, told);
        board.channel(m.get("Uniqueid")).ifPresent(channel -> channel.lastHeard = receivedAt);
        switch (m.event()) {
            case "Newchannel" -> dialling.newChannel(m, telling);
            case "DialBegin" -> dialling.dialBegin(m, telling);
            case "DialEnd" -> ending.dialEnd(m, telling);
            case "BridgeEnter" -> talking.enter(m, telling);
            case "BridgeLeave" -> talking.leave(m, telling);
            case "BlindTransfer" -> transfers.blind(m, telling);
            case "AttendedTransfer" -> transfers.attended(m, telling);
            case "Hold" -> commands.held(m, true, telling);
            case "Unhold" -> commands.held(m, false, telling);
            case "OriginateResponse" -> commands.originated(m, telling);
            case "VarSet" -> recordings.variable(m, telling);
            case "Cdr" -> recordings.cdr(m, telling);
            case "Hangup" -> ending.hangup(m, telling);
            default -> {
                // says nothing that we need
            }
        }
        return told;
    }

    /**
     * What a list of the living channels tells.
     *
     * @param open the calls of this account that the store holds open
     */
    public List<CallEvent> resync(AmiSink.Snapshot snapshot, List<Call> open) {
        List<CallEvent> told = new ArrayList<>();
        new Resynchronisation(board, dialling, talking, ending)
                .resync(
                        snapshot,
                        open,
                        at ->
                                m ->
                                        new Telling(
                                                account,
                                                Confidence.POLLED,
                                                m,
                                                at,
                                                snapshot.receivedAt(),
                                                told));
        return told;
    }

    /** Whether the call that has this Linkedid lives, or ended lately. */
    public boolean knows(String linkedid) {
        return board.hasCall(Ordered.callKey(linkedid)) || board.callKey(linkedid).isPresent();
    }

    /** Calls that live. */
    public int calls() {
        return board.calls().size();
    }

    /** Channels that live. */
    public int channels() {
        return board.channels().size();
    }

    /** Contexts in which calls began that are named neither as trunk nor as internal ones. */
    public Set<String> strangeContexts() {
        return board.strangeContexts();
    }
}
