package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.LegResult;

/** Rules O14 and O15: which calls count. */
class CallFilterTest {

    private static final String LINE_1 = condition("line", "include", Story.DIRECT);
    private static final String LINE_2 = condition("line", "include", Story.MULTICHANNEL);
    private static final String NOT_LINE_1 = condition("line", "exclude", Story.DIRECT);

    private static String condition(String param, String mode, String value) {
        return "{\"param\":\"%s\",\"mode\":\"%s\",\"values\":[\"%s\"]}"
                .formatted(param, mode, value);
    }

    private static String incoming(String filter) {
        return "{\"filters\":{\"incoming\":{\"enabled\":true,\"filter\":" + filter + "}}}";
    }

    private static String outgoing(String filter) {
        return "{\"filters\":{\"outgoing\":{\"enabled\":true,\"filter\":" + filter + "}}}";
    }

    private static Story missed() {
        return inbound(Story.DIRECT).rings(1, "201").leaves(9, "201", LegResult.MISSED).ends(9);
    }

    private static boolean written(Story story) {
        return !story.records().isEmpty();
    }

    @Test
    void O14_includePassesWhatHasTheValue() {
        assertThat(written(missed().with(incoming(LINE_1)))).isTrue();
        assertThat(written(missed().with(incoming(LINE_2)))).isFalse();
    }

    @Test
    void O14_excludePassesWhatHasItNot() {
        assertThat(written(missed().with(incoming(NOT_LINE_1)))).isFalse();
        String notLine2 = condition("line", "exclude", Story.MULTICHANNEL);
        assertThat(written(missed().with(incoming(notLine2)))).isTrue();
    }

    @Test
    void O14_withoutConditionOrSwitchedOffAllPass() {
        assertThat(written(missed().with("{\"filters\":{\"incoming\":{\"enabled\":true}}}")))
                .isTrue();
        String off = incoming(LINE_2).replace("true", "false");
        assertThat(written(missed().with(off))).isTrue();
    }

    @Test
    void O14_eachDirectionHasItsOwn() {
        Story out = outbound().rings(1, "201").answers(4, "201").ends(9);
        assertThat(written(out.with(incoming(LINE_2)))).isTrue();
        assertThat(written(out.with(outgoing(LINE_2)))).isFalse();
        assertThat(written(out.with(outgoing(LINE_1)))).isTrue();
        assertThat(written(missed().with(outgoing(LINE_2)))).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{'all':[1,S]}; true",
                "{'all':[1,T]}; false",
                "{'any':[2,S]}; true",
                "{'any':[2,T]}; false",
                "{'all':[{'any':[2,1]},{'any':[T,S]}]}; true",
                "{'any':[{'all':[2,S]},{'all':[1,T]}]}; false",
                "{'all':[{'any':[1]},{'all':[{'any':[S,T]}]}]}; true",
            })
    void O14_groupsAreJoinedByAndOrNestedAtWill(String groups, boolean passes) {
        String filter =
                groups.replace("'", "\"")
                        .replace("1", LINE_1.replace("1", "@"))
                        .replace("2", LINE_2.replace("1", "@"))
                        .replace("S", condition("scenario", "include", "sales"))
                        .replace("T", condition("scenario", "include", "support"))
                        .replace("@", "1");
        Story story = missed().tagged(1, "scenario", "sales");

        assertThat(written(story.with(incoming(filter)))).as(filter).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({
        "scenario,scenario",
        "campaign,campaign",
        "firstCampaign,firstCampaign",
        "site,site",
        "source,source"
    })
    void O14_marketingAndScenarioAreLookedAt(String param, String attribute) {
        Story story = missed().tagged(1, attribute, "autumn");
        assertThat(written(story.with(incoming(condition(param, "include", "autumn"))))).isTrue();
        assertThat(written(story.with(incoming(condition(param, "include", "spring"))))).isFalse();
        assertThat(written(missed().with(incoming(condition(param, "exclude", "autumn")))))
                .as("what is not known is not excluded")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"group,group", "lastOperation,lastOperation"})
    void O14_groupAndLastOperationOfAcceptedCalls(String param, String attribute) {
        Story story =
                inbound().tagged(1, attribute, "sales").rings(1, "201").answers(2, "201").ends(9);
        assertThat(written(story.with(incoming(condition(param, "include", "sales"))))).isTrue();
        assertThat(written(story.with(incoming(condition(param, "exclude", "sales"))))).isFalse();
    }

    @Test
    void O14_theEmployeeIsWhoTalked() {
        Story story = inbound().rings(1, "201").rings(1, "202").answers(3, "202").ends(9);
        assertThat(written(story.with(incoming(condition("employee", "include", "202"))))).isTrue();
        assertThat(written(story.with(incoming(condition("employee", "include", "201")))))
                .isFalse();
    }

    @Test
    void O14_ofOutgoingCallsTheEmployeeIsWhoCalls() {
        Story story = outbound().rings(1, "201").ends(9);
        assertThat(written(story.with(outgoing(condition("employee", "include", "201"))))).isTrue();
        assertThat(written(story.with(outgoing(condition("employee", "exclude", "201")))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"employee", "group", "lastOperation"})
    void O15_withSuchAFilterACallIsWrittenOnlyOnceItIsAccepted(String param) {
        String filter = incoming(condition(param, "exclude", "nobody"));
        Story ringing = inbound().rings(1, "201").with(filter);
        assertThat(written(ringing)).isFalse();
        assertThat(ringing.part("record").rule()).isEqualTo("O15");

        assertThat(written(missed().with(filter))).as("missed").isFalse();
        assertThat(missed().with(filter).part("record").reason()).contains("nobody accepted");
        assertThat(written(ringing.answers(3, "201"))).as("accepted").isTrue();
    }

    @Test
    void X5_theRefusalNamesFilterAndRule() {
        Story story = missed().with(incoming(LINE_2));
        assertThat(story.part("record").rule()).isEqualTo("O14");
        assertThat(story.part("record").setting()).isEqualTo("/filters/incoming/filter");
        assertThat(story.part("record").value()).isEqualTo("nothing");
    }
}
