package org.trunkline.runtime.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.Leg;
import org.trunkline.model.Recording;
import org.trunkline.store.Calls;
import org.trunkline.store.Page;

/**
 * Which calls of one account lack the words of their recordings, and when to ask for them: soon
 * after the call, then less and less often. What is remembered only spares questions: without it
 * all are asked again.
 */
public final class AwaitedTexts {

    /** PBXs give texts within minutes; one that comes later than this is not fetched. */
    static final Duration LONGEST = Duration.ofHours(24);

    /** Of a call with several recordings: then those that have words must do. */
    static final Duration FOR_ALL = Duration.ofHours(1);

    private static final Duration OFTEN = Duration.ofSeconds(20);

    /** Calls that began before are looked for more rarely, for each look reads all of them. */
    private static final Duration RECENT = Duration.ofHours(2);

    private static final Duration WHOLE_LOOKS = Duration.ofMinutes(10);

    /** A day's calls, and the longest talk before it. */
    private static final Duration WHOLE = Duration.ofHours(28);

    private static final int PAGE = 500;

    private Instant nextWhole = Instant.MIN;
    private Map<String, Instant> asked = new HashMap<>();
    private List<Call> inQuestion = List.of();

    /**
     * What to ask for now; counts as asked.
     *
     * @param most recordings; a call that has more comes alone
     */
    public List<Recording> due(Calls calls, String company, String account, int most, Instant now) {
        List<Call> due = new ArrayList<>();
        int recordings = 0;
        for (Call call : awaited(calls, company, account, now)) {
            recordings += call.recordings().size();
            if (!due.isEmpty() && recordings > most) {
                break;
            }
            due.add(call);
            asked.put(call.id(), now);
        }
        inQuestion = due;
        return due.stream().flatMap(call -> call.recordings().stream()).toList();
    }

    /** The longest unasked first. */
    private List<Call> awaited(Calls calls, String company, String account, Instant now) {
        boolean whole = !nextWhole.isAfter(now);
        List<Call> awaited = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Call> page =
                    calls.list(
                            company, Optional.of(now.minus(whole ? WHOLE : RECENT)), cursor, PAGE);
            page.items().stream()
                    .filter(call -> call.account().equals(account) && lacksWords(call, now))
                    .forEach(awaited::add);
            cursor = page.next();
        } while (cursor.isPresent());
        if (whole) {
            nextWhole = now.plus(WHOLE_LOOKS);
            asked.keySet().retainAll(awaited.stream().map(Call::id).collect(Collectors.toSet()));
        }
        awaited.removeIf(call -> !isDue(call, now));
        awaited.sort(Comparator.comparing(call -> asked.getOrDefault(call.id(), Instant.MIN)));
        return awaited;
    }

    private static boolean lacksWords(Call call, Instant now) {
        return !call.recordings().isEmpty()
                && !call.attributes().containsKey(Call.TRANSCRIPT)
                && call.endedAt().filter(end -> end.plus(LONGEST).isAfter(now)).isPresent();
    }

    private boolean isDue(Call call, Instant now) {
        Instant last = asked.get(call.id());
        if (last == null) {
            return true;
        }
        Duration rarely = Duration.between(call.endedAt().orElseThrow(), now).dividedBy(4);
        return !last.plus(rarely.compareTo(OFTEN) < 0 ? OFTEN : rarely).isAfter(now);
    }

    /** What follows from the answer to {@link #due}. */
    public List<CallEvent> told(Map<String, String> texts, Instant now) {
        return inQuestion.stream().flatMap(call -> told(call, texts, now).stream()).toList();
    }

    private static Optional<CallEvent> told(Call call, Map<String, String> texts, Instant now) {
        List<String> words =
                call.recordings().stream()
                        .sorted(Comparator.comparing(recording -> place(call, recording)))
                        .map(recording -> texts.getOrDefault(recording.id(), "").strip())
                        .filter(text -> !text.isEmpty())
                        .toList();
        Instant end = call.endedAt().orElseThrow();
        boolean all = words.size() == call.recordings().size();
        if (words.isEmpty() || !all && end.plus(FOR_ALL).isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(
                new CallEvent(
                        call.company(),
                        call.account(),
                        call.key(),
                        Optional.empty(),
                        Optional.of("speech:" + call.id()),
                        0,
                        end,
                        now,
                        Confidence.FINAL,
                        new Fact.TranscriptReady(String.join("\n", words)),
                        "asked for by the recordings' ids"));
    }

    /** In the order of the talks. */
    private static int place(Call call, Recording recording) {
        List<String> legs = call.legs().stream().map(Leg::key).toList();
        int leg = recording.legKey().map(legs::indexOf).orElse(-1);
        return leg < 0 ? legs.size() : leg;
    }
}
