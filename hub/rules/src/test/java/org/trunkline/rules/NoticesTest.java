package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trunkline.model.LegResult;
import org.trunkline.model.Notice;
import org.trunkline.model.TransferKind;

/** Messages to employees (O4; I1 and I5 are in {@link AmocrmTest}). */
class NoticesTest {

    private static final String ON = "{\"chat\":{\"enabled\":true}}";

    @Test
    void O4_successfulAndUnsuccessfulIncomingCallsAreToldToTheirEmployee() {
        Story answered = inbound().rings(1, "201").answers(2, "201").with(ON);
        assertThat(answered.decided().notices()).as("while it goes on").isEmpty();
        assertThat(answered.ends(9).decided().notices())
                .containsExactly(
                        new Notice(
                                "chat/main", List.of("7"), "Входящий звонок: +79161234567", false));
        assertThat(inbound().rings(1, "202").ends(9).with(ON).decided().notices())
                .containsExactly(
                        new Notice(
                                "chat/main",
                                List.of("8"),
                                "Пропущенный звонок: +79161234567",
                                false));
    }

    @Test
    void O4_outgoingCallsAreNot_norAnyWhileItIsOff() {
        assertThat(outbound().rings(1, "201").ends(9).with(ON).decided().notices()).isEmpty();
        assertThat(inbound().rings(1, "201").ends(9).decided().notices()).isEmpty();
    }

    @Test
    void O4_eachTalkOfATransferIsToldToItsOwnEmployee() {
        Story story =
                inbound()
                        .rings(1, "201")
                        .answers(3, "201")
                        .leaves(6, "201", LegResult.ANSWERED)
                        .transferred(6, "201", "202", TransferKind.BLIND)
                        .answers(7, "202")
                        .ends(9)
                        .with(ON);
        assertThat(story.decided().notices())
                .extracting(Notice::users)
                .containsExactly(List.of("7"), List.of("8"));
        assertThat(story.decided().notices()).extracting(Notice::key).doesNotHaveDuplicates();
    }
}
