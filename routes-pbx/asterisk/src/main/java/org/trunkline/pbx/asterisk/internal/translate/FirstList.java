package org.trunkline.pbx.asterisk.internal.translate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Event;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Incoming;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.SessionBegan;

/**
 * Holds back what a session tells of calls that began unheard, and lets its first list of channels
 * go first. Who comes in the middle of a call would take a client who is being transferred for an
 * employee: his channel runs through the employees' contexts then, and only list and store together
 * tell who he is.
 *
 * <p>What is told of a call known from its beginning never waits: a list that shows the call's
 * later state first would hide who called whom and who rang.
 */
public final class FirstList {

    /** Memory's bound in events; where no list comes for so long, none is waited for. */
    static final int MOST = 20_000;

    private final Predicate<String> isKnown;
    private final List<Incoming> waiting = new ArrayList<>();

    /** Linkedids of the calls of which something waits. */
    private final Set<String> late = new HashSet<>();

    private boolean listed;

    /**
     * @param isKnown whether the Linkedid is of a call that what went through so far has told of
     */
    public FirstList(Predicate<String> isKnown) {
        this.isKnown = isKnown;
    }

    /** What is to be translated now, in this order, before the next one is brought. */
    public List<Incoming> inOrder(Incoming one) {
        if (one instanceof SessionBegan) {
            listed = false;
            return List.of();
        }
        if (!(one instanceof Event event)) {
            return waitedFor(one);
        }
        if (listed || goesOn(event.message())) {
            return List.of(one);
        }
        late.addAll(calls(event.message()));
        waiting.add(one);
        return waiting.size() < MOST ? List.of() : waitedFor();
    }

    private List<Incoming> waitedFor(Incoming... first) {
        List<Incoming> now = new ArrayList<>(List.of(first));
        now.addAll(waiting);
        waiting.clear();
        late.clear();
        listed = true;
        return now;
    }

    /** Not if it would overtake an event of the same call that waits. */
    private boolean goesOn(AmiMessage m) {
        boolean begins =
                m.event().equals("Newchannel") && m.get("Linkedid").equals(m.get("Uniqueid"));
        Set<String> calls = calls(m);
        return !calls.isEmpty()
                && calls.stream().noneMatch(late::contains)
                && (begins || calls.stream().allMatch(isKnown));
    }

    /** Linkedids that the event names; a Cdr has none but the Uniqueid of the first channel. */
    private static Set<String> calls(AmiMessage m) {
        Set<String> linked =
                m.fields().stream()
                        .filter(
                                field ->
                                        field.getKey()
                                                .toLowerCase(Locale.ROOT)
                                                .endsWith("linkedid"))
                        .map(Map.Entry::getValue)
                        .filter(linkedid -> !linkedid.isEmpty())
                        .collect(Collectors.toSet());
        String uniqueid = m.get("Uniqueid");
        return linked.isEmpty() && !uniqueid.isEmpty() ? Set.of(uniqueid) : linked;
    }
}
