package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Calls as UIS tells them, from its own notifications to the call. */
class SequencesTest {

    @Test
    void X2_anInboundCallThatIsAnswered() {
        becomes("inbound-answered");
    }

    @Test
    void X2_aMissedCallRangAtTheEmployee() {
        becomes("missed");
    }

    @Test
    void X2_aClientWhoGivesUpInTheMenuRangAtNobody() {
        becomes("lost-in-menu");
    }

    @Test
    void T8_aGroupHasALegAnEmployee() {
        becomes("group");
    }

    @Test
    void T8_aQueueThatNobodyAnswers() {
        becomes("group-lost");
    }

    @Test
    void T11_anOutgoingCallIsItsCallers() {
        becomes("outgoing");
    }

    @Test
    void T11_anOutgoingCallThatTheClientDoesNotAnswer() {
        becomes("outgoing-unanswered");
    }

    @Test
    void X2_aCallThatUisCouldNotServeIsFailed() {
        becomes("not-served");
    }

    @Test
    void X1_aBlindTransfer() {
        becomes("blind-transfer");
    }

    @Test
    void X1_anAttendedTransfer() {
        becomes("attended-transfer");
    }

    @Test
    void X1_aTransferThatNobodyAnswersIsMissedForItsOwnLegOnly() {
        becomes("transfer-unanswered");
    }

    @Test
    void X1_aChainOfTransfers() {
        becomes("transfer-chain");
    }

    @Test
    void K3_aRecordingMayComeBeforeTheEndOrLongAfterIt() {
        becomes("recorded-later");
    }

    @Test
    void X3_theLastNotificationAloneMakesTheCall() {
        becomes("only-the-end");
    }

    @ParameterizedTest
    @FieldSource("org.trunkline.pbx.uis.internal.Sequence#NAMES")
    void whatUisDoesNotKnowMayBeLeftEmpty(String name) {
        Sequence sequence = Sequence.of(name);

        assertThat(Sequence.shown(Sequence.call(sequence.bodies(""))))
                .isEqualTo(sequence.expected());
    }

    @ParameterizedTest
    @FieldSource("org.trunkline.pbx.uis.internal.Sequence#NAMES")
    void parametersThatACabinetDoesNotOfferMayStandAsTheyAre(String name) {
        Sequence sequence = Sequence.of(name);

        assertThat(Sequence.shown(Sequence.call(sequence.bodies("as it stands"))))
                .isEqualTo(sequence.expected());
    }

    @Test
    void noSequenceIsForgotten() throws IOException, URISyntaxException {
        Path folder = Path.of(Sequence.class.getResource("/calls").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(Sequence.NAMES);
        }
    }

    private static void becomes(String name) {
        Sequence sequence = Sequence.of(name);

        assertThat(Sequence.shown(Sequence.call(sequence.bodies()))).isEqualTo(sequence.expected());
    }
}
