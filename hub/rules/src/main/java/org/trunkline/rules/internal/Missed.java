package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Employee;
import org.trunkline.model.Leg;
import org.trunkline.model.Line;
import org.trunkline.model.Settings;

/**
 * Whose a missed incoming call is. Where responsibles go by entity (O8): the responsible of the old
 * entity, else the employee who was called personally, else the first matching rule, else the
 * default. Elsewhere: who is named for missed calls, else the first whose phone rang (K5). What
 * reached nobody is T13's, what rang unmapped ones M2's and M3's.
 */
record Missed(Segment segment, Client client, People people, Settings settings) {

    static final String NOTHING = "nothing";

    Part responsible() {
        boolean byEntity = segment.main() && settings.responsible().byEntity();
        return first(
                        () -> byEntity ? ofOldEntity() : Optional.empty(),
                        this::reachedNobody,
                        this::ofUnmapped,
                        this::named,
                        () -> byEntity ? calledPersonally() : Optional.empty(),
                        () -> segment.main() ? rule() : Optional.empty(),
                        () -> byEntity ? byDefault("O9") : Optional.empty(),
                        this::firstRung,
                        () -> rangNobodyMapped() ? saveAll("M2", "nobody rung is mapped") : none(),
                        () -> segment.legs().isEmpty() ? none() : byDefault("T4"))
                .orElseGet(this::nobody);
    }

    @SafeVarargs
    private static Optional<Part> first(Supplier<Optional<Part>>... order) {
        return Stream.of(order).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Part> none() {
        return Optional.empty();
    }

    /** O10, O11: whatever number was called. */
    private Optional<Part> ofOldEntity() {
        return client.found().stream()
                .findFirst()
                .map(
                        found ->
                                part(
                                        found.responsible(),
                                        "O11",
                                        "/responsible/byEntity",
                                        "missed; responsible for the "
                                                + DocumentReader.spelled(found.kind())
                                                + " that has the number"));
    }

    /** T13: a multichannel number; a direct one has its employee. */
    private Optional<Part> reachedNobody() {
        if (!segment.legs().isEmpty()) {
            return none();
        }
        return calledPersonally()
                .or(
                        () ->
                                settings.record()
                                        .missedWithoutEmployee()
                                        .map(
                                                user ->
                                                        part(
                                                                user,
                                                                "T13",
                                                                "/record/missedWithoutEmployee",
                                                                "the call reached no employee")));
    }

    /** By his direct number; members of a ring group or queue are not called personally. */
    private Optional<Part> calledPersonally() {
        return segment.call()
                .line()
                .flatMap(people.account()::line)
                .filter(line -> line.kind() == Line.Kind.DIRECT)
                .flatMap(Line::employee)
                .flatMap(this::employee)
                .flatMap(people.integration()::user)
                .map(user -> part(user, "O8", "", "missed; his direct number was called"));
    }

    private Optional<Employee> employee(String id) {
        return people.account().employees().stream().filter(e -> e.id().equals(id)).findFirst();
    }

    /** M2 for one phone; M3 for a group, unless its responsible is to be named otherwise. */
    private Optional<Part> ofUnmapped() {
        List<Leg> legs = segment.legs();
        if (legs.isEmpty() || people.user(legs.get(legs.size() - 1)).isPresent()) {
            return none();
        }
        if (legs.size() == 1) {
            return saveAll("M2", "the employee rung is not mapped");
        }
        return settings.missedGroup()
                ? none()
                : saveAll("M3", "the group's call ended on an unmapped employee");
    }

    private boolean rangNobodyMapped() {
        return !segment.legs().isEmpty() && people.users(segment.legs()).isEmpty();
    }

    private Optional<Part> saveAll(String rule, String reason) {
        return settings.saveAll().user().map(user -> part(user, rule, "/saveAll/user", reason));
    }

    private Optional<Part> named() {
        return settings.responsible()
                .missed()
                .map(user -> part(user, "K5", "/responsible/missed", "named for missed calls"));
    }

    private Optional<Part> rule() {
        List<Settings.Assignment> rules = settings.responsible().rules();
        Traits traits = new Traits(segment.call(), people.account());
        return IntStream.range(0, rules.size())
                .filter(i -> traits.match(rules.get(i).filter()))
                .mapToObj(
                        i ->
                                part(
                                        rules.get(i).user(),
                                        "O8",
                                        "/responsible/rules/" + i,
                                        "missed; the first rule that matches"))
                .findFirst();
    }

    private Optional<Part> byDefault(String rule) {
        return settings.responsible()
                .incomingDefault()
                .map(
                        user ->
                                part(
                                        user,
                                        rule,
                                        "/responsible/incomingDefault",
                                        rule.equals("O9")
                                                ? "missed; default"
                                                : "nobody rung is mapped"));
    }

    private Optional<Part> firstRung() {
        return people.users(segment.legs()).stream()
                .findFirst()
                .map(user -> part(user, "K5", "", "missed; the first whose phone rang"));
    }

    private Part nobody() {
        return segment.legs().isEmpty()
                ? part(
                        NOTHING,
                        "T13",
                        "/record/missedWithoutEmployee",
                        "the call reached no employee, and nobody is named for that")
                : part(NOTHING, "T4", "", "nobody rung is mapped");
    }

    private static Part part(String user, String rule, String setting, String reason) {
        return new Part("responsible", user, rule, setting, reason);
    }
}
