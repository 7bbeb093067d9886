package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trunkline.model.Call;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Leg;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink;

/**
 * Brings the state in line with the channels that live now, after a gap or from time to time. What
 * is concluded here is told as polled: facts told live stay.
 */
final class Resynchronisation {

    /**
     * A channel heard of so lately may be missing in a list only because its Hangup is under way.
     */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final List<String> COPIED =
            List.of(
                    "Channel",
                    "Uniqueid",
                    "Linkedid",
                    "Context",
                    "Exten",
                    "CallerIDNum",
                    "ConnectedLineNum");

    private final Switchboard board;
    private final Dialling dialling;
    private final Talking talking;
    private final Ending ending;

    Resynchronisation(Switchboard board, Dialling dialling, Talking talking, Ending ending) {
        this.board = board;
        this.dialling = dialling;
        this.talking = talking;
        this.ending = ending;
    }

    void resync(
            AmiSink.Snapshot snapshot, List<Call> open, Function<Instant, TellingOf> tellingAt) {
        Map<String, AmiMessage> living = new LinkedHashMap<>();
        snapshot.channels().forEach(row -> living.putIfAbsent(row.get("Uniqueid"), row));
        living.remove("");
        Instant now = snapshot.receivedAt();
        closeGone(living.keySet(), snapshot, tellingAt.apply(now));
        List<AmiMessage> unknown = meet(living, open, tellingAt, now);
        open.forEach(known -> recall(known, open, now));
        dialAgain(unknown, living, tellingAt, now);
        connect(living, tellingAt.apply(now));
        Set<String> closed =
                ending.forgetUnheard(
                        tellingAt.apply(now).of(AmiMessage.of("Note", "no channel lives")));
        closeOpen(
                open.stream().filter(call -> !closed.contains(call.key())).toList(),
                tellingAt.apply(now));
    }

    /** Makes the telling of one message of the list. */
    interface TellingOf {
        Telling of(AmiMessage message);
    }

    private void closeGone(Set<String> living, AmiSink.Snapshot snapshot, TellingOf telling) {
        for (Channel channel : board.channels()) {
            boolean fresh =
                    !snapshot.afterGap()
                            && channel.lastHeard.plus(FRESH).isAfter(snapshot.receivedAt());
            if (!living.contains(channel.uniqueid) && !fresh) {
                AmiMessage gone =
                        AmiMessage.of(
                                "Event", "Hangup", "Uniqueid", channel.uniqueid, "Cause", "0");
                ending.hangup(gone, telling.of(gone));
            }
        }
    }

    /** Adds the channels that are new to us, those that began a call first, the oldest first. */
    private List<AmiMessage> meet(
            Map<String, AmiMessage> living,
            List<Call> open,
            Function<Instant, TellingOf> tellingAt,
            Instant now) {
        List<AmiMessage> unknown =
                living.values().stream()
                        .filter(row -> board.channel(row.get("Uniqueid")).isEmpty())
                        .sorted(
                                Comparator.comparing((AmiMessage row) -> !isFirst(row))
                                        .thenComparing(AmiTime::age, Comparator.reverseOrder())
                                        .thenComparing(row -> row.get("Uniqueid")))
                        .toList();
        for (AmiMessage row : unknown) {
            Instant since = now.minus(AmiTime.age(row));
            Telling telling = tellingAt.apply(since).of(row);
            dialling.add(row, "", !isDialled(row), kind(row, open, telling.account()), telling);
        }
        living.values()
                .forEach(
                        row ->
                                board.channel(row.get("Uniqueid"))
                                        .filter(channel -> channel.bridge.isEmpty())
                                        .filter(channel -> !row.get("BridgeId").isEmpty())
                                        .ifPresent(
                                                channel -> {
                                                    board.enterBridge(
                                                            channel, row.get("BridgeId"), now);
                                                    channel.listedAt = now;
                                                }));
        return unknown;
    }

    /**
     * A list shows the context in which a channel is now, and after a transfer a client runs
     * through the employees' contexts. The store knows better who was who.
     */
    private static Channel.Kind kind(AmiMessage row, List<Call> open, AccountView account) {
        String name = row.get("Channel");
        Channel.Kind kind = account.kind(name, row.get("Context"), !isDialled(row));
        boolean listed = account.extensions().contains(AccountView.extension(name));
        boolean client =
                open.stream()
                        .filter(call -> call.key().equals(Ordered.callKey(row.get("Linkedid"))))
                        .filter(call -> call.is(Direction.INBOUND) || call.is(Direction.OUTBOUND))
                        .anyMatch(call -> call.leg(row.get("Uniqueid")).isEmpty());
        return kind == Channel.Kind.EMPLOYEE && !listed && client ? Channel.Kind.OUTSIDE : kind;
    }

    /** What the store knows of a call that we meet only now, as after a restart of the hub. */
    private void recall(Call known, List<Call> open, Instant now) {
        List<Channel> phones =
                known.legs().stream().flatMap(leg -> board.channel(leg.key()).stream()).toList();
        if (!board.hasCall(known.key()) && phones.isEmpty()) {
            return;
        }
        LiveCall call = board.call(known.key(), known.startedAt());
        if (call.channels.isEmpty() && !Ordered.is(call.key)) {
            recallConsultation(call, phones, open);
        }
        for (Leg leg : known.legs()) {
            LiveLeg recalled =
                    call.legs.computeIfAbsent(
                            leg.key(),
                            key ->
                                    new LiveLeg(
                                            key,
                                            leg.extension().orElse(""),
                                            leg.ringingAt().orElse(known.startedAt())));
            recalled.answeredAt = leg.answeredAt().orElse(recalled.answeredAt);
            recalled.pickedUp |= leg.answered();
            recalled.transferred |= leg.transfer().isPresent();
            recalled.endedAt = leg.ended() ? leg.endedAt().orElse(null) : recalled.endedAt;
        }
        // a client who lives on after a talk was given away, else the call would have ended
        call.handover =
                call.lastTalk()
                        .filter(LiveLeg::ended)
                        .map(talk -> new LiveCall.Handover(TransferKind.BLIND, talk.key))
                        .or(() -> call.handover);
        if (call.lastTalk().isPresent()) {
            call.channels.stream()
                    .filter(channel -> channel.kind == Channel.Kind.OUTSIDE)
                    .filter(channel -> channel.bridge.isEmpty() && channel.unbridgedAt == null)
                    .forEach(client -> client.unbridgedAt = now.minusMillis(1));
        }
        if (!call.told) {
            // Those of its phones that are over went unheard.
            call.together = 1;
        }
        call.told = true;
        // A callback is the client's call to the CRM; the PBX dials him (rule T19).
        call.direction =
                Ordered.is(known.key())
                        ? Optional.of(Direction.OUTBOUND)
                        : known.direction().or(() -> call.direction);
        if (call.callerLeg.isEmpty() && !call.is(Direction.INBOUND) && !known.legs().isEmpty()) {
            call.callerLeg = known.legs().get(0).key();
        }
    }

    /** Its phones run under the client's Linkedid; who asks is a leg there too. */
    private void recallConsultation(LiveCall consultation, List<Channel> phones, List<Call> open) {
        consultation.origin = LiveCall.Origin.CONSULTATION;
        for (Channel phone : phones) {
            boolean asks =
                    open.stream()
                            .filter(call -> !call.key().equals(consultation.key))
                            .anyMatch(call -> call.leg(phone.uniqueid).isPresent());
            if (asks) {
                consultation.callerLeg = phone.uniqueid;
            } else {
                board.move(phone, consultation);
            }
        }
        if (consultation.channels.isEmpty()) {
            board.forget(consultation);
        }
    }

    private void dialAgain(
            List<AmiMessage> unknown,
            Map<String, AmiMessage> living,
            Function<Instant, TellingOf> tellingAt,
            Instant now) {
        for (AmiMessage row : unknown) {
            if (isDialled(row)) {
                AmiMessage dial = asDialBegin(row, living.values());
                Telling telling = tellingAt.apply(now.minus(AmiTime.age(row))).of(dial);
                dialling.dialBegin(dial, telling);
            }
        }
    }

    private void connect(Map<String, AmiMessage> living, TellingOf telling) {
        living.values()
                .forEach(
                        row ->
                                board.channel(row.get("Uniqueid"))
                                        .filter(channel -> !channel.bridge.isEmpty())
                                        .ifPresent(
                                                channel ->
                                                        talking.connect(
                                                                board.reached(channel),
                                                                telling.of(row))));
    }

    private static boolean isFirst(AmiMessage row) {
        return row.get("Uniqueid").equals(row.get("Linkedid"));
    }

    /** Asterisk dials this channel: its application is AppDial, AppDial2 or AppQueue. */
    private static boolean isDialled(AmiMessage row) {
        return row.get("Application").matches("App(Dial2?|Queue)");
    }

    /** The dial that must have been. */
    private static AmiMessage asDialBegin(AmiMessage row, Collection<AmiMessage> living) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        if (!row.get("Application").equals("AppDial2")) {
            living.stream()
                    .filter(from -> from != row)
                    .filter(from -> from.get("Linkedid").equals(row.get("Linkedid")))
                    .min(Comparator.comparing(from -> sourceRank(from, row)))
                    .ifPresent(from -> copy(from, "", fields));
        }
        copy(row, "Dest", fields);
        return new AmiMessage(fields);
    }

    /** Who dials this channel: the one whose Dial names it, else a queue, else the call's first. */
    private static int sourceRank(AmiMessage from, AmiMessage row) {
        String endpoint = AccountView.extension(row.get("Channel"));
        String data = from.get("ApplicationData") + from.get("Data");
        if (from.get("Application").equals("Dial") && data.contains(endpoint)) {
            return 0;
        }
        if (from.get("Application").equals("Queue")) {
            return 1;
        }
        return isFirst(from) ? 2 : 3;
    }

    private static void copy(
            AmiMessage row, String prefix, List<Map.Entry<String, String>> fields) {
        for (String key : COPIED) {
            fields.add(Map.entry(prefix + key, row.get(key)));
        }
    }

    /** Somebody clicked in a CRM, and the PBX is being asked. */
    private static boolean isOnItsWay(Call call, Instant now) {
        return FromCrm.givenUpAt(call).filter(now::isBefore).isPresent();
    }

    /** Calls that the store holds open and of which no channel lives. */
    private void closeOpen(List<Call> open, TellingOf telling) {
        Set<String> alive =
                board.calls().stream().map(call -> call.key).collect(Collectors.toSet());
        for (Call call : open) {
            AmiMessage absent = AmiMessage.of("Note", "no channel of this call lives any more");
            Telling tell = telling.of(absent);
            if (!alive.contains(call.key())) {
                if (isOnItsWay(call, tell.at())) {
                    continue;
                }
                tell.tell(
                        call.key(), Optional.empty(), tell.at(), new Fact.Ended(Optional.empty()));
                continue;
            }
            for (Leg leg : call.legs()) {
                if (!leg.ended() && board.channel(leg.key()).isEmpty()) {
                    LegResult result = leg.answered() ? LegResult.ANSWERED : LegResult.MISSED;
                    tell.tell(
                            call.key(),
                            Optional.of(leg.key()),
                            tell.at(),
                            new Fact.LegEnded(result));
                }
            }
        }
    }
}
