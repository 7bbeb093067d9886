package org.trunkline.pbx.asterisk.internal.translate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** What only the transfer events themselves tell. */
final class Transfers {
    private final Switchboard board;
    private final Talking talking;

    Transfers(Switchboard board, Talking talking) {
        this.board = board;
        this.talking = talking;
    }

    /** Event BlindTransfer: whoever is dialled next for this call takes it over. */
    void blind(AmiMessage m, Telling telling) {
        if (!isSuccess(m)) {
            return;
        }
        String transferer = m.get("TransfererUniqueid");
        for (LiveCall call : board.callsWithLeg(transferer)) {
            LiveLeg from = call.legs.get(transferer);
            if (call.origin == LiveCall.Origin.CONSULTATION || !from.answered() || from.gaveAway) {
                continue;
            }
            from.gaveAway = true;
            LiveCall.Handover handover = new LiveCall.Handover(TransferKind.BLIND, transferer);
            call.handover = Optional.of(handover);
            telling.legEnded(call, from, LegResult.ANSWERED, telling.at());
            call.legs.values().stream()
                    .filter(leg -> !leg.answered() && !leg.ringingAt.isBefore(telling.at()))
                    .forEach(leg -> telling.handedOver(call, leg, handover));
        }
    }

    /**
     * Event AttendedTransfer. Bridges have told it already, unless the colleague's phone still
     * rings: then the one who transfers stays connected until it is answered, but talks no more.
     */
    void attended(AmiMessage m, Telling telling) {
        if (!isSuccess(m) || m.get("DestType").equalsIgnoreCase("Threeway")) {
            return; // of three everybody stays
        }
        List<LiveCall> calls =
                Stream.of(m.get("OrigTransfererUniqueid"), m.get("SecondTransfererUniqueid"))
                        .flatMap(uniqueid -> board.callsWithLeg(uniqueid).stream())
                        .distinct()
                        .toList();
        List<LiveCall> external = calls.stream().filter(LiveCall::hasClient).toList();
        if (external.size() == 1) {
            calls.stream()
                    .filter(call -> !call.hasClient() && call.told && call.mergedInto.isEmpty())
                    .forEach(call -> talking.mergeConsultation(call, external.get(0), telling));
            external.get(0)
                    .leg(m.get("OrigTransfererUniqueid"))
                    .filter(LiveLeg::answered)
                    .ifPresent(
                            leg ->
                                    telling.legEnded(
                                            external.get(0),
                                            leg,
                                            LegResult.ANSWERED,
                                            telling.at()));
        }
    }

    private static boolean isSuccess(AmiMessage m) {
        return m.get("Result").equalsIgnoreCase("Success");
    }
}
