package org.trunkline.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;

/**
 * A PBX with three mapped employees and one who is not (209), each with a number of his own but
 * 203, and two multichannel numbers, of which the second is the main one.
 */
final class Site {

    static final String MULTI = "+74951000010";
    static final String MAIN = "+74951000011";

    private Site() {}

    static String own(String employee) {
        return "+74951000" + employee;
    }

    /**
     * @param option of employee 201: multichannel caller ID
     * @param sip extensions with a SIP line
     */
    static PbxAccount account(boolean option, List<String> sip) {
        return new PbxAccount(
                "office",
                PbxKind.ASTERISK,
                "127.0.0.1",
                5038,
                false,
                "crm",
                Optional.empty(),
                List.of(
                        line(MULTI, Line.Kind.MULTICHANNEL, Optional.empty(), false),
                        line(MAIN, Line.Kind.MULTICHANNEL, Optional.empty(), true),
                        line(own("202"), Line.Kind.DIRECT, Optional.of("202"), false)),
                List.of(
                        employee("201", Optional.of(own("201")), option, sip.contains("201")),
                        employee("202", Optional.empty(), false, sip.contains("202")),
                        employee("203", Optional.empty(), true, sip.contains("203")),
                        employee("209", Optional.of(own("209")), false, true)),
                Optional.empty());
    }

    static Integration integration() {
        return new Integration(
                "office-main",
                "office",
                "main",
                "t2-bitrix24",
                Map.of("201", "7", "202", "8", "203", "9"),
                JsonNodeFactory.instance.objectNode());
    }

    static PhoneNumber number(String text) {
        return PhoneNumber.read(text, "RU").orElseThrow();
    }

    private static Employee employee(
            String id, Optional<String> number, boolean option, boolean sip) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), number.map(Site::number), option, sip);
    }

    private static Line line(
            String number, Line.Kind kind, Optional<String> employee, boolean main) {
        return new Line(number(number), kind, employee, main);
    }
}
