package org.trunkline.crm.bitrix24.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.crm.connector.begin.BegunCall;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Once;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Setback;
import org.trunkline.model.Settings;
import org.trunkline.rules.Callbacks;
import org.trunkline.rules.Presets;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;

/** Callback forms (rules T19, O21): the employees first, then who asked to be called. */
final class CallbackForms {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackForms.class);

    /** Who asked so long ago does not wait at the phone any more: a missed call. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final Journal journal;
    private final Calls calls;
    private final Portals portals;
    private final Commands commands;
    private final Executor behind;
    private final Clock clock;
    private final Once once = new Once();
    private final AtomicInteger turns = new AtomicInteger();

    CallbackForms(
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

    private record Place(Integration integration, PbxAccount account, Settings.Callback settings) {}

    /** Durable when this returns. */
    void take(Company company, Portal portal, PortalEvent event) {
        Optional<PhoneNumber> client =
                event.number().flatMap(text -> BegunCall.dialable(text, company.region()));
        Optional<String> line = event.text("LINE_NUMBER");
        Optional<Place> place = place(company, portal, line);
        if (client.isEmpty() || place.isEmpty()) {
            LOG.warn(
                    "A callback form of portal {}/{} is not called back: {}",
                    company.id(),
                    portal.id(),
                    client.isEmpty()
                            ? "its number can't be dialled"
                            : "callbacks are switched off (/callback/enabled)");
            return;
        }
        PbxAccount account = place.get().account();
        BegunCall call =
                new BegunCall(
                        journal,
                        clock,
                        clock.instant(),
                        company.id(),
                        account.id(),
                        key(company, portal, event));
        if (call.isKnown(calls)) {
            return;
        }
        boolean late = event.waited(STALE, clock.instant());
        FromCrm begun =
                new FromCrm(
                        place.get().integration().id(),
                        Optional.empty(),
                        Optional.empty(),
                        line,
                        false,
                        false,
                        late ? Optional.of(Setback.LOST) : Optional.empty());
        boolean now =
                once.begin(
                        call.key(),
                        () ->
                                call.begin(
                                        Direction.INBOUND,
                                        client.get(),
                                        Callbacks.lineOf(account, line),
                                        begun,
                                        event.toString()));
        if (now && !late) {
            behind.execute(() -> ring(company, portal, place.get(), call, client.get(), line));
        }
    }

    /** A form has no id of its own; the same client may send another a second later. */
    private String key(Company company, Portal portal, PortalEvent event) {
        return BegunCall.key(
                company.id(),
                portal.id(),
                event.number().orElse(""),
                event.text("LINE_NUMBER").orElse(""),
                event.text("CRM_ENTITY_TYPE").orElse(""),
                event.text("CRM_ENTITY_ID").orElse(""),
                event.sentAt()
                        .map(Instant::toString)
                        .or(event::message)
                        .orElseGet(() -> clock.instant().toString()));
    }

    private void ring(
            Company company,
            Portal portal,
            Place place,
            BegunCall call,
            PhoneNumber client,
            Optional<String> line) {
        boolean asks = Callbacks.mode(place.account(), line) == Callbacks.Mode.RESPONSIBLE;
        Callbacks.Plan plan =
                Callbacks.plan(
                        place.account(),
                        place.integration(),
                        line,
                        asks ? responsible(company, portal, client) : Optional.empty(),
                        onAnotherCall(company, place.account(), call),
                        turns.getAndIncrement(),
                        place.settings());
        if (plan.first().isEmpty()) {
            call.failed(Setback.NOT_MAPPED, plan.part().reason());
            return;
        }
        commands.give(
                call,
                place.account(),
                new PbxControl.Order(call.key(), plan.first(), client, Commands.RING));
    }

    /** Of the first that the portal knows under the number: contacts before leads. */
    private Optional<String> responsible(Company company, Portal portal, PhoneNumber client) {
        try {
            JsonNode found =
                    portals.at(company.id(), portal)
                            .call(
                                    "telephony.externalCall.searchCrmEntities",
                                    Map.of("PHONE_NUMBER", client.value()));
            return Optional.of(found.path(0).path("ASSIGNED_BY_ID").asText(""))
                    .filter(user -> !user.isEmpty());
        } catch (Fault unknown) {
            LOG.warn(
                    "Who is responsible for a callback can't be asked now: {}",
                    unknown.getMessage());
            return Optional.empty();
        }
    }

    private Set<String> onAnotherCall(Company company, PbxAccount account, BegunCall except) {
        return calls.open(company.id(), account.id()).stream()
                .filter(call -> !call.key().equals(except.key()))
                .flatMap(call -> call.legs().stream())
                .filter(leg -> !leg.ended())
                .map(Leg::extension)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The PBX whose line the form names, else the first that calls back. */
    private static Optional<Place> place(Company company, Portal portal, Optional<String> line) {
        List<Place> places =
                company.integrations().stream()
                        .filter(integration -> integration.portal().equals(portal.id()))
                        .flatMap(
                                integration ->
                                        company.account(integration.pbx()).stream()
                                                .map(account -> place(integration, account)))
                        .filter(place -> place.settings().enabled())
                        .toList();
        return places.stream()
                .filter(p -> Callbacks.mode(p.account(), line) != Callbacks.Mode.ALL)
                .findFirst()
                .or(() -> places.stream().findFirst());
    }

    private static Place place(Integration integration, PbxAccount account) {
        Settings settings = Presets.settings(integration.preset(), integration.settings());
        return new Place(integration, account, settings.callback());
    }
}
