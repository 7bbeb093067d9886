package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Story.START;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import org.junit.jupiter.api.Test;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;

/** What the clock alone changes, and when a record is written. */
class TimeTest {

    private static final String ANSWER = "{\"record\":{\"at\":\"answer\"}}";
    private static final String HOUR = "{\"recordings\":{\"durationAfter\":\"PT1H\"}}";
    private static final String HELD =
            "{\"entities\":{\"createBy\":\"hub\"},\"responsible\":{\"byEntity\":true,\"incomingDefault\":\"41\","
                    + "\"outgoingDefault\":\"42\",\"changeAfter\":\"PT1H\"}}";

    private static Written written(Story story) {
        return story.onlyRecord().written();
    }

    private static Story answered() {
        return inbound().rings(1, "201").answers(3, "201").ends(9);
    }

    @Test
    void T10_T11_atTheEnd() {
        Story incoming = inbound().rings(1, "201").answers(3, "201");
        assertThat(written(incoming)).isEqualTo(Written.NOT_YET);
        assertThat(written(incoming.ends(9))).isEqualTo(Written.WHOLE);
        Story outgoing = outbound().rings(1, "201").answers(3, "201");
        assertThat(written(outgoing)).isEqualTo(Written.NOT_YET);
        assertThat(written(outgoing.ends(9))).isEqualTo(Written.WHOLE);
    }

    @Test
    void I2_orAtTheAnswer_attemptsAndMissedOnesAtTheirEnd() {
        Story incoming = inbound().rings(1, "201").with(ANSWER);
        assertThat(written(incoming)).isEqualTo(Written.NOT_YET);
        assertThat(written(incoming.answers(3, "201"))).isEqualTo(Written.WITHOUT_DURATION);
        assertThat(written(incoming.ends(9))).isEqualTo(Written.WHOLE);
        Story outgoing = outbound().rings(1, "201").with(ANSWER);
        assertThat(written(outgoing)).as("the client has not answered").isEqualTo(Written.NOT_YET);
        assertThat(written(outgoing.ends(9))).as("a failed attempt").isEqualTo(Written.WHOLE);
        assertThat(written(inbound().rings(1, "201").ends(9).with(ANSWER)))
                .as("missed")
                .isEqualTo(Written.WHOLE);
    }

    @Test
    void I3_theDurationFollowsAfterItsTime_countedFromTheEndOfTheTalk() {
        Story story = answered().with(HOUR).at(9 + 3_599);
        assertThat(written(story)).isEqualTo(Written.WITHOUT_DURATION);
        assertThat(story.decided().changesAt()).contains(START.plusSeconds(9 + 3_600));
        assertThat(story.part("history").rule()).isEqualTo("I3");
        story.at(9 + 3_600);
        assertThat(written(story)).isEqualTo(Written.WHOLE);
        assertThat(story.decided().changesAt()).isEmpty();
    }

    @Test
    void I3_whatWasNotTalkedHasNoDurationToWaitFor() {
        Story missed = inbound().rings(1, "201").ends(9).with(HOUR).at(10);
        assertThat(written(missed)).isEqualTo(Written.WHOLE);
        assertThat(missed.decided().changesAt()).isEmpty();
    }

    @Test
    void I3_eachTalkOfATransferHasItsOwnTime() {
        Story story =
                inbound()
                        .rings(1, "201")
                        .answers(3, "201")
                        .leaves(60, "201", LegResult.ANSWERED)
                        .transferred(60, "201", "202", TransferKind.BLIND)
                        .answers(61, "202")
                        .leaves(100, "202", LegResult.ANSWERED)
                        .ends(100)
                        .with(HOUR)
                        .at(3_670);
        assertThat(story.records())
                .extracting(r -> r.written())
                .containsExactly(Written.WHOLE, Written.WITHOUT_DURATION);
        assertThat(story.decided().changesAt()).contains(START.plusSeconds(3_700));
        assertThat(story.at(200).decided().changesAt()).contains(START.plusSeconds(3_660));
    }

    @Test
    void I3_aLiveCallHasNothingToWaitFor() {
        assertThat(inbound().rings(1, "201").answers(2, "201").with(HOUR).decided().changesAt())
                .isEmpty();
    }

    @Test
    void O12_theActivityWaitsForItsResponsible() {
        Story story = answered().with(HELD).at(9 + 3_599);
        assertThat(written(story)).isEqualTo(Written.NOT_YET);
        assertThat(story.decided().changesAt()).contains(START.plusSeconds(9 + 3_600));
        assertThat(story.part("history").rule()).isEqualTo("O12");
        story.at(9 + 3_600);
        assertThat(written(story)).isEqualTo(Written.WHOLE);
        assertThat(story.onlyRecord().user()).isEqualTo("7");
        assertThat(story.decided().changesAt()).isEmpty();
    }

    @Test
    void O12_aCallWhoseClientHasAllKeepsNobodyWaiting() {
        Story story =
                answered()
                        .with(HELD)
                        .knows(
                                new Clients(
                                                java.util.Optional.empty(),
                                                java.util.Optional.empty(),
                                                java.util.Optional.empty(),
                                                Clients.of().withDeal(true).deal())
                                        .client())
                        .at(10);
        // O11: a deal alone keeps its responsible, so that nothing is to change after N.
        assertThat(written(story)).isEqualTo(Written.WHOLE);
        assertThat(story.decided().changesAt()).isEmpty();
    }

    @Test
    void O12_whatIsOpenIsReassignedAfterNOnly() {
        Story story =
                answered().with(HELD).knows(Clients.of().withContact().withDeal(true).client());
        assertThat(story.at(10).decided().entities().orElseThrow().reassign()).isEmpty();
        assertThat(story.at(9 + 3_600).decided().entities().orElseThrow().reassign())
                .map(found -> found.responsible())
                .contains("54");
    }
}
