package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.TransferKind;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** How calls begin: channels appear and dial one another. */
final class Dialling {
    private static final String DOWN = "0";

    private final Switchboard board;

    Dialling(Switchboard board) {
        this.board = board;
    }

    /** Event Newchannel. */
    Optional<Channel> newChannel(AmiMessage m, Telling telling) {
        boolean placed = !m.get("ChannelState").equals(DOWN);
        return add(m, "", placed, telling);
    }

    /**
     * Adds a channel that a message describes.
     *
     * @param prefix of the fields, e.g. {@code Dest}
     */
    private Optional<Channel> add(AmiMessage m, String prefix, boolean placed, Telling telling) {
        String name = m.get(prefix + "Channel");
        Channel.Kind kind = telling.account().kind(name, m.get(prefix + "Context"), placed);
        return add(m, prefix, placed, kind, telling);
    }

    /** Adds a channel of a known kind. */
    Optional<Channel> add(
            AmiMessage m, String prefix, boolean placed, Channel.Kind kind, Telling telling) {
        String uniqueid = m.get(prefix + "Uniqueid");
        if (uniqueid.isEmpty() || board.isGone(uniqueid)) {
            return Optional.empty();
        }
        Optional<Channel> known = board.channel(uniqueid);
        if (known.isPresent()) {
            return known;
        }
        if (kind == Channel.Kind.STRANGE) {
            board.strange(m.get(prefix + "Context"));
        }
        if (kind == Channel.Kind.TOOL || kind == Channel.Kind.STRANGE) {
            return Optional.empty();
        }
        String linkedid = m.get(prefix + "Linkedid");
        String key = Ordered.callKey(linkedid.isEmpty() ? uniqueid : linkedid);
        Channel channel =
                new Channel(
                        uniqueid,
                        m.get(prefix + "Channel"),
                        kind,
                        placed,
                        telling.at(),
                        m.get(prefix + "CallerIDNum"),
                        m.get(prefix + "Exten"));
        board.add(channel, board.call(key, telling.at()));
        if (uniqueid.equals(linkedid)) {
            begin(channel, telling);
        }
        return Optional.of(channel);
    }

    private void begin(Channel first, Telling telling) {
        LiveCall call = first.call;
        call.first = first;
        call.together = Ordered.together(first.uniqueid);
        if (!first.placed || first.kind == Channel.Kind.LOCAL) {
            call.origin = LiveCall.Origin.COMMAND;
        } else if (first.kind == Channel.Kind.OUTSIDE) {
            call.origin = LiveCall.Origin.TRUNK;
            telling.started(
                    call,
                    Optional.of(Direction.INBOUND),
                    telling.account().number(first.callerNumber),
                    telling.account().number(first.exten));
        } else {
            call.origin = LiveCall.Origin.EMPLOYEE;
            call.callerLeg = first.uniqueid;
        }
    }

    /** Event DialBegin; without a source channel it is a command that dials. */
    void dialBegin(AmiMessage m, Telling telling) {
        Optional<Channel> source = add(m, "", true, telling);
        Optional<Channel> target = add(m, "Dest", false, telling);
        if (target.isEmpty() || target.get().dialled) {
            return;
        }
        Channel dialled = target.get();
        dialled.dialled = true;
        dialled.dialledBy = source.orElse(null);
        if (source.isEmpty() && dialled.call.origin == LiveCall.Origin.UNKNOWN) {
            dialled.call.origin = LiveCall.Origin.COMMAND;
        }
        if (dialled.kind == Channel.Kind.EMPLOYEE) {
            ring(dialled, source, m, telling);
        } else if (dialled.kind == Channel.Kind.OUTSIDE) {
            dialOutside(dialled, source, m, telling);
        }
    }

    private void ring(Channel phone, Optional<Channel> source, AmiMessage m, Telling telling) {
        if (phone.call.legs.containsKey(phone.uniqueid)) {
            return; // known from before a restart
        }
        Optional<Channel> asking = consulting(phone.call, source, m.get("CallerIDNum"));
        if (asking.isPresent()) {
            consult(asking.get(), phone, source.orElseThrow(), telling);
            return;
        }
        LiveCall call = phone.call;
        if (call.direction.isEmpty()) {
            decideByPhone(call, source, m, telling);
        } else if (Ordered.is(call.key) && source.isEmpty()) {
            // One of several that ring together; the first may not have been heard of.
            telling.account()
                    .outside(m.get("DestConnectedLineNum"))
                    .ifPresent(
                            client ->
                                    telling.started(
                                            call,
                                            call.direction,
                                            Optional.of(client),
                                            Optional.empty()));
        }
        LiveLeg leg = telling.ringing(call, phone.uniqueid, phone.extension(), telling.at());
        if (call.origin == LiveCall.Origin.COMMAND && call.callerLeg.isEmpty()) {
            call.callerLeg = leg.key;
        }
        call.handover
                .or(() -> pulledAway(call, source))
                .ifPresent(handover -> telling.handedOver(call, leg, handover));
    }

    /** An employee's phone is dialled, and it is not known yet which way the call goes. */
    private void decideByPhone(
            LiveCall call, Optional<Channel> source, AmiMessage m, Telling telling) {
        Channel caller = board.root(source.orElse(null));
        if (call.origin == LiveCall.Origin.COMMAND) {
            Optional<PhoneNumber> wanted =
                    telling.account()
                            .outside(m.get("DestConnectedLineNum"))
                            .or(() -> telling.account().outside(m.get("DestCallerIDNum")));
            if (!call.legs.isEmpty() && call.together == 1) {
                telling.started(
                        call, Optional.of(Direction.INTERNAL), Optional.empty(), Optional.empty());
            } else {
                telling.started(
                        call, wanted.map(n -> Direction.OUTBOUND), wanted, Optional.empty());
            }
        } else if (caller != null && caller.kind == Channel.Kind.OUTSIDE) {
            call.first = caller;
            telling.started(
                    call,
                    Optional.of(Direction.INBOUND),
                    telling.account().number(caller.callerNumber),
                    Optional.empty());
        } else {
            telling.started(
                    call, Optional.of(Direction.INTERNAL), Optional.empty(), Optional.empty());
            callerRings(call, caller, telling);
        }
    }

    private static void callerRings(LiveCall call, Channel caller, Telling telling) {
        if (caller != null && caller.kind == Channel.Kind.EMPLOYEE) {
            call.callerLeg = caller.uniqueid;
            telling.ringing(call, caller.uniqueid, caller.extension(), caller.createdAt);
        }
    }

    private void dialOutside(
            Channel outside, Optional<Channel> source, AmiMessage m, Telling telling) {
        LiveCall call = outside.call;
        if (call.is(Direction.INBOUND) || call.is(Direction.INTERNAL)) {
            return; // forwarded to a third party
        }
        AccountView account = telling.account();
        Optional<PhoneNumber> client =
                account.outside(m.get("DestCallerIDNum"))
                        .or(() -> account.outside(dialledNumber(m.get("DialString"))))
                        .or(() -> source.flatMap(from -> account.outside(from.exten)));
        Optional<PhoneNumber> line =
                account.outside(m.get("CallerIDNum"))
                        .or(() -> account.outside(m.get("DestConnectedLineNum")))
                        .filter(number -> !Optional.of(number).equals(client));
        call.outcome = Optional.empty();
        telling.started(call, Optional.of(Direction.OUTBOUND), client, line);
        if (Ordered.is(call.key)) {
            telling.tell(
                    call.key,
                    Optional.empty(),
                    telling.at(),
                    new Fact.Tagged(FromCrm.THE_CLIENT_IS_TRIED));
        }
        if (call.callerLeg.isEmpty() || call.origin == LiveCall.Origin.EMPLOYEE) {
            callerRings(call, board.root(source.orElse(null)), telling);
        }
    }

    /** From {@code 79167654321@trunk-main} or {@code trunk-main/79167654321}. */
    private static String dialledNumber(String dialString) {
        String number = dialString.substring(dialString.lastIndexOf('/') + 1);
        int at = number.indexOf('@');
        return at < 0 ? number : number.substring(0, at);
    }

    /**
     * The employee who asks a colleague: the dial comes out of a Local channel whose other end
     * nobody dials but which stands in a bridge with the employee (features.conf atxfer).
     */
    private Optional<Channel> consulting(
            LiveCall call, Optional<Channel> source, String callerNumber) {
        if (source.isEmpty()
                || !source.get().name.endsWith(";2")
                || call.origin == LiveCall.Origin.COMMAND
                || call.handover.isPresent()) {
            return Optional.empty();
        }
        Optional<Channel> near = board.otherHalf(source.get());
        if (near.isEmpty() || near.get().dialled) {
            return Optional.empty();
        }
        return board.reached(near.get()).stream()
                .filter(channel -> call.legs.containsKey(channel.uniqueid))
                .findFirst()
                .or(
                        () ->
                                call.legs.values().stream()
                                        .filter(leg -> leg.answered() && !leg.ended())
                                        .sorted(askingFirst(callerNumber))
                                        .flatMap(leg -> board.channel(leg.key).stream())
                                        .findFirst());
    }

    /** Bridges may tell later; then whoever talks must be the one, best the one who is named. */
    private static Comparator<LiveLeg> askingFirst(String callerNumber) {
        return Comparator.comparing(leg -> !leg.extension.equals(callerNumber));
    }

    private void consult(Channel asking, Channel asked, Channel source, Telling telling) {
        Channel near = board.otherHalf(source).orElseThrow();
        LiveCall consultation = board.call(near.uniqueid, telling.at());
        if (!consultation.told) {
            consultation.origin = LiveCall.Origin.CONSULTATION;
            telling.started(
                    consultation,
                    Optional.of(Direction.INTERNAL),
                    Optional.empty(),
                    Optional.empty());
            callerRings(consultation, asking, telling, telling.at());
        }
        board.move(asked, consultation);
        telling.ringing(consultation, asked.uniqueid, asked.extension(), telling.at());
    }

    private static void callerRings(LiveCall call, Channel caller, Telling telling, Instant when) {
        call.callerLeg = caller.uniqueid;
        telling.ringing(call, caller.uniqueid, caller.extension(), when);
    }

    /**
     * The client was taken out of a talk (AMI Redirect): it left the bridge before the employee
     * did, and now its own channel dials somebody else. Told by the PBX's own times, as the events
     * of two channels may come in either order.
     */
    private Optional<LiveCall.Handover> pulledAway(LiveCall call, Optional<Channel> source) {
        Channel client = board.root(source.orElse(null));
        if (client == null || !call.isClient(client) || client.unbridgedAt == null) {
            return Optional.empty();
        }
        return call.lastTalk()
                .filter(
                        talk ->
                                talk.unbridgedAt == null
                                        || talk.unbridgedAt.isAfter(client.unbridgedAt))
                .map(talk -> new LiveCall.Handover(TransferKind.BLIND, talk.key));
    }
}
