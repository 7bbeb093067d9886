package org.trunkline.crm.bitrix24.internal.events;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Fault;
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
 * Clicks on a number (rule T17). The portal has registered the call by itself: it is never
 * registered again, and it is finished whatever comes of it.
 */
final class Clicks {

    private static final Logger LOG = LoggerFactory.getLogger(Clicks.class);

    /** Who clicked has turned to something else: his phone must not ring any more. */
    private static final Duration STALE = Duration.ofMinutes(1);

    /** Whose language a Russian text is. */
    private static final Set<String> RUSSIAN = Set.of("RU", "BY", "KZ", "KG");

    private final Journal journal;
    private final Calls calls;
    private final Portals portals;
    private final Commands commands;
    private final Executor behind;
    private final Clock clock;
    private final Once once = new Once();

    /**
     * @param behind runs what the portal need not wait for
     */
    Clicks(
            Journal journal,
            Calls calls,
            Portals portals,
            Commands commands,
            Executor behind,
            Clock clock) {
        this.journal = journal;
        this.calls = calls;
        this.portals = portals;
        this.commands = commands;
        this.behind = behind;
        this.clock = clock;
    }

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

    /** Durable when this returns. */
    void take(Company company, Portal portal, PortalEvent event) {
        Optional<String> id = event.text("CALL_ID");
        Optional<String> user = event.text("USER_ID");
        Optional<String> number = event.number();
        if (id.isEmpty() || user.isEmpty() || number.isEmpty()) {
            LOG.warn("Portal {}/{} tells a click without its call", company.id(), portal.id());
            return;
        }
        Optional<Place> place = place(company, portal, user.get(), event.text("LINE_NUMBER"));
        if (place.isEmpty()) {
            behind.execute(() -> finish(company, portal, id.get(), user.get()));
            return;
        }
        BegunCall call =
                new BegunCall(
                        journal,
                        clock,
                        clock.instant(),
                        company.id(),
                        place.get().account().id(),
                        BegunCall.key(company.id(), portal.id(), id.get()));
        if (call.isKnown(calls)) {
            return;
        }
        Optional<PhoneNumber> client = dialable(number.get(), company.region());
        Optional<Setback> setback = setback(place.get(), client, event);
        FromCrm begun =
                new FromCrm(
                        place.get().integration().id(),
                        id,
                        user,
                        event.text("LINE_NUMBER"),
                        RUSSIAN.contains(company.region()),
                        false,
                        setback);
        boolean now =
                once.begin(
                        call.key(),
                        () ->
                                call.begin(
                                        Direction.OUTBOUND,
                                        client.orElseGet(
                                                () -> new PhoneNumber(number.get(), number.get())),
                                        Optional.empty(),
                                        begun,
                                        event.toString()));
        if (now && setback.isEmpty()) {
            PbxControl.Order order = order(call, place.get(), client.orElseThrow(), event);
            behind.execute(() -> commands.give(call, place.get().account(), order));
        }
    }

    private static PbxControl.Order order(
            BegunCall call, Place place, PhoneNumber client, PortalEvent event) {
        Employee employee = place.employee().orElseThrow();
        Optional<PhoneNumber> shown =
                CallerId.ofClick(
                                place.account(),
                                employee,
                                event.text("LINE_NUMBER"),
                                place.settings())
                        .number();
        PbxControl.Phone phone = new PbxControl.Extension(employee.extension());
        return new PbxControl.Order(
                call.key(), List.of(new PbxControl.First(phone, shown)), client, Commands.RING);
    }

    private Optional<Setback> setback(
            Place place, Optional<PhoneNumber> client, PortalEvent event) {
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
        return event.waited(STALE, clock.instant()) ? Optional.of(Setback.LOST) : Optional.empty();
    }

    /** What a CRM holds may come from a stranger's form: no feature codes, no short numbers. */
    static Optional<PhoneNumber> dialable(String text, String region) {
        return PhoneNumber.read(text, region).filter(number -> number.value().startsWith("+"));
    }

    private static Optional<Place> place(
            Company company, Portal portal, String user, Optional<String> line) {
        return company.integrations().stream()
                .filter(integration -> integration.portal().equals(portal.id()))
                .flatMap(
                        integration ->
                                company.account(integration.pbx()).stream()
                                        .map(account -> place(integration, account, user, line)))
                .max(Comparator.comparing(Place::fitness));
    }

    private static Place place(
            Integration integration, PbxAccount account, String user, Optional<String> line) {
        Settings settings = Presets.settings(integration.preset(), integration.settings());
        Optional<Employee> employee =
                account.employees().stream()
                        .filter(e -> integration.user(e).equals(Optional.of(user)))
                        .findFirst();
        return new Place(
                integration,
                account,
                settings.clickToCall(),
                employee,
                Callbacks.knows(account, line));
    }

    /** No PBX is bound to the portal, so there is no work that could do it. */
    private void finish(Company company, Portal portal, String id, String user) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("CALL_ID", id);
        parameters.put("USER_ID", user);
        parameters.put("DURATION", 0);
        parameters.put("STATUS_CODE", "503");
        try {
            portals.at(company.id(), portal).call("telephony.externalCall.finish", parameters);
        } catch (Fault told) {
            LOG.warn(
                    "A click in {}/{} stays open: {}",
                    company.id(),
                    portal.id(),
                    told.getMessage());
        }
    }
}
