package org.trunkline.pbx.t2.internal;

import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/** Whose numbers are whose. */
record Site(Company company, PbxAccount account) {

    private static final Set<String> FROM_EMPLOYEES =
            Set.of("OUTGOING", "CRM_OUTGOING", "CRM_CALLBACK", "CALLBACK");

    private static final Set<String> AMONG_EMPLOYEES = Set.of("INTERNAL", "HIMSELF");

    /**
     * Who speaks with whom.
     *
     * @param client empty: a hidden number
     * @param employee extension; empty while the call is not routed
     */
    record Parties(
            Direction direction,
            Optional<PhoneNumber> client,
            Optional<PhoneNumber> line,
            Optional<String> employee) {}

    /**
     * Empty for a call between employees, of which no CRM hears.
     *
     * @param dialled the company's number that the client dialled, where t2 says it
     */
    Optional<Parties> parties(
            String type,
            Optional<Row.End> caller,
            Optional<Row.End> called,
            Optional<String> dialled) {
        Optional<String> from = caller.flatMap(this::employee);
        Optional<String> to = called.flatMap(this::employee);
        if (AMONG_EMPLOYEES.contains(type) || from.isPresent() && to.isPresent()) {
            return Optional.empty();
        }
        if (FROM_EMPLOYEES.contains(type) || from.isPresent()) {
            return Optional.of(
                    new Parties(
                            Direction.OUTBOUND,
                            called.flatMap(Row.End::number).or(() -> dialled).flatMap(this::number),
                            Optional.empty(),
                            from.or(() -> caller.flatMap(Site::name))));
        }
        Optional<PhoneNumber> own =
                dialled.flatMap(this::number)
                        .or(() -> called.flatMap(Row.End::number).flatMap(n -> own(type, n)));
        boolean shared =
                to.isEmpty()
                        && called.flatMap(Row.End::number)
                                .flatMap(this::number)
                                .flatMap(this::line)
                                .isPresent();
        return Optional.of(
                new Parties(
                        Direction.INBOUND,
                        caller.flatMap(Row.End::number).flatMap(this::number),
                        own,
                        shared ? Optional.empty() : to.or(() -> called.flatMap(Site::name))));
    }

    /**
     * The number that a call came to, where a list shows it: a call to a multichannel number shows
     * the employee whom it was routed to, whose own number the client did not dial.
     */
    private Optional<PhoneNumber> own(String type, String called) {
        return number(called)
                .filter(
                        number ->
                                line(number)
                                        .filter(
                                                line ->
                                                        line.kind() == Line.Kind.MULTICHANNEL
                                                                || type.equals("SINGLE_CHANNEL"))
                                        .isPresent());
    }

    Optional<PhoneNumber> number(String text) {
        return PhoneNumber.read(text, company.region());
    }

    private Optional<Line> line(PhoneNumber number) {
        return account.line(number);
    }

    private static Optional<String> name(Row.End end) {
        return end.extension().or(end::number);
    }

    /** The extension of the employee who has this extension, number or direct line. */
    private Optional<String> employee(Row.End end) {
        return end.extension()
                .flatMap(account::byExtension)
                .or(() -> end.number().flatMap(account::byExtension))
                .or(() -> end.number().flatMap(this::number).flatMap(this::owner))
                .map(Employee::extension);
    }

    private Optional<Employee> owner(PhoneNumber number) {
        return account.employees().stream()
                .filter(e -> e.number().filter(own -> same(own, number)).isPresent())
                .findFirst()
                .or(
                        () ->
                                line(number)
                                        .flatMap(Line::employee)
                                        .flatMap(
                                                id ->
                                                        account.employees().stream()
                                                                .filter(e -> e.id().equals(id))
                                                                .findFirst()));
    }

    /** However each was written: t2 writes one number in more than one way. */
    static boolean same(PhoneNumber one, PhoneNumber other) {
        return tail(one).equals(tail(other));
    }

    private static String tail(PhoneNumber number) {
        String digits = number.value().replaceAll("\\D", "");
        return digits.substring(Math.max(0, digits.length() - 10));
    }
}
