package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Employee;
import org.trunkline.model.Leg;
import org.trunkline.model.Line;
import org.trunkline.model.Settings;

/**
 * Whose a missed incoming call is where the hub makes the entities (rule O8): the responsible of
 * the old entity, else the employee who was called personally, else the first matching rule, else
 * the default.
 */
record Missed(Call call, Client client, People people, Settings settings) {

    Optional<Part> responsible() {
        return Stream.<Optional<Part>>of(ofOldEntity(), calledPersonally(), groupOfNobody(), rule())
                .flatMap(Optional::stream)
                .findFirst()
                .or(this::byDefault);
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
                                        "",
                                        "missed; responsible for the "
                                                + DocumentReader.spelled(found.kind())
                                                + " that has the number"));
    }

    /** By his direct number; members of a ring group or queue are not called personally. */
    private Optional<Part> calledPersonally() {
        return call.line()
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

    /** M3: unless the responsible for missed group calls is to be named by the rules below. */
    private Optional<Part> groupOfNobody() {
        List<Leg> legs = call.legs();
        boolean endedOnUnmapped =
                !legs.isEmpty() && people.user(legs.get(legs.size() - 1)).isEmpty();
        return endedOnUnmapped && !settings.missedGroup()
                ? settings.saveAll()
                        .user()
                        .map(user -> part(user, "M3", "/saveAll/user", "missed by an unmapped one"))
                : Optional.empty();
    }

    private Optional<Part> rule() {
        List<Settings.Assignment> rules = settings.responsible().rules();
        Traits traits = new Traits(call, people.account());
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

    private Optional<Part> byDefault() {
        return settings.responsible()
                .incomingDefault()
                .map(user -> part(user, "O9", "/responsible/incomingDefault", "missed; default"));
    }

    private static Part part(String user, String rule, String setting, String reason) {
        return new Part("responsible", user, rule, setting, reason);
    }
}
