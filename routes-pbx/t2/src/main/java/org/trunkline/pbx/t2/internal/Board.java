package org.trunkline.pbx.t2.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trunkline.model.Call;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;

/**
 * The live calls of one account as the last poll left them. Immutable: a poll whose events could
 * not be stored is simply made again from the board before it.
 *
 * <p>That a phone rings is told; that somebody talks is not, for t2's lists do not say it and what
 * was told can't be taken back. The record tells it when the call is over.
 *
 * @param live by {@link LiveCall#identity}
 * @param gone seen no more, their records awaited
 */
record Board(Map<String, LiveCall> live, List<LiveCall> gone) {

    /** A single poll may miss a call that is just being routed. */
    private static final int POLLS_TO_BE_GONE = 2;

    static final Board EMPTY = new Board(Map.of(), List.of());

    /**
     * @param tellings what is to be told of it
     */
    record Step(Board board, List<Telling> tellings) {}

    /** As the store knows it, after a start or a takeover: calls under way keep their keys. */
    static Board of(List<Call> open) {
        Map<String, LiveCall> live = new LinkedHashMap<>();
        for (Call call : open) {
            if (call.key().startsWith(Telling.LIVE) && call.direction().isPresent()) {
                Map<String, Integer> legs =
                        call.legs().stream()
                                .filter(leg -> leg.extension().isPresent())
                                .collect(
                                        Collectors.toMap(
                                                leg -> leg.extension().orElseThrow(),
                                                leg -> leg.ended() ? LiveCall.OVER : 0,
                                                Math::min));
                LiveCall known =
                        new LiveCall(
                                call.key(),
                                call.direction().orElseThrow(),
                                call.client(),
                                legs,
                                0,
                                Optional.empty());
                live.put(known.identity(), known);
            }
        }
        return new Board(live, List.of());
    }

    /** What the lists show now. */
    Step poll(Site site, List<Row> rows, Instant now, Duration patience) {
        List<Telling> told = new ArrayList<>();
        Map<String, LiveCall> next = new LinkedHashMap<>();
        Map<String, List<Site.Parties>> shown = new LinkedHashMap<>();
        for (Row row : rows) {
            site.parties(row.type(), row.caller(), row.called(), Optional.empty())
                    .ifPresent(
                            parties -> {
                                String id =
                                        LiveCall.identity(parties.direction(), parties.client());
                                shown.computeIfAbsent(id, k -> new ArrayList<>()).add(parties);
                                next.put(id, begun(id, parties, next, now, told));
                                queue(row, next.get(id), now, told);
                            });
        }
        next.replaceAll((id, call) -> call.seen(legs(call, shown.get(id), now, told)));
        List<LiveCall> leaving = new ArrayList<>();
        live.forEach(
                (id, call) -> {
                    if (!next.containsKey(id)) {
                        int unseen = call.unseen() + 1;
                        if (unseen < POLLS_TO_BE_GONE) {
                            next.put(id, call.unseen(unseen, Optional.empty()));
                        } else {
                            leaving.add(call.unseen(unseen, Optional.of(now)));
                        }
                    }
                });
        leaving.addAll(0, gone);
        return new Step(new Board(next, patient(leaving, now, patience, told)), told);
    }

    private LiveCall begun(
            String id,
            Site.Parties parties,
            Map<String, LiveCall> next,
            Instant now,
            List<Telling> told) {
        LiveCall known = next.getOrDefault(id, live.get(id));
        String key = known == null ? Telling.liveKey(id, now) : known.key();
        if (known == null || parties.line().isPresent()) {
            told.add(
                    Telling.polled(
                            key,
                            Optional.empty(),
                            now,
                            new Fact.Started(
                                    Optional.of(parties.direction()),
                                    parties.client(),
                                    parties.line())));
        }
        return known != null
                ? known
                : new LiveCall(
                        key, parties.direction(), parties.client(), Map.of(), 0, Optional.empty());
    }

    private static void queue(Row row, LiveCall call, Instant now, List<Telling> told) {
        row.queue()
                .ifPresent(
                        name ->
                                told.add(
                                        Telling.polled(
                                                call.key(),
                                                Optional.empty(),
                                                now,
                                                new Fact.Tagged(Map.of("group", name)))));
    }

    private static Map<String, Integer> legs(
            LiveCall call, List<Site.Parties> shown, Instant now, List<Telling> told) {
        Set<String> ringing =
                shown.stream()
                        .flatMap(parties -> parties.employee().stream())
                        .collect(Collectors.toSet());
        Map<String, Integer> legs = new TreeMap<>(call.legs());
        ringing.forEach(
                extension -> {
                    if (legs.put(extension, 0) == null) {
                        told.add(
                                Telling.polled(
                                        call.key(),
                                        Optional.of(extension),
                                        now,
                                        new Fact.LegRinging(extension)));
                    }
                });
        legs.replaceAll(
                (extension, unseen) -> {
                    if (ringing.contains(extension) || unseen == LiveCall.OVER) {
                        return unseen;
                    }
                    if (unseen + 1 < POLLS_TO_BE_GONE) {
                        return unseen + 1;
                    }
                    told.add(
                            Telling.polled(
                                    call.key(),
                                    Optional.of(extension),
                                    now,
                                    new Fact.LegEnded(LegResult.CANCELLED)));
                    return LiveCall.OVER;
                });
        return legs;
    }

    /**
     * Who waits for a record in vain is over nevertheless; a record that comes later still counts.
     */
    private static List<LiveCall> patient(
            List<LiveCall> leaving, Instant now, Duration patience, List<Telling> told) {
        List<LiveCall> waiting = new ArrayList<>();
        for (LiveCall call : leaving) {
            Instant since = call.gone().orElseThrow();
            if (now.isBefore(since.plus(patience))) {
                waiting.add(call);
            } else {
                told.add(
                        Telling.polled(
                                call.key(),
                                Optional.empty(),
                                since,
                                new Fact.Ended(Optional.empty())));
            }
        }
        return waiting;
    }

    /** These calls have their records. */
    Board without(Set<String> recorded) {
        return new Board(
                live, gone.stream().filter(call -> !recorded.contains(call.key())).toList());
    }
}
