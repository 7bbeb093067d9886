package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.Json;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;

/** Whom a callback form rings (rules T19, O21, I6). */
class CallbacksTest {

    private static final String INSTEAD = "+74951000088";
    private static final List<String> ALL = List.of("201", "202", "203");
    private static final Settings.Callback SETTINGS =
            new Settings.Callback(
                    true,
                    Optional.of(Site.number(INSTEAD)),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    false,
                    List.of());

    private static Callbacks.Plan plan(
            List<String> sip, String line, String responsible, Set<String> busy, int turn) {
        return plan(SETTINGS, sip, line, responsible, busy, turn);
    }

    private static Callbacks.Plan plan(
            Settings.Callback settings,
            List<String> sip,
            String line,
            String responsible,
            Set<String> busy,
            int turn) {
        return Callbacks.plan(
                Story.inbound().tagged(0, "site", "a.example").call(),
                Site.account(false, sip),
                Site.integration(),
                Optional.of(line).filter(l -> !l.isEmpty()),
                Optional.of(responsible).filter(r -> !r.isEmpty()),
                busy,
                turn,
                settings);
    }

    private static List<String> rung(Callbacks.Plan plan) {
        return plan.first().stream()
                .map(PbxControl.First::phone)
                .map(phone -> ((PbxControl.Extension) phone).extension())
                .toList();
    }

    @Test
    void T19_theApplicationAloneRingsAllMappedEmployees() {
        Callbacks.Plan plan = plan(ALL, "", "8", Set.of("201"), 0);

        assertThat(plan.part().reason()).startsWith("all mapped employees");
        assertThat(rung(plan)).containsExactly("201", "202", "203");
        assertThat(plan.part().rule()).isEqualTo("T19");
    }

    @Test
    void T19_aMultichannelNumberRingsOneAndNotAlwaysTheSame() {
        assertThat(rung(plan(ALL, Site.MULTI, "", Set.of(), 0))).containsExactly("201");
        assertThat(rung(plan(ALL, Site.MULTI, "", Set.of(), 1))).containsExactly("202");
        assertThat(rung(plan(ALL, Site.MULTI, "", Set.of(), 3))).containsExactly("201");
    }

    @Test
    void T19_ofAMultichannelNumberWhoeverIsFreeGoesFirst() {
        assertThat(rung(plan(ALL, Site.MULTI, "", Set.of("201"), 0))).containsExactly("202");
        assertThat(rung(plan(ALL, Site.MULTI, "", Set.of("201", "202", "203"), 0)))
                .containsExactly("201");
    }

    @Test
    void T19_anEmployeesLineRingsTheResponsibleOne() {
        Callbacks.Plan plan = plan(ALL, Site.own("202"), "9", Set.of(), 0);

        assertThat(plan.part().reason()).startsWith("the responsible employee");
        assertThat(rung(plan)).containsExactly("203");
    }

    @Test
    void T19_withoutAResponsibleTheLinesOwnEmployeeIsRung() {
        assertThat(rung(plan(ALL, Site.own("202"), "", Set.of(), 0))).containsExactly("202");
        assertThat(rung(plan(ALL, Site.own("202"), "99", Set.of(), 0))).containsExactly("202");
    }

    @Test
    void T19_eachPhoneHasTheNumberThatItsEmployeeShows() {
        assertThat(plan(ALL, "", "", Set.of(), 0).first())
                .extracting(first -> first.callerId().map(PhoneNumber::value).orElse(""))
                .containsExactly(Site.own("201"), Site.own("202"), Site.MAIN);
    }

    @Test
    void O21_withoutASipLineTheMandatoryNumberIsRung() {
        Callbacks.Plan plan = plan(List.of("201"), Site.own("202"), "9", Set.of(), 0);

        assertThat(plan.first())
                .extracting(PbxControl.First::phone)
                .containsExactly(new PbxControl.Number(Site.number(INSTEAD)));
        assertThat(plan.part().rule()).isEqualTo("O21");
        assertThat(plan.part().setting()).isEqualTo("/callback/number");
    }

    @Test
    void O21_withoutAMappedEmployeeTooAndOnlyThen() {
        assertThat(plan(List.of(), "", "", Set.of(), 0).first()).hasSize(1);
        assertThat(rung(plan(List.of("203"), "", "", Set.of(), 0))).containsExactly("203");
    }

    private static Settings.Callback routes(String routes) {
        return Presets.settings(
                        "t2-bitrix24", Json.tree("{\"callback\":{\"routes\":" + routes + "}}"))
                .callback();
    }

    private static List<String> routed(String routes, String responsible, Set<String> busy) {
        return rung(plan(routes(routes), ALL, "", responsible, busy, 0));
    }

    @Test
    void I6_theFirstRouteThatMatchesTheSiteNamesAnEmployeeOrAGroup() {
        String bySite =
                """
                [{"filter":{"param":"site","values":["b.example"]},"employee":"201"},
                 {"filter":{"param":"site","values":["a.example"]},"group":["202","203"]},
                 {"employee":"201"}]""";

        assertThat(routed(bySite, "", Set.of())).containsExactly("202", "203");
        Callbacks.Plan plan = plan(routes(bySite), ALL, "", "", Set.of(), 0);
        assertThat(plan.part().rule()).isEqualTo("I6");
        assertThat(plan.part().setting()).isEqualTo("/callback/routes/1");
        assertThat(plan.part().value()).isEqualTo("202,203");
    }

    @Test
    void I6_ofAGroupWhoeverIsFreeIsRung_andAllIfNobodyIs() {
        String group = "[{\"group\":[\"202\",\"203\"]}]";

        assertThat(routed(group, "", Set.of("203"))).containsExactly("202");
        assertThat(routed(group, "", Set.of("202", "203"))).containsExactly("202", "203");
    }

    @Test
    void I6_theResponsibleIsRung_andWithoutOneTheNextRouteCounts() {
        String routes = "[{\"responsible\":true},{\"employee\":\"202\"}]";

        assertThat(routed(routes, "9", Set.of())).containsExactly("203");
        assertThat(routed(routes, "", Set.of())).containsExactly("202");
        assertThat(routed(routes, "99", Set.of())).containsExactly("202");
    }

    @Test
    void I6_aTargetWithoutAPhoneGivesWay_atLastToWhatTheFormsLineSays() {
        String routes = "[{\"employee\":\"201\"},{\"employee\":\"209\"}]";

        assertThat(rung(plan(routes(routes), List.of("202"), "", "", Set.of(), 0)))
                .as("201 has no phone, 209 is not mapped")
                .containsExactly("202");
    }

    @Test
    void I6_theCrmIsAskedForTheResponsibleOnlyWhereARouteOrTheLineWantsHim() {
        Call call = Story.inbound().tagged(0, "site", "a.example").call();
        String other =
                "[{\"filter\":{\"param\":\"site\",\"values\":[\"b\"]},\"responsible\":true}]";

        assertThat(asks(call, "", "[{\"responsible\":true}]")).isTrue();
        assertThat(asks(call, "", other)).isFalse();
        assertThat(asks(call, Site.own("202"), "[]")).isTrue();
        assertThat(asks(call, "", "[]")).isFalse();
    }

    private static boolean asks(Call call, String line, String routes) {
        return Callbacks.asksForResponsible(
                call,
                Site.account(false, ALL),
                Optional.of(line).filter(l -> !l.isEmpty()),
                routes(routes));
    }

    @Test
    void I6_aLaterDecisionStillNamesTheRoute() {
        Callbacks.Plan plan = plan(routes("[{\"employee\":\"203\"}]"), ALL, "", "", Set.of(), 0);
        Story story = Story.inbound();
        plan.attributes().forEach((name, value) -> story.tagged(1, name, value));

        assertThat(Callbacks.part(story.call(), Site.account(false, ALL), Optional.empty()))
                .isEqualTo(plan.part());
    }
}
