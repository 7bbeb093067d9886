package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;

/** Each choice and each omission names rule, setting and value (rule X5). */
class ReasonsTest {

    private static final String BY_HUB =
            "{'entities':{'createBy':'hub'},"
                    + "'responsible':{'incomingDefault':'41','outgoingDefault':'42'},"
                    + "'pipelines':{'incoming':{'pipeline':'1','stage':'A'},"
                    + "'outgoing':{'pipeline':'2','stage':'B'}},"
                    + "'fields':{'map':[{'field':'UF_1','text':'%s'}]}}";

    private static String byHub(String field) {
        return BY_HUB.formatted(field).replace('\'', '"');
    }

    private static String where(Part part) {
        return part.value() + " " + part.rule() + " " + part.setting();
    }

    private static Story missedBy(String extension) {
        return inbound(Story.MULTICHANNEL)
                .rings(1, extension)
                .leaves(9, extension, LegResult.MISSED)
                .ends(9);
    }

    private static String field(Story story, String text) {
        return story.with(byHub(text)).decided().entities().orElseThrow().fields().get("UF_1");
    }

    @Test
    void X5_stageTitleAndFieldsOfWhatIsMade() {
        Story missed = missedBy("201").with(byHub("text"));

        assertThat(where(missed.part("stage"))).isEqualTo("1/A O16 /pipelines/incoming");
        assertThat(missed.part("field").value()).isEqualTo("UF_1");
        assertThat(missed.part("field").reason()).contains("text");
        assertThat(missed.decided().parts().stream().filter(p -> p.what().equals("title")))
                .as("of lead and deal")
                .hasSize(2);
        Story called = outbound().rings(1, "201").answers(3, "201").ends(9).with(byHub("text"));
        assertThat(where(called.part("stage"))).isEqualTo("2/B O16 /pipelines/outgoing");
    }

    @Test
    void X5_O9_whoStandsInForAnEmployeeWhoIsNotMapped() {
        Story answered =
                inbound(Story.MULTICHANNEL)
                        .rings(1, "201")
                        .rings(1, "209")
                        .answers(3, "209")
                        .ends(9);
        Story called = outbound().rings(1, "209").answers(3, "209").ends(9);

        assertThat(where(answered.with(byHub("x")).part("owner")))
                .isEqualTo("41 O9 /responsible/incomingDefault");
        assertThat(where(called.with(byHub("x")).part("owner")))
                .isEqualTo("42 O9 /responsible/outgoingDefault");
        assertThat(where(outbound().rings(1, "202").ends(9).with(byHub("x")).part("owner")))
                .isEqualTo("8 O9 ");
    }

    @Test
    void X5_M2_whoGetsWhatAnUnmappedEmployeeMissed() {
        Story missed = missedBy("209").with("{\"saveAll\":{\"enabled\":true,\"user\":\"46\"}}");

        assertThat(missed.onlyRecord().user()).isEqualTo("46");
        assertThat(where(missed.part("responsible"))).isEqualTo("46 M2 /saveAll/user");
    }

    @Test
    void X5_T4_nobodyStandsForWhatAnUnmappedEmployeeMissed() {
        Story missed = missedBy("209");

        assertThat(missed.records()).isEmpty();
        assertThat(where(missed.part("responsible"))).isEqualTo("nothing T4 ");
    }

    @Test
    void X5_O3_whyAnActivityIsDoneOrOpen() {
        Story answered = inbound().rings(1, "201").answers(3, "201").ends(9);

        assertThat(answered.part("activity").value()).isEqualTo("completed");
        assertThat(answered.part("activity").reason()).startsWith("successful");
        assertThat(missedBy("201").part("activity").value()).isEqualTo("open");
        assertThat(missedBy("201").part("activity").reason()).startsWith("nobody talked");
    }

    @Test
    void O19_variablesOfACallWithTwoTalkers() {
        Story story =
                inbound(Story.MULTICHANNEL)
                        .rings(1, "201")
                        .answers(3, "201")
                        .transferred(20, "201", "202", TransferKind.BLIND)
                        .leaves(20, "201", LegResult.ANSWERED)
                        .answers(25, "202")
                        .leaves(40, "202", LegResult.ANSWERED)
                        .ends(40);

        assertThat(
                        List.of(
                                field(story, "{{first_employee_full_name}}"),
                                field(story, "{{last_employee_full_name}}"),
                                field(story, "{{employee_full_name}} {{employee_extension}}"),
                                field(story, "{{direction}} {{call_result}}"),
                                field(story, "{{wait_time_duration}} {{talk_time_duration}}")))
                .containsExactly(
                        "Employee 201",
                        "Employee 202",
                        "Employee 201 201",
                        "Входящий answered",
                        "3 32");
    }

    @Test
    void O19_variablesOfACallThatNobodyAnswered() {
        Story story = missedBy("202");

        assertThat(field(story, "{{employee_full_name}}")).isEqualTo("Employee 202");
        assertThat(field(story, "[{{first_employee_full_name}}{{last_employee_full_name}}]"))
                .isEqualTo("[]");
        assertThat(field(story, "{{wait_time_duration}} {{talk_time_duration}}")).isEqualTo("9 0");
        assertThat(field(outbound().rings(1, "201").ends(9), "{{direction}}"))
                .isEqualTo("Исходящий");
    }
}
