package org.trunkline.pbx.mango.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.CallResult;
import org.trunkline.pbx.mango.internal.translate.Sequences.Message;

/** A call whose summary never came ends all the same, and a late summary still counts. */
class UnclosedTest {

    private static List<Message> withoutSummary(String name) {
        return Sequences.messages(name).stream().filter(m -> !m.kind().equals("summary")).toList();
    }

    private static Call fold(List<Message> messages, CallEvent... more) {
        CallFold fold = CallFold.of("acme", "office", "E1");
        for (Message message : messages) {
            for (CallEvent event : message.translated()) {
                fold = fold.with(event);
            }
        }
        for (CallEvent event : more) {
            fold = fold.with(event);
        }
        return fold.call();
    }

    private static Instant lastEnd(String name) {
        return Instant.ofEpochSecond(Sequences.expected(name).path("endedAt").asLong());
    }

    @Test
    void afterHalfAnHourOfQuietItEndedWithItsLastLeg_X3() {
        List<Message> messages = withoutSummary("blind-transfer");
        Instant end = lastEnd("blind-transfer");
        Call open = fold(messages);

        assertThat(Unclosed.end(open, end.plus(Duration.ofMinutes(29)))).isEmpty();

        CallEvent closing = Unclosed.end(open, end.plus(Duration.ofMinutes(30))).orElseThrow();
        Call closed = fold(messages, closing);
        assertThat(closed.endedAt()).contains(end);
        assertThat(closed.result()).contains(CallResult.ANSWERED);
        assertThat(closed.talkSeconds()).isEqualTo(40);
        assertThat(Unclosed.end(closed, end.plus(Duration.ofDays(2)))).isEmpty();
    }

    @Test
    void whileALegIsOpenItMayBeALongTalk() {
        List<Message> messages = Sequences.messages("outbound-answered").subList(0, 2);
        Call open = fold(messages);
        Instant answered = open.answeredAt().orElseThrow();

        assertThat(Unclosed.end(open, answered.plus(Duration.ofHours(11)))).isEmpty();

        CallEvent closing = Unclosed.end(open, answered.plus(Duration.ofHours(12))).orElseThrow();
        assertThat(fold(messages, closing).endedAt()).contains(answered);
    }

    @Test
    void aCallThatOnlyAMenuTookEndsToo() {
        List<Message> messages = withoutSummary("inbound-menu-only");
        Call open = fold(messages);

        CallEvent closing =
                Unclosed.end(open, open.startedAt().plus(Duration.ofHours(1))).orElseThrow();

        assertThat(fold(messages, closing).result()).contains(CallResult.MISSED);
    }

    @Test
    void twoHubsTellItOnce() {
        Call open = fold(withoutSummary("inbound-missed"));
        Instant later = lastEnd("inbound-missed").plus(Duration.ofHours(1));

        Optional<CallEvent> here = Unclosed.end(open, later);
        Optional<CallEvent> there = Unclosed.end(open, later.plus(Duration.ofSeconds(20)));

        assertThat(here.orElseThrow().nativeId()).isPresent();
        assertThat(there.orElseThrow().nativeId()).isEqualTo(here.orElseThrow().nativeId());
    }

    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.mango.internal.translate.Sequences#names")
    void aSummaryThatComesLateHasTheLastWord(String name) {
        List<Message> heard = withoutSummary(name);
        if (heard.isEmpty()) {
            heard = Sequences.messages(name);
        }
        Instant later = lastEnd(name).plus(Duration.ofDays(1));
        CallEvent[] closing = Unclosed.end(fold(heard), later).stream().toArray(CallEvent[]::new);
        List<Message> all = Sequences.messages(name);

        assertThat(fold(all, closing)).isEqualTo(fold(all));
    }
}
