package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trunkline.model.Call;
import org.trunkline.model.Fact;
import org.trunkline.model.Leg;
import org.trunkline.model.LegResult;
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
        Map<String, AmiMessage> living =
                snapshot.channels().stream()
                        .filter(channel -> !channel.get("Uniqueid").isEmpty())
                        .collect(
                                Collectors.toMap(
                                        channel -> channel.get("Uniqueid"),
                                        Function.identity(),
                                        (a, b) -> a));
        Instant now = snapshot.receivedAt();
        closeGone(living.keySet(), snapshot, tellingAt.apply(now));
        meetLiving(living, tellingAt, now);
        closeOpen(open, tellingAt.apply(now));
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

    private void meetLiving(
            Map<String, AmiMessage> living, Function<Instant, TellingOf> tellingAt, Instant now) {
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
            dialling.add(row, "", !isDialled(row), since, telling);
        }
        for (AmiMessage row : unknown) {
            if (isDialled(row)) {
                AmiMessage dial = asDialBegin(row, living);
                Telling telling = tellingAt.apply(now.minus(AmiTime.age(row))).of(dial);
                dialling.dialBegin(dial, telling);
            }
        }
        for (AmiMessage row : living.values()) {
            String bridge = row.get("BridgeId");
            board.channel(row.get("Uniqueid"))
                    .filter(channel -> !bridge.isEmpty() && channel.bridge.isEmpty())
                    .ifPresent(
                            channel ->
                                    talking.enter(channel, bridge, tellingAt.apply(now).of(row)));
        }
    }

    private static boolean isFirst(AmiMessage row) {
        return row.get("Uniqueid").equals(row.get("Linkedid"));
    }

    /** Asterisk dials this channel: its application is AppDial, AppDial2 or AppQueue. */
    private static boolean isDialled(AmiMessage row) {
        return row.get("Application").matches("App(Dial2?|Queue)");
    }

    /** The dial that must have been; its source is taken to be the call's first channel. */
    private static AmiMessage asDialBegin(AmiMessage row, Map<String, AmiMessage> living) {
        Map<String, String> fields = new HashMap<>();
        AmiMessage first = living.get(row.get("Linkedid"));
        if (first != null && !isFirst(row) && !row.get("Application").equals("AppDial2")) {
            for (String key : List.of("Channel", "Uniqueid", "Linkedid", "Context", "Exten")) {
                fields.put(key, first.get(key));
            }
            fields.put("CallerIDNum", first.get("CallerIDNum"));
        }
        for (String key : List.of("Channel", "Uniqueid", "Linkedid", "Context", "Exten")) {
            fields.put("Dest" + key, row.get(key));
        }
        fields.put("DestCallerIDNum", row.get("CallerIDNum"));
        fields.put("DestConnectedLineNum", row.get("ConnectedLineNum"));
        return new AmiMessage(
                fields.entrySet().stream()
                        .map(field -> Map.entry(field.getKey(), field.getValue()))
                        .toList());
    }

    /** Calls that the store holds open and of which no channel lives. */
    private void closeOpen(List<Call> open, TellingOf telling) {
        Set<String> alive =
                board.calls().stream().map(call -> call.key).collect(Collectors.toSet());
        for (Call call : open) {
            AmiMessage absent = AmiMessage.of("Note", "no channel of this call lives any more");
            Telling tell = telling.of(absent);
            if (!alive.contains(call.key())) {
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
