package org.trunkline.crm.connector.begin;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallbackRequest;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Setback;
import org.trunkline.model.Settings;
import org.trunkline.model.SiteRequest;
import org.trunkline.rules.Callbacks;
import org.trunkline.rules.Presets;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;

/**
 * The attempts of requests to be called back, each a call of its own (rules T19, O21, I6): the
 * employees first, then who asked. An attempt is in the journal before a phone rings, under a key
 * that follows from what came before; so none begins twice.
 */
public final class CallbackAttempts {

    private final Journal journal;
    private final Calls calls;
    private final Commands commands;
    private final Executor behind;
    private final Clock clock;
    private final Once once = new Once();
    private final OwnerQuestion question = new OwnerQuestion();
    private final AtomicInteger turns = new AtomicInteger();

    /**
     * @param behind gives the commands
     */
    public CallbackAttempts(
            Journal journal, Calls calls, Commands commands, Executor behind, Clock clock) {
        this.journal = journal;
        this.calls = calls;
        this.commands = commands;
        this.behind = behind;
        this.clock = clock;
    }

    /** Which PBX calls back, for which integration. */
    public record Place(Integration integration, PbxAccount account, Settings.Callback settings) {

        public Place(Integration integration, PbxAccount account) {
            this(
                    integration,
                    account,
                    Presets.settings(integration.preset(), integration.settings()).callback());
        }
    }

    /**
     * What somebody asked.
     *
     * @param key of the call, see {@link BegunCall#key}
     * @param line what the form names as its line; empty for its default
     * @param late whether it came so late that no phone must ring any more
     * @param told further attributes of each attempt
     * @param text for the journal; no values, for they are people's
     */
    public record Request(
            String key,
            PhoneNumber client,
            Optional<String> line,
            Instant askedAt,
            boolean late,
            Map<String, String> told,
            String text) {}

    /**
     * What the CRM says of a number.
     *
     * @param responsible CRM user; empty: none, or it can't be asked now
     */
    public record Owner(boolean known, Optional<String> responsible) {

        public static final Owner UNKNOWN = new Owner(false, Optional.empty());

        /** As found: contacts before companies, leads and deals. */
        public static Owner of(Client client) {
            return new Owner(
                    client.known(),
                    client.found().stream()
                            .map(Client.Found::responsible)
                            .filter(user -> !user.isEmpty())
                            .findFirst());
        }
    }

    /** Asks any portal. */
    public interface Asking {
        Owner owner(String company, Portal portal, PhoneNumber client);
    }

    /** Asks the CRM; blocks, and does not fail. */
    public interface Owners {
        Owner of(PhoneNumber client);
    }

    /** The PBX whose line the form names, else the first that calls back; empty: none does. */
    public static Optional<Place> place(Company company, Portal portal, Optional<String> line) {
        List<Place> places =
                company.integrations().stream()
                        .filter(integration -> integration.portal().equals(portal.id()))
                        .flatMap(
                                integration ->
                                        company.account(integration.pbx()).stream()
                                                .map(account -> new Place(integration, account)))
                        .filter(place -> place.settings().enabled())
                        .toList();
        return places.stream()
                .filter(p -> Callbacks.mode(p.account(), line) != Callbacks.Mode.ALL)
                .findFirst()
                .or(() -> places.stream().findFirst());
    }

    /** When the attempt with this key began; empty: none has. */
    public Optional<Instant> begunAt(Company company, Place place, String key) {
        return call(company, place, key).begunAt(calls);
    }

    /**
     * Durable when this returns.
     *
     * @return the hub's id of the call
     * @throws org.trunkline.model.Fault.Retryable if it can't be written; nothing rings then
     */
    public String first(Company company, Place place, Request request, Owners owners) {
        BegunCall call = call(company, place, request.key());
        if (call.isKnown(calls)) {
            return call.id();
        }
        Map<String, String> attempt = new LinkedHashMap<>(request.told());
        if (!request.late()) {
            attempt.putAll(
                    new CallbackRequest(
                                    place.settings().retryEvery(),
                                    request.askedAt().plus(place.settings().retryFor()))
                            .attributes());
        }
        begin(
                place,
                call,
                begun(place, request.line(), request.late()),
                request.client(),
                attempt,
                List.of(),
                request.text(),
                owners);
        return call.id();
    }

    /** Rule I6: durable when this returns; done before is done. */
    public void next(Company company, Place place, Call failed, Owners owners) {
        CallbackRequest request = CallbackRequest.of(failed).orElseThrow();
        FromCrm before = FromCrm.of(failed).orElseThrow();
        BegunCall call = call(company, place, BegunCall.key(failed.company(), failed.key()));
        if (call.isKnown(calls)) {
            return;
        }
        begin(
                place,
                call,
                begun(place, before.line(), false),
                failed.client().orElseThrow(),
                request.carriedOn(failed),
                List.of(call(company, place, failed.key()).followedBy(call)),
                "attempt " + (request.attempt() + 1),
                owners);
    }

    private BegunCall call(Company company, Place place, String key) {
        return new BegunCall(
                journal, clock, clock.instant(), company.id(), place.account().id(), key);
    }

    private static FromCrm begun(Place place, Optional<String> line, boolean late) {
        return new FromCrm(
                place.integration().id(),
                Optional.empty(),
                Optional.empty(),
                line,
                false,
                false,
                late ? Optional.of(Setback.LOST) : Optional.empty());
    }

    private void begin(
            Place place,
            BegunCall call,
            FromCrm begun,
            PhoneNumber client,
            Map<String, String> more,
            List<CallEvent> before,
            String text,
            Owners owners) {
        once.begin(
                call.key(),
                () -> {
                    Call begins =
                            call.begin(
                                    Direction.INBOUND,
                                    client,
                                    Callbacks.lineOf(place.account(), begun.line()),
                                    begun,
                                    more,
                                    before,
                                    text);
                    if (!begins.ended()) {
                        behind.execute(
                                () ->
                                        ring(
                                                place,
                                                call,
                                                begins,
                                                begun.line(),
                                                () -> question.ask(owners, client)));
                    }
                });
    }

    private void ring(
            Place place,
            BegunCall call,
            Call begins,
            Optional<String> line,
            Supplier<Owner> owner) {
        PbxAccount account = place.account();
        Optional<SiteRequest> request = SiteRequest.of(begins);
        boolean asks =
                request.flatMap(SiteRequest::screen).isPresent()
                        || Callbacks.asksForResponsible(begins, account, line, place.settings());
        Owner known = asks ? owner.get() : Owner.UNKNOWN;
        Callbacks.Plan plan =
                Callbacks.plan(
                        begins,
                        account,
                        place.integration(),
                        line,
                        known.responsible(),
                        onAnotherCall(call),
                        turns.getAndIncrement(),
                        place.settings());
        if (plan.first().isEmpty()) {
            call.failed(Setback.NOT_MAPPED, plan.part().reason());
            return;
        }
        if (!plan.attributes().isEmpty()) {
            call.rings(plan.attributes());
        }
        commands.give(
                call,
                account,
                new PbxControl.Order(
                        call.key(),
                        plan.first(),
                        begins.client().orElseThrow(),
                        Commands.RING,
                        request.filter(sent -> !known.known()).flatMap(SiteRequest::screen)));
    }

    private Set<String> onAnotherCall(BegunCall except) {
        return calls.open(except.company(), except.account()).stream()
                .filter(call -> !call.key().equals(except.key()))
                .flatMap(call -> call.legs().stream())
                .filter(leg -> !leg.ended())
                .map(Leg::extension)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
