package org.trunkline.pbx.asterisk.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.EventSelection;

/**
 * The order of independent events and repetitions do not matter. Asterisk orders what it says of
 * one channel, and of two only as far as one follows from the other.
 */
class OrderPropertyTest {

    /** Fields that name a channel or bridge: events that share none are independent. */
    private static final Set<String> NAMES =
            Set.of(
                    "uniqueid",
                    "destuniqueid",
                    "bridgeuniqueid",
                    "transfereruniqueid",
                    "transfereeuniqueid",
                    "origtransfereruniqueid",
                    "secondtransfereruniqueid",
                    "transfertargetuniqueid",
                    "origbridgeuniqueid",
                    "secondbridgeuniqueid",
                    "destbridgeuniqueid");

    @Property(tries = 400)
    void independentEventsMayChangePlaces(@ForAll("captures") String capture, @ForAll long seed)
            throws IOException {
        List<AmiMessage> messages = wanted(capture);
        Random random = new Random(seed);
        for (int swaps = messages.size() * 4; swaps > 0; swaps--) {
            int i = random.nextInt(messages.size() - 1);
            if (independent(messages.get(i), messages.get(i + 1))) {
                Collections.swap(messages, i, i + 1);
            }
        }

        CapturedCallsTest.assertMatches(calls(messages), Captures.expected(capture));
    }

    @Property(tries = 400)
    void anyEventMayBeRepeated(@ForAll("captures") String capture, @ForAll long seed)
            throws IOException {
        List<AmiMessage> messages = wanted(capture);
        Random random = new Random(seed);
        for (int repeats = 10; repeats > 0; repeats--) {
            int which = random.nextInt(messages.size());
            int where = which + 1 + random.nextInt(messages.size() - which);
            messages.add(where, messages.get(which));
        }

        CapturedCallsTest.assertMatches(calls(messages), Captures.expected(capture));
    }

    @Property(tries = 300)
    void callsMayBeInterleaved(
            @ForAll("captures") String one, @ForAll("captures") String two, @ForAll long seed)
            throws IOException {
        List<AmiMessage> first = wanted(one);
        List<AmiMessage> second = wanted(two);
        // two recordings of different days: Asterisk counts its Local channels anew each time, and
        // so does whoever gives commands
        Assume.that(Collections.disjoint(locals(first), locals(second)) && !one.equals(two));
        Assume.that(Collections.disjoint(keys(calls(first)), keys(calls(second))));
        List<AmiMessage> mixed = new ArrayList<>();
        Random random = new Random(seed);
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            boolean takeFirst = j == second.size() || i < first.size() && random.nextBoolean();
            mixed.add(takeFirst ? first.get(i++) : second.get(j++));
        }
        Set<Call> expected = new HashSet<>(calls(first));
        expected.addAll(calls(second));

        assertThat(new HashSet<>(calls(mixed))).isEqualTo(expected);
    }

    private static Set<String> keys(List<Call> calls) {
        return calls.stream().map(Call::key).collect(Collectors.toSet());
    }

    @Property(tries = 400)
    void neutralEventsMayComeInAnyOrderAndTwice(
            @ForAll("captures") String capture, @ForAll long seed) throws IOException {
        List<CallEvent> events =
                Captures.translate(new Translator(Captures.ACCOUNT), wanted(capture));
        List<Call> inOrder = Captures.fold(events);
        Random random = new Random(seed);
        List<CallEvent> shuffled = new ArrayList<>(events);
        for (int repeats = 5; repeats > 0; repeats--) {
            shuffled.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(shuffled, random);

        assertThat(Captures.fold(shuffled)).isEqualTo(inOrder);
    }

    @Provide
    Arbitrary<String> captures() {
        return Arbitraries.of(Captures.NAMES);
    }

    private static List<AmiMessage> wanted(String capture) throws IOException {
        return new ArrayList<>(
                Captures.messages(capture).stream().filter(EventSelection::isWanted).toList());
    }

    private static List<Call> calls(List<AmiMessage> messages) {
        return Captures.fold(Captures.translate(new Translator(Captures.ACCOUNT), messages));
    }

    private static Set<String> locals(List<AmiMessage> messages) {
        return messages.stream()
                .map(message -> message.get("Channel"))
                .filter(name -> name.startsWith("Local/"))
                .collect(Collectors.toSet());
    }

    private static boolean independent(AmiMessage a, AmiMessage b) {
        Set<String> named = names(a);
        return names(b).stream().noneMatch(named::contains);
    }

    private static Set<String> names(AmiMessage message) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, String> field : message.fields()) {
            if (NAMES.contains(field.getKey().toLowerCase())) {
                names.add(field.getValue());
            }
            if (field.getValue().startsWith("Local/")) {
                names.add(field.getValue().replaceAll(";[12]$", "")); // one thing with two ends
            }
        }
        if (message.event().equals("Newchannel")) {
            names.add(message.get("Linkedid")); // born of the channel that began the call
        }
        return names;
    }
}
