package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Employee;
import org.trunkline.model.PhoneNumber;
import org.trunkline.rules.EmployeeSuggestions.By;
import org.trunkline.rules.EmployeeSuggestions.Suggestion;

class EmployeeSuggestionsTest {

    private static final Employee IVAN =
            employee("201", "Ivan Petrov", "ivan@acme.ru", "+74951000001");

    @Test
    void T4_anEqualNumberGoesBeforeExtensionMailAndName() {
        Suggestion found =
                suggested(
                        IVAN,
                        user("1", "Ivan Petrov", "", ""),
                        user("2", "B", "ivan@acme.ru", ""),
                        user("3", "C", "", "201"),
                        user("4", "D", "", "", "8 (495) 100-00-01"));

        assertThat(found.user()).contains("4");
        assertThat(found.userName()).contains("D");
        assertThat(found.by()).contains(By.NUMBER);
        assertThat(found.reason()).isEqualTo("equal number");
    }

    @Test
    void T4_thenTheExtensionThenTheMailThenTheName() {
        CrmUser byName = user("1", "petrov  IVAN", "", "");
        CrmUser byMail = user("2", "B", "Ivan@Acme.ru", "");
        CrmUser byExtension = user("3", "C", "", "201");

        assertThat(suggested(IVAN, byName, byMail, byExtension).by()).contains(By.EXTENSION);
        assertThat(suggested(IVAN, byName, byMail).by()).contains(By.EMAIL);
        assertThat(suggested(IVAN, byName).by()).contains(By.NAME);
        assertThat(suggested(IVAN, byName).user()).contains("1");
    }

    @Test
    void T4_aRussianNameIsTheSameWithAndWithoutItsDots() {
        Employee peter = employee("205", "Пётр Ёлкин", "", "");

        assertThat(suggested(peter, user("5", "Елкин Петр", "", "")).user()).contains("5");
    }

    @Test
    void T4_whatTwoUsersHaveDecidesNothingAndTheReasonNamesThem() {
        Suggestion none =
                suggested(IVAN, user("1", "Ivan Petrov", "", ""), user("2", "Ivan Petrov", "", ""));

        assertThat(none.user()).isEmpty();
        assertThat(none.by()).isEmpty();
        assertThat(none.reason())
                .isEqualTo("several users have this name: 1 (Ivan Petrov), 2 (Ivan Petrov)");
    }

    @Test
    void T4_whatIsAmbiguousGivesWayToWhatIsNot() {
        Suggestion found =
                suggested(
                        IVAN,
                        user("1", "A", "", "201"),
                        user("2", "B", "", "201"),
                        user("3", "C", "ivan@acme.ru", ""));

        assertThat(found.user()).contains("3");
        assertThat(found.by()).contains(By.EMAIL);
    }

    @Test
    void T4_twoEmployeesOfOneNameAreNotToldApartByIt() {
        Employee second = employee("202", "Ivan Petrov", "", "");

        List<Suggestion> both =
                EmployeeSuggestions.of(
                        List.of(IVAN, second),
                        List.of(user("1", "Ivan Petrov", "", "")),
                        "RU",
                        Map.of());

        assertThat(both).extracting(Suggestion::user).containsOnly(Optional.empty());
        assertThat(both.get(0).reason())
                .isEqualTo("several employees have the name of user 1 (Ivan Petrov)");
    }

    @Test
    void T4_whoWasDismissedIsNeverSuggested() {
        CrmUser dismissed =
                new CrmUser(
                        "9", "Ivan Petrov", Optional.empty(), Optional.of("201"), List.of(), false);

        Suggestion none = suggested(IVAN, dismissed);

        assertThat(none.user()).isEmpty();
        assertThat(none.reason())
                .isEqualTo(
                        "who has this extension was dismissed: 9 (Ivan Petrov);"
                                + " who has this name was dismissed: 9 (Ivan Petrov)");
        assertThat(suggested(IVAN, dismissed, user("3", "C", "", "201")).user()).contains("3");
    }

    @Test
    void T4_emptyPlacesAreNotEqual() {
        Employee bare = employee("", "", "", "");

        Suggestion none = suggested(bare, user("1", "", "", ""));

        assertThat(none.user()).isEmpty();
        assertThat(none.reason())
                .isEqualTo("no user of the CRM has this number, extension, e-mail address or name");
    }

    @Test
    void T4_whoIsMappedIsShownAndAUserWhoIsTakenIsToldOf() {
        List<Suggestion> found =
                EmployeeSuggestions.of(
                        List.of(IVAN),
                        List.of(user("3", "C", "", "201")),
                        "RU",
                        Map.of("201", "8", "777", "3"));

        assertThat(found.get(0).mapped()).contains("8");
        assertThat(found.get(0).reason())
                .isEqualTo("equal extension, though employee 777 is mapped to him");
        assertThat(
                        EmployeeSuggestions.of(
                                        List.of(IVAN),
                                        List.of(user("3", "C", "", "201")),
                                        "RU",
                                        Map.of("201", "3"))
                                .get(0)
                                .reason())
                .isEqualTo("equal extension");
    }

    private static Suggestion suggested(Employee employee, CrmUser... users) {
        return EmployeeSuggestions.of(List.of(employee), List.of(users), "RU", Map.of()).get(0);
    }

    private static Employee employee(String id, String name, String mail, String number) {
        return new Employee(
                id.isEmpty() ? "x" : id,
                id,
                name,
                text(mail),
                PhoneNumber.read(number, "RU"),
                false,
                true);
    }

    private static CrmUser user(
            String id, String name, String mail, String extension, String... phones) {
        return new CrmUser(id, name, text(mail), text(extension), List.of(phones), true);
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
