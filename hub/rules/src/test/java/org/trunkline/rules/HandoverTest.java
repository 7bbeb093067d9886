package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CallRecord;
import org.trunkline.model.LegResult;
import org.trunkline.model.Settings.Stage;
import org.trunkline.model.TransferKind;
import org.trunkline.model.WantedEntities;

/** Transfers between mapped and unmapped employees, by Mango's preset with "save all" on. */
class HandoverTest {

    private static final String SAVE_ALL =
            "{\"saveAll\":{\"enabled\":true,\"user\":\"99\"},"
                    + "\"pipelines\":{\"incoming\":{\"pipeline\":\"1\",\"stage\":\"IN\"},"
                    + "\"outgoing\":{\"pipeline\":\"1\",\"stage\":\"OUT\"}},"
                    + "\"entities\":{\"outgoing\":false}}";

    private static Story handedOver(Story story, String from, String to) {
        return story.rings(1, from)
                .answers(2, from)
                .leaves(5, from, LegResult.ANSWERED)
                .transferred(5, from, to, TransferKind.BLIND)
                .answers(7, to)
                .leaves(12, to, LegResult.ANSWERED)
                .ends(12)
                .preset("mango-amocrm")
                .with(SAVE_ALL);
    }

    @Test
    void M4_unmappedToMapped_theFirstLegIsTheSaveAllUsers_theSecondMakesTheEntities() {
        Story story = handedOver(inbound(), "209", "201");
        assertThat(story.records()).extracting(CallRecord::user).containsExactly("99", "7");
        WantedEntities wanted = story.decided().entities().orElseThrow();
        assertThat(wanted.create()).isPresent();
        assertThat(wanted.responsible()).contains("7");
    }

    @Test
    void M4_theSecondLegFollowsTheIncomingRules_whateverTheFirstLegsDirection() {
        WantedEntities wanted =
                handedOver(outbound(), "209", "201").decided().entities().orElseThrow();
        assertThat(wanted.create()).as("/entities/outgoing is off").isPresent();
        assertThat(handedOver(outbound(), "209", "201").part("direction").rule()).isEqualTo("M4");
        assertThat(wanted.stage()).contains(new Stage("1", Optional.of("IN")));
        assertThat(wanted.create().orElseThrow().titles().values())
                .allSatisfy(title -> assertThat(title).startsWith("Входящий"));
        assertThat(
                        handedOver(outbound(), "202", "201")
                                .decided()
                                .entities()
                                .flatMap(WantedEntities::create))
                .as("a mapped employee's outgoing call stays one")
                .isEmpty();
    }

    @Test
    void M4_mappedToUnmapped_theReverse() {
        Story story = handedOver(inbound(), "201", "209");
        assertThat(story.records()).extracting(CallRecord::user).containsExactly("7", "99");
        assertThat(story.decided().entities().orElseThrow().responsible()).contains("7");
    }

    @Test
    void M4_aSaveAllCallAloneMakesItsEntity() {
        Story story =
                inbound()
                        .rings(1, "209")
                        .answers(2, "209")
                        .ends(9)
                        .preset("mango-amocrm")
                        .with(SAVE_ALL);
        WantedEntities wanted = story.decided().entities().orElseThrow();
        assertThat(wanted.create()).isPresent();
        assertThat(wanted.responsible()).contains("99");
        Story known = story.knows(Clients.of().withContact().withDeal(true).client());
        assertThat(known.decided().entities().orElseThrow().create()).as("hangs on it").isEmpty();
    }

    @Test
    void M2_M3_whatTheCrmKnowsOfTheClientChangesNothingOfThat() {
        Story off =
                inbound(Story.MULTICHANNEL)
                        .rings(5, "209")
                        .ends(9)
                        .preset("mango-amocrm")
                        .knows(Clients.of().withContact().client());
        assertThat(off.records()).isEmpty();
        assertThat(off.decided().entities()).isEmpty();
        Story on = off.with(SAVE_ALL);
        assertThat(on.onlyRecord().user()).isEqualTo("99");
    }

    @Test
    void M5_textsOfTalksAreSavedIfSwitchedOn_ofUnmappedEmployeesToo() {
        String on = SAVE_ALL.replaceFirst("\\{", "{\"speech\":{\"enabled\":true},");
        Story story = inbound().rings(1, "209").answers(2, "209").preset("mango-amocrm").with(on);
        assertThat(story.onlyRecord().transcript()).isEmpty();
        assertThat(story.part("transcript").value()).isEqualTo("nothing");
        story.transcribed(20, "Good day").ends(30);
        assertThat(story.onlyRecord().transcript()).contains("Good day");
        assertThat(story.onlyRecord().user()).isEqualTo("99");
        assertThat(story.with(SAVE_ALL).onlyRecord().transcript()).as("off").isEmpty();
    }

    @Test
    void M5_theWordsHangOnTheFirstRecordOnly() {
        Story story =
                handedOver(inbound(), "202", "201")
                        .transcribed(13, "Good day")
                        .with("{\"speech\":{\"enabled\":true}}");
        assertThat(story.records())
                .extracting(CallRecord::transcript)
                .containsExactly(Optional.of("Good day"), Optional.empty());
    }
}
