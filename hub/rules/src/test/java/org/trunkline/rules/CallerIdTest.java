package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.Employee;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;

/** Which number the client sees: one line of the table a test (rules T18, T19, O20). */
class CallerIdTest {

    private static final String CLICKS = "+74951000099";
    private static final List<String> ALL = List.of("201", "202", "203");

    private static Settings.ClickToCall settings(boolean override) {
        return new Settings.ClickToCall(true, Optional.of(Site.number(CLICKS)), override);
    }

    private static CallerId.Choice ofClick(boolean option, String line, boolean override) {
        PbxAccount account = Site.account(option, ALL);
        return CallerId.ofClick(
                account, account.employees().get(0), line(line), settings(override));
    }

    /** As the portal names it: with its country code, a plus or none. */
    private static Optional<String> line(String name) {
        return switch (name) {
            case "default" -> Optional.empty();
            case "employee" -> Optional.of(Site.own("202"));
            case "multichannel" -> Optional.of(Site.MULTI.substring(1));
            default -> Optional.of(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        // line,      option, what the client sees
        "default,      false, +74951000201",
        "default,      true,  +74951000011",
        "employee,     false, +74951000202",
        "employee,     true,  +74951000011",
        "multichannel, true,  +74951000010",
        "multichannel, false, +74951000201",
    })
    void T18_lineAndOptionChooseTheNumber(String line, boolean option, String seen) {
        CallerId.Choice choice = ofClick(option, line, false);

        assertThat(choice.number().map(PhoneNumber::value)).contains(seen);
        assertThat(choice.part().rule()).isEqualTo("T18");
        assertThat(choice.part().value()).isEqualTo(seen);
        assertThat(choice.part().reason()).contains(option ? "is on" : "is off");
    }

    @ParameterizedTest
    @CsvSource({
        "default,      false",
        "default,      true",
        "employee,     false",
        "employee,     true",
        "multichannel, false",
        "multichannel, true",
    })
    void O20_theOverrideShowsTheNumberForClicksOnly(String line, boolean option) {
        CallerId.Choice choice = ofClick(option, line, true);

        assertThat(choice.number().map(PhoneNumber::value)).contains(CLICKS);
        assertThat(choice.part().rule()).isEqualTo("O20");
        assertThat(choice.part().setting()).isEqualTo("/clickToCall/overrideCallerId");
    }

    @Test
    void T18_aLineThatThePbxDoesNotHaveIsTheDefaultOne() {
        assertThat(ofClick(false, "+74951230000", false).number().map(PhoneNumber::value))
                .contains(Site.own("201"));
    }

    @Test
    void T18_anEmployeesOwnNumberIsALineThoughNoLineIsProvisioned() {
        PbxAccount account = Site.account(false, ALL);
        Employee other = account.employees().get(1);

        CallerId.Choice choice =
                CallerId.ofClick(account, other, Optional.of(Site.own("201")), settings(false));

        assertThat(choice.number().map(PhoneNumber::value)).contains(Site.own("201"));
    }

    @Test
    void T18_whoHasNoNumberIsShownAsThePbxIsSet() {
        PbxAccount account = Site.account(false, ALL);
        Employee nameless =
                new Employee("205", "205", "New", Optional.empty(), Optional.empty(), false, true);

        CallerId.Choice choice =
                CallerId.ofClick(account, nameless, Optional.empty(), settings(false));

        assertThat(choice.number()).isEmpty();
        assertThat(choice.part().value()).isEqualTo("as the PBX is set");
        assertThat(choice.part().reason()).endsWith("and there is none");
    }

    @ParameterizedTest
    @CsvSource({
        // line,      option, what the client sees
        "default,      false, +74951000201",
        "default,      true,  +74951000011",
        "employee,     false, +74951000201",
        "employee,     true,  +74951000011",
        "multichannel, false, +74951000201",
        "multichannel, true,  +74951000010",
    })
    void T19_aCallbackShowsWhoTookItOrTheMultichannelNumber(
            String line, boolean option, String seen) {
        PbxAccount account = Site.account(option, ALL);

        CallerId.Choice choice =
                CallerId.ofCallback(account, account.employees().get(0), line(line));

        assertThat(choice.number().map(PhoneNumber::value)).contains(seen);
        assertThat(choice.part().rule()).isEqualTo("T19");
    }
}
