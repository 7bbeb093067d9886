package org.trunkline.rules.internal;

import java.util.Optional;
import org.trunkline.model.Employee;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/** Which line a CRM named for a call that begins there (rules T18, T19). */
public sealed interface NamedLine {

    /** Numbers of lines are written with their country code, with or without a plus. */
    String ANY_REGION = "ZZ";

    /** The application alone. */
    record Default() implements NamedLine {}

    /**
     * @param owner empty for a direct number without an employee
     */
    record OfEmployee(PhoneNumber number, Optional<Employee> owner) implements NamedLine {}

    record Multichannel(PhoneNumber number) implements NamedLine {}

    /** A line that the account does not have is the default one. */
    static NamedLine of(PbxAccount account, Optional<String> line) {
        Optional<PhoneNumber> number = line.flatMap(text -> PhoneNumber.read(text, ANY_REGION));
        return number.flatMap(account::line)
                .<NamedLine>map(
                        found ->
                                found.kind() == Line.Kind.MULTICHANNEL
                                        ? new Multichannel(found.number())
                                        : new OfEmployee(found.number(), owner(account, found)))
                .or(() -> number.flatMap(n -> ofEmployee(account, n)))
                .orElseGet(Default::new);
    }

    private static Optional<Employee> owner(PbxAccount account, Line line) {
        return account.employees().stream()
                .filter(e -> line.employee().equals(Optional.of(e.id())))
                .findFirst();
    }

    private static Optional<NamedLine> ofEmployee(PbxAccount account, PhoneNumber number) {
        return account.employees().stream()
                .filter(e -> e.number().filter(n -> n.value().equals(number.value())).isPresent())
                .findFirst()
                .map(e -> new OfEmployee(number, Optional.of(e)));
    }
}
