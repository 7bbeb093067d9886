package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;

/** Whom a callback form rings (rules T19, O21). */
class CallbacksTest {

    private static final String INSTEAD = "+74951000088";
    private static final List<String> ALL = List.of("201", "202", "203");
    private static final Settings.Callback SETTINGS =
            new Settings.Callback(
                    true,
                    Optional.of(Site.number(INSTEAD)),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    List.of());

    private static Callbacks.Plan plan(
            List<String> sip, String line, String responsible, Set<String> busy, int turn) {
        return Callbacks.plan(
                Site.account(false, sip),
                Site.integration(),
                Optional.of(line).filter(l -> !l.isEmpty()),
                Optional.of(responsible).filter(r -> !r.isEmpty()),
                busy,
                turn,
                SETTINGS);
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

        assertThat(plan.mode()).isEqualTo(Callbacks.Mode.ALL);
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

        assertThat(plan.mode()).isEqualTo(Callbacks.Mode.RESPONSIBLE);
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
}
