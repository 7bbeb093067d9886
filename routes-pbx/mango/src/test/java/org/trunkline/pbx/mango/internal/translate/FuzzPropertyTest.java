package org.trunkline.pbx.mango.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.trunkline.model.CallEvent;
import org.trunkline.pbx.mango.internal.translate.Sequences.Message;

/** Whatever comes with a right signature is read or refused, and nothing else happens. */
class FuzzPropertyTest {

    private static final String STRANGE = "{}[]\",:0123456789.-+eE\\u\u0000\uD83Dnullтrue";

    @Property(tries = 5_000)
    void aMutatedMessageIsReadOrRefused(
            @ForAll("messages") Message message, @ForAll Random chance) {
        StringBuilder text = new StringBuilder(message.json().toString());
        for (int i = chance.nextInt(6); i >= 0 && text.length() > 0; i--) {
            int at = chance.nextInt(text.length());
            char strange = STRANGE.charAt(chance.nextInt(STRANGE.length()));
            switch (chance.nextInt(4)) {
                case 0 -> text.setCharAt(at, strange);
                case 1 -> text.insert(at, strange);
                case 2 -> text.deleteCharAt(at);
                default -> text.setLength(at);
            }
        }
        List<CallEvent> events;
        try {
            events =
                    Translator.translate(
                            Sequences.COMPANY,
                            Sequences.ACCOUNT,
                            message.kind(),
                            text.toString(),
                            Instant.EPOCH);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        assertThat(events).allSatisfy(e -> assertThat(e.nativeText()).isEqualTo(text.toString()));
        assertThat(events).allSatisfy(e -> assertThat(e.callKey()).isNotBlank());
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.of(
                Sequences.names().stream()
                        .flatMap(name -> Sequences.messages(name).stream())
                        .toList());
    }
}
