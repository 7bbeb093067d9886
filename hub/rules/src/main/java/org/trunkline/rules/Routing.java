package org.trunkline.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Employee;
import org.trunkline.model.Filter;
import org.trunkline.model.Integration;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Lines;
import org.trunkline.model.Settings.Prefer;

/** Whom an incoming call should ring, by what the CRM has of its client (K6, T20, I7, I8). Pure. */
public final class Routing {

    private static final String ENABLED = "/routing/enabled";
    private static final String PREFER = "/routing/prefer";

    /** Characters; no phone shows more. */
    private static final int LONGEST_NAME = 60;

    /** Control characters, and what ends a line or paragraph. */
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    private Routing() {}

    /**
     * An incoming call that has rung nobody yet.
     *
     * @param line the company's number that was dialled; empty: not known
     */
    public record Arrival(
            PbxAccount account, Integration integration, Optional<PhoneNumber> line) {}

    /** Whether the answer depends on what the CRM holds under the client's number. */
    public static boolean asksForClient(Arrival arrival, Settings settings) {
        return nobodys(arrival, settings).isEmpty()
                && (settings.routing().callerName() || own(arrival, settings).isEmpty());
    }

    /** What one integration says. */
    public static Route route(Arrival arrival, Client client, Settings settings) {
        Optional<Part> nobodys = nobodys(arrival, settings);
        if (nobodys.isPresent()) {
            return Route.nobody(nobodys.get());
        }
        Choice choice =
                own(arrival, settings)
                        .map(Choice::nobody)
                        .orElseGet(() -> choose(arrival, client, settings));
        Optional<String> name = settings.routing().callerName() ? nameOf(client) : Optional.empty();
        List<Part> parts = new ArrayList<>(List.of(choice.part()));
        name.ifPresent(
                shown ->
                        parts.add(
                                new Part(
                                        "callerName",
                                        shown,
                                        "I8",
                                        "/routing/callerName",
                                        "the name that the CRM has")));
        return new Route(choice.employee(), name, settings.routing().attempt(), parts);
    }

    /**
     * Of several portals' answers: the first that names somebody, and the first that has a name.
     */
    public static Route first(List<Route> routes) {
        Optional<Route> chosen = routes.stream().filter(r -> r.employee().isPresent()).findFirst();
        return new Route(
                chosen.flatMap(Route::employee),
                routes.stream().flatMap(route -> route.name().stream()).findFirst(),
                chosen.map(Route::attempt).orElse(Duration.ZERO),
                routes.stream().flatMap(route -> route.parts().stream()).toList());
    }

    private record Choice(Optional<Employee> employee, Part part) {
        static Choice nobody(Part part) {
            return new Choice(Optional.empty(), part);
        }
    }

    /** Calls with which this portal has nothing to do: not even a name is taken from it. */
    private static Optional<Part> nobodys(Arrival arrival, Settings settings) {
        if (settings.otherTelephony()) {
            return Optional.of(
                    nobody("O7", "/otherTelephony/enabled", "another telephony has the calls"));
        }
        return mayPass(settings.filters().incoming(), arrival.line())
                ? Optional.empty()
                : Optional.of(
                        nobody("O14", "/filters/incoming/filter", "the filter leaves it out"));
    }

    /**
     * Only the line is known yet; whatever else a filter asks for may still come true, and there is
     * no "not" around conditions.
     */
    private static boolean mayPass(Filter filter, Optional<PhoneNumber> line) {
        Predicate<Filter> part = one -> mayPass(one, line);
        if (filter instanceof Filter.All all) {
            return all.parts().stream().allMatch(part);
        }
        if (filter instanceof Filter.Any any) {
            return any.parts().stream().anyMatch(part);
        }
        Filter.Condition condition = (Filter.Condition) filter;
        boolean has = line.filter(l -> condition.values().contains(l.value())).isPresent();
        return condition.param() != Filter.Param.LINE
                || has == (condition.mode() == Filter.Mode.INCLUDE);
    }

    /** Why the call goes the PBX's own way whoever the client is; empty: it need not. */
    private static Optional<Part> own(Arrival arrival, Settings settings) {
        if (!settings.routing().enabled()) {
            return Optional.of(nobody(rule(settings), ENABLED, "routing by the CRM is off"));
        }
        return settings.routing().lines() == Lines.MULTICHANNEL && direct(arrival)
                ? Optional.of(nobody("T20", "/routing/lines", "an employee's own number"))
                : Optional.empty();
    }

    private static boolean direct(Arrival arrival) {
        PbxAccount account = arrival.account();
        return arrival.line()
                .filter(
                        number ->
                                account.line(number)
                                        .map(line -> line.kind() == Line.Kind.DIRECT)
                                        .orElseGet(() -> anEmployees(account, number)))
                .isPresent();
    }

    private static boolean anEmployees(PbxAccount account, PhoneNumber number) {
        return account.employees().stream()
                .flatMap(employee -> employee.number().stream())
                .anyMatch(own -> own.value().equals(number.value()));
    }

    /** The first responsible who is mapped and has a phone. */
    private static Choice choose(Arrival arrival, Client client, Settings settings) {
        List<String> doubts = new ArrayList<>();
        for (Client.Found found : inOrder(client, settings.routing().prefer())) {
            String whose = DocumentReader.spelled(found.kind()) + " " + found.id();
            List<Employee> mapped = mapped(arrival, found.responsible());
            Optional<Employee> reachable = mapped.stream().filter(Employee::sip).findFirst();
            if (reachable.isPresent()) {
                String reason = "user " + found.responsible() + " is responsible for " + whose;
                return new Choice(
                        reachable,
                        new Part("route", reachable.get().id(), rule(settings), PREFER, reason));
            }
            doubts.add(
                    found.responsible().isEmpty()
                            ? whose + " has no responsible"
                            : "user "
                                    + found.responsible()
                                    + " of "
                                    + whose
                                    + (mapped.isEmpty() ? " is not mapped" : " has no SIP line"));
        }
        return Choice.nobody(
                nobody(
                        rule(settings),
                        PREFER,
                        doubts.isEmpty() ? unknown(client) : String.join(", ", doubts)));
    }

    private static String unknown(Client client) {
        return client.known()
                ? "the phone book has neither contact nor company nor what is open of the number"
                : "the phone book does not have the number";
    }

    /**
     * The client's responsible is the contact's, else the company's (T20, K6). An open lead is what
     * its number's client is as long as there is neither. A deal counts only where it goes first
     * (I7), and only an open one.
     */
    private static List<Client.Found> inOrder(Client client, Prefer prefer) {
        Stream<Client.Found> first =
                prefer == Prefer.OPEN_DEAL ? client.open().stream() : Stream.empty();
        Stream<Client.Found> owners =
                Stream.of(client.contact(), client.company()).flatMap(Optional::stream);
        Stream<Client.Found> newcomer =
                client.contact().isEmpty() && client.company().isEmpty()
                        ? client.lead().filter(Client.Found::open).stream()
                        : Stream.empty();
        return Stream.of(first, owners, newcomer).flatMap(part -> part).distinct().toList();
    }

    private static List<Employee> mapped(Arrival arrival, String user) {
        return arrival.account().employees().stream()
                .filter(e -> arrival.integration().user(e).equals(Optional.of(user)))
                .toList();
    }

    /**
     * Contacts and companies have names; a lead or deal has a title. Whoever can fill a form of the
     * company's may have written the name: what steers a terminal or a protocol is taken out.
     */
    private static Optional<String> nameOf(Client client) {
        return Stream.of(client.contact(), client.company())
                .flatMap(Optional::stream)
                .map(found -> shown(found.name()))
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    private static String shown(String name) {
        String plain = STEERING.matcher(name).replaceAll(" ").strip();
        int end =
                plain.offsetByCodePoints(
                        0, Math.min(LONGEST_NAME, plain.codePointCount(0, plain.length())));
        return plain.substring(0, end).strip();
    }

    private static String rule(Settings settings) {
        Settings.Routing routing = settings.routing();
        return routing.lines() == Lines.MULTICHANNEL
                ? "T20"
                : routing.prefer() == Prefer.OPEN_DEAL ? "I7" : "K6";
    }

    private static Part nobody(String rule, String setting, String reason) {
        return new Part("route", "nobody", rule, setting, reason);
    }
}
