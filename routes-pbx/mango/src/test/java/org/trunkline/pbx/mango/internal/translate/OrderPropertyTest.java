package org.trunkline.pbx.mango.internal.translate;

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
import org.trunkline.model.CallEvent;
import org.trunkline.pbx.mango.internal.translate.Sequences.Message;

/** Mango sends the messages of one call in parallel, and again if in doubt. */
class OrderPropertyTest {

    @Property
    void anyOrderAndRepetitionFoldsToTheSameCall_X3(
            @ForAll("names") String name, @ForAll Random chance) {
        List<Message> inOrder = Sequences.messages(name);
        List<Message> stirred = new ArrayList<>(inOrder);
        inOrder.stream().filter(m -> chance.nextBoolean()).forEach(stirred::add);
        Collections.shuffle(stirred, chance);

        assertThat(Sequences.fold(stirred)).isEqualTo(Sequences.fold(inOrder));
    }

    @Property(tries = 100)
    void aMessageThatComesAgainHasTheSameNativeIds_X3(@ForAll("names") String name) {
        for (Message message : Sequences.messages(name)) {
            List<String> ids = ids(message);

            assertThat(ids).doesNotHaveDuplicates().isEqualTo(ids(message));
        }
        assertThat(Sequences.messages(name).stream().flatMap(m -> ids(m).stream()))
                .as("no two messages share one")
                .doesNotHaveDuplicates();
    }

    private static List<String> ids(Message message) {
        return message.translated().stream()
                .map(CallEvent::nativeId)
                .map(id -> id.orElseThrow())
                .toList();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(Sequences.names());
    }
}
