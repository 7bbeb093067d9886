package org.trunkline.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Settings.Lines;
import org.trunkline.model.Settings.Prefer;

/**
 * Reads the settings of calls that begin in the CRM or go where the CRM says (sections 8 and 9).
 */
final class CallingDocument {

    private static final Duration RETRY_EVERY = Duration.ofSeconds(30);
    private static final Duration RETRY_FOR = Duration.ofMinutes(10);

    private CallingDocument() {}

    /** O20: while click calls are on a number is mandatory; off, nothing else counts. */
    static Settings.ClickToCall clickToCall(DocumentReader in) {
        boolean enabled = in.flag("enabled", false);
        Optional<PhoneNumber> number = number(in, enabled);
        boolean override = in.flag("overrideCallerId", false);
        return SettingsDocument.closed(
                in,
                new Settings.ClickToCall(
                        enabled, number.filter(n -> enabled), enabled && override));
    }

    /** O21. */
    static Settings.Callback callback(DocumentReader in) {
        boolean enabled = in.flag("enabled", false);
        return SettingsDocument.closed(
                in,
                new Settings.Callback(
                        enabled,
                        number(in, enabled),
                        in.duration(
                                "retryEvery",
                                RETRY_EVERY,
                                Duration.ofSeconds(5),
                                Duration.ofHours(1)),
                        in.duration("retryFor", RETRY_FOR, Duration.ZERO, SettingsDocument.LONGEST),
                        in.flag("everyRequest", false),
                        in.list("routes", CallingDocument::callbackRoute)));
    }

    private static Settings.CallbackRoute callbackRoute(DocumentReader in) {
        Optional<String> employee = in.optionalText("employee");
        List<String> group = in.texts("group");
        boolean responsible = in.flag("responsible", false);
        int targets =
                (employee.isPresent() ? 1 : 0) + (group.isEmpty() ? 0 : 1) + (responsible ? 1 : 0);
        if (targets != 1) {
            in.fault(
                    "employee",
                    "or group or responsible must be given, one of them",
                    "name whom to ring first: an employee's id, a group as a list of ids, or true"
                            + " for the client's responsible");
        }
        Filter filter = FilterDocument.read(in, "filter", Optional.of(Direction.INBOUND));
        if (filter.conditions().stream().anyMatch(condition -> condition.param().late())) {
            in.fault(
                    "filter",
                    "asks for what is known only once somebody answered",
                    "use line, site, department, source or campaign");
        }
        return new Settings.CallbackRoute(
                filter, employee.map(List::of).orElse(group), responsible);
    }

    private static Optional<PhoneNumber> number(DocumentReader in, boolean mandatory) {
        Optional<String> text = in.optionalText("number");
        Optional<PhoneNumber> number = text.flatMap(t -> PhoneNumber.read(t, "ZZ"));
        if (text.isPresent() && number.filter(n -> n.value().startsWith("+")).isEmpty()) {
            in.fault("number", "is no phone number", "write it as +74951234567");
        } else if (text.isEmpty() && mandatory) {
            in.fault("number", "is missing", "give one of the company's numbers, or switch off");
        }
        return number;
    }

    static Settings.Routing routing(DocumentReader in) {
        return SettingsDocument.closed(
                in,
                new Settings.Routing(
                        in.flag("enabled", false),
                        in.duration(
                                "attempt",
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(3),
                                Duration.ofMinutes(2)),
                        in.oneOf("prefer", Prefer.class, Prefer.OPEN_DEAL),
                        in.oneOf("lines", Lines.class, Lines.ANY),
                        in.flag("callerName", false)));
    }
}
