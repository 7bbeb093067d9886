package org.trunkline.rules;

import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Employee;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;
import org.trunkline.rules.internal.NamedLine;

/** Which number the client sees when a call begins in the CRM (rules T18, T19, O20). Pure. */
public final class CallerId {

    private static final String OWN = "the caller's own number";
    private static final String MAIN = "the main multichannel number";

    private CallerId() {}

    /**
     * A number, and why.
     *
     * @param number empty: there is none such, and the PBX shows what it is set to
     */
    public record Choice(Optional<PhoneNumber> number, Part part) {}

    /**
     * Of a click (T18), where nothing overrides it (O20).
     *
     * @param line what the CRM named as its line; empty for its default
     */
    public static Choice ofClick(
            PbxAccount account,
            Employee caller,
            Optional<String> line,
            Settings.ClickToCall settings) {
        if (settings.overrideCallerId() && settings.number().isPresent()) {
            return choice(
                    settings.number(),
                    "O20",
                    "/clickToCall/overrideCallerId",
                    "every client sees the number for clicks");
        }
        boolean option = caller.multichannelCallerId();
        NamedLine named = NamedLine.of(account, line);
        if (named instanceof NamedLine.OfEmployee his) {
            return option
                    ? t18(main(account), MAIN, "the line of an employee", true)
                    : t18(
                            Optional.of(his.number()),
                            "its number",
                            "the line of an employee",
                            false);
        }
        if (named instanceof NamedLine.Multichannel multi) {
            return option
                    ? t18(Optional.of(multi.number()), "its number", "a multichannel line", true)
                    : t18(own(account, caller), OWN, "a multichannel line", false);
        }
        return option
                ? t18(main(account), MAIN, "the default line", true)
                : t18(own(account, caller), OWN, "the default line", false);
    }

    /**
     * Of a callback that an employee took (T19).
     *
     * @param line what the form named as its line; empty for its default
     */
    public static Choice ofCallback(PbxAccount account, Employee taker, Optional<String> line) {
        if (!taker.multichannelCallerId()) {
            return t19(
                    own(account, taker), "the number of " + taker.name() + ", whose option is off");
        }
        return NamedLine.of(account, line) instanceof NamedLine.Multichannel multi
                ? t19(Optional.of(multi.number()), "the multichannel number that the form names")
                : t19(main(account), MAIN);
    }

    private static Choice t18(
            Optional<PhoneNumber> number, String what, String line, boolean option) {
        return choice(
                number,
                "T18",
                "",
                what
                        + ": the CRM named "
                        + line
                        + ", and the option of the employee who calls is "
                        + (option ? "on" : "off"));
    }

    private static Choice t19(Optional<PhoneNumber> number, String reason) {
        return choice(number, "T19", "", reason);
    }

    private static Choice choice(
            Optional<PhoneNumber> number, String rule, String setting, String reason) {
        return new Choice(
                number,
                new Part(
                        "callerId",
                        number.map(PhoneNumber::value).orElse("as the PBX is set"),
                        rule,
                        setting,
                        number.isPresent() ? reason : reason + ", and there is none"));
    }

    private static Optional<PhoneNumber> own(PbxAccount account, Employee employee) {
        return employee.number()
                .or(
                        () ->
                                account.lines().stream()
                                        .filter(
                                                l ->
                                                        l.employee()
                                                                .equals(Optional.of(employee.id())))
                                        .map(Line::number)
                                        .findFirst());
    }

    /** The multichannel number that is marked; else the first. */
    public static Optional<PhoneNumber> main(PbxAccount account) {
        Stream<Line> multichannel =
                account.lines().stream().filter(l -> l.kind() == Line.Kind.MULTICHANNEL);
        return multichannel.min((a, b) -> Boolean.compare(b.main(), a.main())).map(Line::number);
    }
}
