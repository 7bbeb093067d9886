package org.trunkline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleListTest {
    @Test
    void rulesStandInTheirSectionsInOrder() {
        RuleList list =
                RuleList.parse(
                        List.of(
                                "# a comment",
                                "",
                                "== 2. The card",
                                "T7 | It opens.",
                                "== 1. Users",
                                "T1 | Installed. | later: the application",
                                " O1 |  Many portals. | partly: chats "));

        assertThat(list.sections())
                .containsExactly(
                        new RuleList.Section(
                                "2. The card",
                                List.of(new Rule("T7", "It opens.", Rule.State.BUILT, ""))),
                        new RuleList.Section(
                                "1. Users",
                                List.of(
                                        new Rule(
                                                "T1",
                                                "Installed.",
                                                Rule.State.LATER,
                                                "the application"),
                                        new Rule(
                                                "O1",
                                                "Many portals.",
                                                Rule.State.PARTLY,
                                                "chats"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "T7; line 2 is not 'id | rule'",
                "T7 |; line 2 is not 'id | rule'",
                "T7 | a | later: b | c; line 2 is not 'id | rule'",
                "U7 | a; line 2 begins with 'U7', which is no rule id",
                "T7 | a | soon; line 2 has the mark 'soon', give 'later",
                "T7 | a | later:; line 2 has the mark 'later:', give 'later"
            })
    void aLineThatIsWrongIsNamedWithItsCure(String line, String message) {
        assertThatThrownBy(() -> RuleList.parse(List.of("== One", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("docs/features.txt: " + message);
    }

    @Test
    void aRuleTwiceIsRefused() {
        assertThatThrownBy(() -> RuleList.parse(List.of("== One", "T7 | a", "== Two", "T7 | b")))
                .hasMessage("docs/features.txt: line 4 has T7 for the second time, remove one");
    }

    @Test
    void aRuleWithoutSectionIsRefused() {
        assertThatThrownBy(() -> RuleList.parse(List.of("T7 | a")))
                .hasMessageContaining("line 1 is before the first section");
    }
}
