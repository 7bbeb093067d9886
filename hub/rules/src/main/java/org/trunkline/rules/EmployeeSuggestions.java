package org.trunkline.rules;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Employee;
import org.trunkline.model.PhoneNumber;

/**
 * Which CRM user an employee of the PBX probably is (rule T4). What is the same and of nobody else
 * counts, the most trustworthy first: a number, the extension, the e-mail address, the name. Pure.
 */
public final class EmployeeSuggestions {

    private EmployeeSuggestions() {}

    /** What employee and user have in common, the most trustworthy first. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    public enum By {
        NUMBER("number"),
        EXTENSION("extension"),
        EMAIL("e-mail address"),
        NAME("name");

        private final String words;

        By(String words) {
            this.words = words;
        }
    }

    /**
     * Whom an employee should be mapped to.
     *
     * @param employee id
     * @param name of the employee
     * @param mapped whom he is mapped to now
     * @param user suggested; empty: nobody
     * @param userName of the suggested user
     * @param by what they have in common; empty where nobody is suggested
     * @param reason for people
     */
    public record Suggestion(
            String employee,
            String name,
            Optional<String> mapped,
            Optional<String> user,
            Optional<String> userName,
            Optional<By> by,
            String reason) {}

    /**
     * One for each employee.
     *
     * @param users all of the portal; those dismissed are never suggested
     * @param region that national spellings of users' numbers belong to
     * @param mapping users of those who are mapped already, by the employee's id
     */
    public static List<Suggestion> of(
            List<Employee> employees,
            Collection<CrmUser> users,
            String region,
            Map<String, String> mapping) {
        return employees.stream()
                .map(employee -> of(employee, employees, users, region, mapping))
                .toList();
    }

    private static Suggestion of(
            Employee employee,
            List<Employee> all,
            Collection<CrmUser> users,
            String region,
            Map<String, String> mapping) {
        List<String> doubts = new ArrayList<>();
        for (By by : By.values()) {
            BiPredicate<Employee, CrmUser> same = (one, user) -> same(by, one, user, region);
            List<CrmUser> alike = users.stream().filter(user -> same.test(employee, user)).toList();
            List<CrmUser> active = alike.stream().filter(CrmUser::active).toList();
            long rivals =
                    active.size() == 1
                            ? all.stream().filter(e -> same.test(e, active.get(0))).count()
                            : 0;
            if (rivals == 1) {
                return found(employee, active.get(0), by, mapping);
            }
            doubt(by, alike, active, rivals).ifPresent(doubts::add);
        }
        String reason =
                doubts.isEmpty()
                        ? "no user of the CRM has this number, extension, e-mail address or name"
                        : String.join("; ", doubts);
        return new Suggestion(
                employee.id(),
                employee.name(),
                Optional.ofNullable(mapping.get(employee.id())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reason);
    }

    private static Suggestion found(
            Employee employee, CrmUser user, By by, Map<String, String> mapping) {
        Optional<String> holder =
                mapping.entrySet().stream()
                        .filter(one -> one.getValue().equals(user.id()))
                        .map(Map.Entry::getKey)
                        .filter(id -> !id.equals(employee.id()))
                        .findFirst();
        String taken = holder.map(id -> ", though employee " + id + " is mapped to him").orElse("");
        return new Suggestion(
                employee.id(),
                employee.name(),
                Optional.ofNullable(mapping.get(employee.id())),
                Optional.of(user.id()),
                Optional.of(user.name()),
                Optional.of(by),
                "equal " + by.words + taken);
    }

    private static Optional<String> doubt(
            By by, List<CrmUser> alike, List<CrmUser> active, long rivals) {
        if (active.size() > 1) {
            return Optional.of("several users have this " + by.words + ": " + said(active));
        }
        if (rivals > 1) {
            return Optional.of(
                    "several employees have the " + by.words + " of user " + said(active));
        }
        return alike.isEmpty()
                ? Optional.empty()
                : Optional.of("who has this " + by.words + " was dismissed: " + said(alike));
    }

    private static String said(List<CrmUser> users) {
        return String.join(
                ", ", users.stream().map(user -> user.id() + " (" + user.name() + ")").toList());
    }

    private static boolean same(By by, Employee employee, CrmUser user, String region) {
        return switch (by) {
            case NUMBER ->
                    employee.number()
                            .filter(
                                    number ->
                                            user.phones().stream()
                                                    .flatMap(text -> number(text, region))
                                                    .anyMatch(number.value()::equals))
                            .isPresent();
            case EXTENSION ->
                    !employee.extension().isEmpty()
                            && user.extension().filter(employee.extension()::equals).isPresent();
            case EMAIL ->
                    employee.email()
                            .filter(mail -> user.email().filter(mail::equalsIgnoreCase).isPresent())
                            .isPresent();
            case NAME ->
                    !words(employee.name()).isEmpty()
                            && words(employee.name()).equals(words(user.name()));
        };
    }

    private static Stream<String> number(String text, String region) {
        return PhoneNumber.read(text, region).map(PhoneNumber::value).stream();
    }

    /** First and last name stand in either order; Russian writes e for ë. */
    private static List<String> words(String name) {
        return Arrays.stream(name.toLowerCase(Locale.ROOT).replace('ё', 'е').strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .sorted()
                .toList();
    }
}
