package org.trunkline.crm.connector.begin;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Setback;
import org.trunkline.model.Settings;
import org.trunkline.rules.Callbacks;
import org.trunkline.rules.CallerId;
import org.trunkline.rules.Presets;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;

/**
 * Clicks on a number in whichever CRM (rules T17, T18, O20): the employee's phone rings first, then
 * the client's. What is in the way is the end of a call that never rang.
 */
public final class ClickedCalls {

    /** Whose language a Russian text is. */
    private static final Set<String> RUSSIAN = Set.of("RU", "BY", "KZ", "KG");

    private final Journal journal;
    private final Calls calls;
    private final Commands commands;
    private final Executor behind;
    private final Clock clock;
    private final Once once = new Once();

    /**
     * @param behind runs what the portal need not wait for
     */
    public ClickedCalls(
            Journal journal, Calls calls, Commands commands, Executor behind, Clock clock) {
        this.journal = journal;
        this.calls = calls;
        this.commands = commands;
        this.behind = behind;
        this.clock = clock;
    }

    /**
     * What a CRM tells of one click.
     *
     * @param origin what makes it this click of its portal and no other, however often it is told
     * @param portalCall the CRM's own id of the call, if it registered one
     * @param user CRM user who clicked
     * @param number as the CRM holds it
     * @param line what the CRM names as its line; empty for its default
     * @param stale whether it came so late that the phone must not ring any more
     * @param text for the journal; no values, for they are people's
     */
    public record Click(
            String origin,
            Optional<String> portalCall,
            String user,
            String number,
            Optional<String> line,
            boolean stale,
            String text) {}

    /**
     * Where a click may belong.
     *
     * @param line whether the line that the CRM names is one of this PBX
     */
    private record Place(
            Integration integration,
            PbxAccount account,
            Settings.ClickToCall settings,
            Optional<Employee> employee,
            boolean line) {

        int fitness() {
            return (employee.isPresent() ? 4 : 0) + (settings.enabled() ? 2 : 0) + (line ? 1 : 0);
        }
    }

    /**
     * Durable when this returns.
     *
     * @return the hub's id of the call; empty: no PBX is bound to the portal
     * @throws org.trunkline.model.Fault.Retryable if it can't be written; nothing rings then
     */
    public Optional<String> take(Company company, Portal portal, Click click) {
        return place(company, portal, click).map(place -> begin(company, portal, place, click));
    }

    private String begin(Company company, Portal portal, Place place, Click click) {
        BegunCall call =
                new BegunCall(
                        journal,
                        clock,
                        clock.instant(),
                        company.id(),
                        place.account().id(),
                        BegunCall.key(company.id(), portal.id(), click.origin()));
        if (call.isKnown(calls)) {
            return call.id();
        }
        Optional<PhoneNumber> client = BegunCall.dialable(click.number(), company.region());
        Optional<Setback> setback = setback(place, client, click);
        FromCrm begun =
                new FromCrm(
                        place.integration().id(),
                        click.portalCall(),
                        Optional.of(click.user()),
                        click.line(),
                        RUSSIAN.contains(company.region()),
                        false,
                        setback);
        PhoneNumber number =
                client.orElseGet(() -> new PhoneNumber(click.number(), click.number()));
        boolean now =
                once.begin(
                        call.key(),
                        () ->
                                call.begin(
                                        Direction.OUTBOUND,
                                        number,
                                        Optional.empty(),
                                        begun,
                                        click.text()));
        if (now && setback.isEmpty()) {
            PbxControl.Order order = order(call, place, number, click);
            behind.execute(() -> commands.give(call, place.account(), order));
        }
        return call.id();
    }

    private static PbxControl.Order order(
            BegunCall call, Place place, PhoneNumber client, Click click) {
        Employee employee = place.employee().orElseThrow();
        Optional<PhoneNumber> shown =
                CallerId.ofClick(place.account(), employee, click.line(), place.settings())
                        .number();
        PbxControl.Phone phone = new PbxControl.Extension(employee.extension());
        return new PbxControl.Order(
                call.key(), List.of(new PbxControl.First(phone, shown)), client, Commands.RING);
    }

    private static Optional<Setback> setback(
            Place place, Optional<PhoneNumber> client, Click click) {
        if (!place.settings().enabled()) {
            return Optional.of(Setback.OFF);
        }
        if (place.employee().isEmpty()) {
            return Optional.of(Setback.NOT_MAPPED);
        }
        if (client.isEmpty()) {
            return Optional.of(Setback.WRONG_NUMBER);
        }
        Employee employee = place.employee().get();
        if (employee.extension().isEmpty() || !employee.sip()) {
            return Optional.of(Setback.NO_PHONE);
        }
        return click.stale() ? Optional.of(Setback.LOST) : Optional.empty();
    }

    private static Optional<Place> place(Company company, Portal portal, Click click) {
        return company.integrations().stream()
                .filter(integration -> integration.portal().equals(portal.id()))
                .flatMap(
                        integration ->
                                company.account(integration.pbx()).stream()
                                        .map(account -> place(integration, account, click)))
                .max(Comparator.comparing(Place::fitness));
    }

    private static Place place(Integration integration, PbxAccount account, Click click) {
        Settings settings = Presets.settings(integration.preset(), integration.settings());
        Optional<Employee> employee =
                account.employees().stream()
                        .filter(e -> integration.user(e).equals(Optional.of(click.user())))
                        .findFirst();
        return new Place(
                integration,
                account,
                settings.clickToCall(),
                employee,
                Callbacks.knows(account, click.line()));
    }
}
