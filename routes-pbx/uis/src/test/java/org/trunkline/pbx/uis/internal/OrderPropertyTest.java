package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** UIS promises no order, and may send again what was not answered in time. */
class OrderPropertyTest {

    @Property(tries = 2_000)
    void X3_anyOrderAndAnyRepetitionMakeTheSameCall(
            @ForAll("sequences") String name, @ForAll long seed) {
        Sequence sequence = Sequence.of(name);
        List<String> bodies = new ArrayList<>(sequence.bodies());
        Random random = new Random(seed);
        for (int repeats = random.nextInt(6); repeats > 0; repeats--) {
            bodies.add(bodies.get(random.nextInt(bodies.size())));
        }
        Collections.shuffle(bodies, random);

        assertThat(Sequence.shown(Sequence.call(bodies))).isEqualTo(sequence.expected());
    }

    /** As after an outage of the sender: only the closing record is promised to get through. */
    @Property(tries = 1_000)
    void X3_whateverElseIsLost_theEndClosesTheCall(
            @ForAll("sequences") String name, @ForAll long seed) {
        Sequence sequence = Sequence.of(name);
        Random random = new Random(seed);
        List<String> bodies = new ArrayList<>(sequence.bodies());
        bodies.removeIf(body -> !body.contains("\"call-finished\"") && random.nextBoolean());

        assertThat(Sequence.call(bodies).ended()).isTrue();
        assertThat(Sequence.call(bodies).result().orElseThrow().name().toLowerCase())
                .isEqualTo(sequence.document().path("expected").path("result").asText());
    }

    @Provide
    static Arbitrary<String> sequences() {
        return Arbitraries.of(Sequence.NAMES);
    }
}
