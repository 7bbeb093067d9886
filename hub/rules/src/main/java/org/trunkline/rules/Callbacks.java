package org.trunkline.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Call;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;
import org.trunkline.rules.internal.NamedLine;
import org.trunkline.rules.internal.Traits;

/** Whom a callback form rings before the client (rules T19, O21, I6). Pure. */
public final class Callbacks {

    private Callbacks() {}

    /** What the form's line chooses (T19). */
    public enum Mode {
        ALL("all mapped employees: the form names the application alone"),
        ONE("one of the mapped employees: the form names a multichannel number"),
        RESPONSIBLE("the responsible employee: the form names an employee's number");

        private final String reason;

        Mode(String reason) {
            this.reason = reason;
        }
    }

    private static final String ROUTES = "/callback/routes/";
    private static final String ROUTE = "crmRoute";
    private static final String RUNG = "crmRung";

    /**
     * @param first whose phones ring together; empty: nobody can be rung
     * @param part why
     */
    public record Plan(List<PbxControl.First> first, Part part) {

        /** What the call carries of it for decisions made later; empty: it can be worked out. */
        public Map<String, String> attributes() {
            return part.setting().startsWith(ROUTES)
                    ? Map.of(ROUTE, part.setting().substring(ROUTES.length()), RUNG, part.value())
                    : Map.of();
        }
    }

    public static Mode mode(PbxAccount account, Optional<String> line) {
        NamedLine named = NamedLine.of(account, line);
        if (named instanceof NamedLine.Multichannel) {
            return Mode.ONE;
        }
        return named instanceof NamedLine.OfEmployee ? Mode.RESPONSIBLE : Mode.ALL;
    }

    /** The company's number that the form stands for. */
    public static Optional<PhoneNumber> lineOf(PbxAccount account, Optional<String> line) {
        NamedLine named = NamedLine.of(account, line);
        if (named instanceof NamedLine.Multichannel multi) {
            return Optional.of(multi.number());
        }
        return named instanceof NamedLine.OfEmployee his
                ? Optional.of(his.number())
                : CallerId.main(account);
    }

    /** Whether a CRM's line is one of this PBX. */
    public static boolean knows(PbxAccount account, Optional<String> line) {
        NamedLine named = NamedLine.of(account, line);
        return named instanceof NamedLine.Multichannel || named instanceof NamedLine.OfEmployee;
    }

    /**
     * Whether it matters whom the CRM names as the client's responsible; until then it need not be
     * asked.
     */
    public static boolean asksForResponsible(
            Call call, PbxAccount account, Optional<String> line, Settings.Callback settings) {
        Traits traits = new Traits(call, account);
        return mode(account, line) == Mode.RESPONSIBLE
                || settings.routes().stream()
                        .anyMatch(route -> route.responsible() && traits.match(route.filter()));
    }

    /**
     * Whom to ring.
     *
     * @param call as it began, for the routes' filters
     * @param line what the form names as its line; empty for its default
     * @param responsible CRM user whom the CRM names for the client
     * @param onAnotherCall extensions that are busy now
     * @param turn counts callbacks, so that it is not always the same one's
     */
    public static Plan plan(
            Call call,
            PbxAccount account,
            Integration integration,
            Optional<String> line,
            Optional<String> responsible,
            Set<String> onAnotherCall,
            int turn,
            Settings.Callback settings) {
        List<Employee> mapped =
                account.employees().stream()
                        .filter(e -> integration.user(e).isPresent())
                        .filter(Callbacks::hasPhone)
                        .toList();
        Traits traits = new Traits(call, account);
        for (int i = 0; i < settings.routes().size(); i++) {
            Settings.CallbackRoute route = settings.routes().get(i);
            List<Employee> target =
                    traits.match(route.filter())
                            ? target(route, mapped, integration, responsible, onAnotherCall)
                            : List.of();
            if (!target.isEmpty()) {
                return rings(account, line, target, routed(i, ids(target)));
            }
        }
        Mode mode = mode(account, line);
        List<Employee> chosen =
                switch (mode) {
                    case ALL -> mapped;
                    case ONE -> one(mapped, onAnotherCall, turn);
                    case RESPONSIBLE -> responsible(account, integration, line, responsible);
                };
        if (chosen.isEmpty()) {
            return instead(account, line, settings);
        }
        return rings(account, line, chosen, part(ids(chosen), mode));
    }

    /** Why these were rung, for a decision that is made later. */
    public static Part part(Call call, PbxAccount account, Optional<String> line) {
        Map<String, String> told = call.attributes();
        if (told.containsKey(ROUTE)) {
            return routed(Integer.parseInt(told.get(ROUTE)), told.getOrDefault(RUNG, ""));
        }
        Mode mode = mode(account, line);
        return part(mode.name().toLowerCase(Locale.ROOT), mode);
    }

    private static Plan rings(
            PbxAccount account, Optional<String> line, List<Employee> chosen, Part part) {
        return new Plan(
                chosen.stream()
                        .map(
                                e ->
                                        new PbxControl.First(
                                                new PbxControl.Extension(e.extension()),
                                                CallerId.ofCallback(account, e, line).number()))
                        .toList(),
                part);
    }

    private static String ids(List<Employee> employees) {
        return String.join(",", employees.stream().map(Employee::id).toList());
    }

    private static Part routed(int route, String employees) {
        return new Part(
                "callback",
                employees,
                "I6",
                ROUTES + route,
                "the first route that matches and has a phone to ring");
    }

    /** I6: of a group those who are free now, or else all of them. */
    private static List<Employee> target(
            Settings.CallbackRoute route,
            List<Employee> mapped,
            Integration integration,
            Optional<String> responsible,
            Set<String> onAnotherCall) {
        List<Employee> named =
                mapped.stream()
                        .filter(
                                e ->
                                        route.responsible()
                                                ? responsible.isPresent()
                                                        && integration.user(e).equals(responsible)
                                                : route.employees().contains(e.id()))
                        .toList();
        List<Employee> free =
                named.stream().filter(e -> !onAnotherCall.contains(e.extension())).toList();
        return free.isEmpty() ? named : free;
    }

    private static Part part(String value, Mode mode) {
        return new Part("callback", value, "T19", "", mode.reason);
    }

    private static boolean hasPhone(Employee employee) {
        return employee.sip() && !employee.extension().isEmpty();
    }

    private static List<Employee> one(List<Employee> mapped, Set<String> busy, int turn) {
        List<Employee> free = mapped.stream().filter(e -> !busy.contains(e.extension())).toList();
        List<Employee> from = free.isEmpty() ? mapped : free;
        return from.isEmpty() ? from : List.of(from.get(Math.floorMod(turn, from.size())));
    }

    /** Whom the CRM names; else whose number the form names. */
    private static List<Employee> responsible(
            PbxAccount account,
            Integration integration,
            Optional<String> line,
            Optional<String> responsible) {
        Optional<Employee> named =
                responsible.flatMap(
                        user ->
                                account.employees().stream()
                                        .filter(e -> integration.user(e).equals(Optional.of(user)))
                                        .findFirst());
        Optional<Employee> owner =
                NamedLine.of(account, line) instanceof NamedLine.OfEmployee his
                        ? his.owner().filter(e -> integration.user(e).isPresent())
                        : Optional.empty();
        return named.or(() -> owner).filter(Callbacks::hasPhone).stream().toList();
    }

    /** O21. */
    private static Plan instead(
            PbxAccount account, Optional<String> line, Settings.Callback settings) {
        Optional<PhoneNumber> shown =
                NamedLine.of(account, line) instanceof NamedLine.Multichannel multi
                        ? Optional.of(multi.number())
                        : CallerId.main(account);
        return new Plan(
                settings.number().stream()
                        .map(n -> new PbxControl.First(new PbxControl.Number(n), shown))
                        .toList(),
                new Part(
                        "callback",
                        settings.number().map(PhoneNumber::value).orElse("nobody"),
                        "O21",
                        "/callback/number",
                        "no mapped employee with a SIP line was found"));
    }
}
