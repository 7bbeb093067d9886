package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Fact;
import org.trunkline.model.TransferKind;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/**
 * Who talks to whom. Only bridges say that: a queue or a menu answers the client long before an
 * employee does, DialEnd may be missing, and Local channels lie between.
 */
final class Talking {
    private final Switchboard board;

    Talking(Switchboard board) {
        this.board = board;
    }

    /** Event BridgeEnter. */
    void enter(AmiMessage m, Telling telling) {
        boolean waitingRoom = m.get("BridgeTechnology").equals("holding_bridge");
        board.channel(m.get("Uniqueid"))
                .filter(channel -> !waitingRoom)
                .ifPresent(
                        channel -> {
                            boolean there = channel.bridge.equals(m.get("BridgeUniqueid"));
                            if (!there && !isStale(channel, telling.at())) {
                                enter(channel, m.get("BridgeUniqueid"), telling);
                            }
                        });
    }

    /** Whether later news of this channel's bridges is known already. */
    private static boolean isStale(Channel channel, Instant at) {
        return channel.bridgedAt != null && at.isBefore(channel.bridgedAt)
                || channel.unbridgedAt != null && at.isBefore(channel.unbridgedAt);
    }

    void enter(Channel channel, String bridge, Telling telling) {
        board.enterBridge(channel, bridge, telling.at());
        connect(board.reached(channel), telling);
    }

    /**
     * Event BridgeLeave; a late one, of a bridge that the channel has left for another or come back
     * to, is none. Whether it was heard before a list came only the hub's clock says: the PBX's may
     * be wrong.
     */
    void leave(AmiMessage m, Telling telling) {
        board.channel(m.get("Uniqueid"))
                .filter(channel -> channel.bridge.equals(m.get("BridgeUniqueid")))
                .filter(channel -> !channel.bridge.isEmpty())
                .filter(
                        channel ->
                                channel.listedAt == null
                                        || !telling.receivedAt().isBefore(channel.listedAt))
                .ifPresent(
                        channel -> {
                            board.leaveBridge(channel);
                            channel.unbridgedAt = telling.at();
                            board.callsWithLeg(channel.uniqueid)
                                    .forEach(
                                            call ->
                                                    call.legs.get(channel.uniqueid).unbridgedAt =
                                                            telling.at());
                        });
    }

    /** Tells who talks to whom among channels that hear one another. */
    void connect(Set<Channel> reached, Telling telling) {
        List<Channel> employees =
                reached.stream().filter(c -> c.kind == Channel.Kind.EMPLOYEE).toList();
        List<LiveCall> external =
                reached.stream()
                        .filter(c -> c.call.isClient(c))
                        .map(c -> c.call)
                        .distinct()
                        .toList();
        Instant since =
                reached.stream()
                        .filter(channel -> !channel.bridge.isEmpty())
                        .map(channel -> channel.bridgedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(telling.at());
        for (LiveCall call : external) {
            for (Channel employee : employees) {
                if (!call.legs.containsKey(employee.uniqueid) && !employee.call.hasClient()) {
                    join(employee, call, since, telling);
                }
                call.leg(employee.uniqueid).ifPresent(leg -> answer(call, leg, since, telling));
            }
        }
        if (external.isEmpty() && employees.size() > 1) {
            talkAmongThemselves(employees, since, telling);
        }
    }

    private static void answer(LiveCall call, LiveLeg leg, Instant since, Telling telling) {
        if (!leg.answered()) {
            telling.answered(call, leg, since);
            call.handover = Optional.empty();
        }
    }

    private void talkAmongThemselves(List<Channel> employees, Instant since, Telling telling) {
        employees.stream()
                .flatMap(employee -> board.callsWithLeg(employee.uniqueid).stream())
                .distinct()
                .filter(call -> !call.hasClient() && call.told)
                .forEach(
                        call -> {
                            List<LiveLeg> together =
                                    employees.stream()
                                            .flatMap(e -> call.leg(e.uniqueid).stream())
                                            .toList();
                            if (together.size() > 1) {
                                together.forEach(leg -> answer(call, leg, since, telling));
                            }
                        });
    }

    /** An employee whose own call had no client now talks to this one's. */
    private void join(Channel employee, LiveCall call, Instant since, Telling telling) {
        LiveCall own = employee.call;
        if (own.told && own != call) {
            mergeConsultation(own, call, telling);
        } else {
            // took the client out of a parking lot or from a colleague's ringing phone
            board.move(employee, call);
            if (own.channels.isEmpty()) {
                board.forget(own);
            }
            telling.ringing(call, employee.uniqueid, employee.extension(), since);
        }
    }

    /**
     * A consultation ends in a transfer: those who were asked become legs of the client's call, and
     * the consultation is no call of its own any more.
     */
    void mergeConsultation(LiveCall consultation, LiveCall call, Telling telling) {
        Optional<LiveLeg> asking =
                consultation.legs.values().stream()
                        .filter(leg -> transferringLeg(call, leg).isPresent())
                        .findFirst();
        Optional<LiveCall.Handover> handover =
                asking.flatMap(leg -> transferringLeg(call, leg))
                        .map(leg -> new LiveCall.Handover(TransferKind.ATTENDED, leg.key));
        for (LiveLeg asked : List.copyOf(consultation.legs.values())) {
            Optional<Channel> phone = board.channel(asked.key);
            if (asking.filter(leg -> leg == asked).isPresent()
                    || asked.ended()
                    || phone.isEmpty()) {
                continue;
            }
            board.move(phone.get(), call);
            consultation.legs.remove(asked.key);
            LiveLeg leg = telling.ringing(call, asked.key, asked.extension, asked.ringingAt);
            handover.ifPresent(from -> telling.handedOver(call, leg, from));
        }
        if (consultation.mergedInto.isEmpty()) {
            consultation.mergedInto = Optional.of(call.key);
            telling.tell(
                    consultation.key, Optional.empty(), telling.at(), new Fact.Merged(call.key));
            telling.ended(consultation, Optional.empty(), telling.at());
            consultation.recordings.forEach(
                    recording -> telling.recording(call, Optional.empty(), recording));
        }
        if (consultation.channels.isEmpty()) {
            board.forget(consultation);
        }
    }

    /** The same channel, or another of the same employee's phone. */
    private static Optional<LiveLeg> transferringLeg(LiveCall call, LiveLeg asking) {
        return call.leg(asking.key)
                .or(
                        () ->
                                call.legs.values().stream()
                                        .filter(leg -> leg.extension.equals(asking.extension))
                                        .filter(LiveLeg::answered)
                                        .max(
                                                Comparator.comparing(
                                                        (LiveLeg leg) -> leg.answeredAt)));
    }
}
