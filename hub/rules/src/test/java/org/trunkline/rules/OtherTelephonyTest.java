package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Story.START;
import static org.trunkline.rules.Story.inbound;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.ChangedEntities;
import org.trunkline.model.ChangedEntities.FirstCommunication;
import org.trunkline.model.Decision;

/** "Use another telephony" (O7), by the preset for UIS. */
class OtherTelephonyTest {

    private static final String ON =
            "{\"otherTelephony\":{\"enabled\":true},\"chat\":{\"enabled\":true},"
                    + "\"fields\":{\"alwaysUpdate\":true,\"firstCommunicationId\":\"UF_FIRST\","
                    + "\"map\":[{\"field\":\"UF_LINE\",\"text\":\"{{virtual_phone_number}}\"}]}}";

    private static Story story() {
        return inbound()
                .rings(1, "201")
                .answers(3, "201")
                .preset("uis-bitrix24")
                .knows(Clients.of().withContact().withDeal(true).client())
                .with(ON);
    }

    @Test
    void O7_nothingIsWrittenShownMadeOrTold() {
        Decision decision = story().ends(9).decided();
        assertThat(decision.records()).isEmpty();
        assertThat(decision.entities()).isEmpty();
        assertThat(decision.notices()).isEmpty();
        assertThat(decision.parts()).allSatisfy(part -> assertThat(part.rule()).isEqualTo("O7"));
        assertThat(story().ends(9).asksForClient()).isFalse();
    }

    @Test
    void O7_whatWasChangedDuringTheCallGetsTheFields_andAnEmptyFirstIdIsFilled() {
        assertThat(story().ends(9).decided().changed())
                .contains(
                        new ChangedEntities(
                                story().call().client().orElseThrow(),
                                START,
                                START.plusSeconds(9),
                                Map.of("UF_LINE", Story.DIRECT),
                                Optional.of(new FirstCommunication("UF_FIRST", "1.0"))));
        assertThat(story().decided().changed()).as("not while it goes on").isEmpty();
    }

    @Test
    void O7_withoutFieldsThereIsNothingToDo() {
        assertThat(
                        story().ends(9)
                                .with("{\"otherTelephony\":{\"enabled\":true}}")
                                .decided()
                                .changed())
                .isEmpty();
    }

    @Test
    void O7_theCallsOfOthersStayTheirs() {
        assertThat(Story.internal().ends(4).with(ON).decided().changed()).isEmpty();
    }
}
