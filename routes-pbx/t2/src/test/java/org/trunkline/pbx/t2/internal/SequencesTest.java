package org.trunkline.pbx.t2.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From what t2's lists show, and its records, to the calls. */
class SequencesTest {

    @Test
    void X2_anInboundCallThroughAQueue() {
        becomes("inbound-answered");
    }

    @Test
    void T10_aMissedCallRangAtTheEmployee() {
        becomes("missed");
    }

    @Test
    void X3_aCallThatNoPollSawComesFromItsRecord() {
        becomes("missed-between-polls");
    }

    @Test
    void T11_anOutgoingCallIsItsCallers() {
        becomes("outgoing");
    }

    @Test
    void T11_anOutgoingCallGivenUp() {
        becomes("outgoing-cancelled");
    }

    @Test
    void T7_anEmployeesOwnNumberRingsAtHim() {
        becomes("busy");
    }

    @Test
    void T8_allWhoAreRungHaveALeg() {
        becomes("group");
    }

    @Test
    void X3_twoCallsOfOneClientInAMinuteKeepTheirOwnRecords() {
        becomes("called-again");
    }

    @Test
    void oneEmptyPollEndsNothing() {
        becomes("glimpse-missed");
    }

    @Test
    void withoutARecordACallEndsAtTheSecondEmptyPoll() {
        becomes("no-record");
    }

    @Test
    void X2_callsAmongEmployeesAreNotTold() {
        becomes("among-employees");
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

        assertThat(Sequence.shown(sequence.calls())).isEqualTo(sequence.expected());
    }
}
