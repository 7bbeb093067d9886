package org.trunkline.crm.delivery.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.Decision;
import org.trunkline.model.Fault;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.model.RecordingLinks;
import org.trunkline.model.Settings;
import org.trunkline.model.StepLog;
import org.trunkline.rules.Presets;
import org.trunkline.rules.Rules;
import org.trunkline.rules.Situation;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** The steps of {@link DeliverRoute}, each a thing that may fail in its own way. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Work work;
    private final Absences absences;
    private final Calls calls;
    private final Companies companies;
    private final Connectors connectors;
    private final RecordingLinks links;
    private final Clock clock;
    private final Hearing hearing;

    public Delivery(
            Work work,
            Absences absences,
            Calls calls,
            Companies companies,
            Connectors connectors,
            RecordingLinks links,
            Clock clock) {
        this.work = work;
        this.absences = absences;
        this.calls = calls;
        this.companies = companies;
        this.connectors = connectors;
        this.links = links;
        this.clock = clock;
        this.hearing = new Hearing(connectors, clock);
    }

    /**
     * Finds what the row names.
     *
     * @throws Fault.Data if part of it is gone
     */
    Matter load(Work.Item item) {
        Company company = there(companies.find(item.company()), "company", item.company());
        Integration integration =
                there(company.integration(item.integration()), "integration", item.integration());
        PbxAccount account = there(company.account(integration.pbx()), "PBX", integration.pbx());
        Portal portal = there(company.portal(integration.portal()), "portal", integration.portal());
        Call found = there(calls.find(item.company(), item.call()), "call", item.call());
        Call call =
                FromCrm.asOf(found, clock.instant(), hearing.patientUntil(item.company(), account));
        return new Matter(
                item,
                company,
                call,
                account,
                integration,
                settings(integration),
                portal,
                Client.UNKNOWN);
    }

    private static <T> T there(Optional<T> found, String what, String id) {
        return found.orElseThrow(
                () ->
                        new Fault.Data(
                                what + " '" + id + "' is not there any more",
                                "drop this work, or provision the " + what + " again and replay"));
    }

    /**
     * Looks the client up where the rules ask for him, once a call. The cards of a call that goes
     * on do not wait for it.
     */
    Matter enrich(Matter matter) {
        if (matter.again(clock.instant()).isPresent()
                || !Rules.asksForClient(matter.call(), matter.account(), matter.settings())) {
            return matter;
        }
        Work.Item item = matter.item();
        return matter.with(
                work.client(item.company(), item.call(), item.integration())
                        .orElseGet(() -> lookedUp(matter)));
    }

    private Client lookedUp(Matter matter) {
        if (!matter.call().ended()) {
            Decision blind = decision(matter);
            bring(
                    new Matter.Decided(
                            matter,
                            new Decision(
                                    // Where they go is known when the client is.
                                    blind.records().stream().map(CallRecord::cardsOnly).toList(),
                                    Optional.empty(),
                                    List.of(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    blind.parts())));
        }
        Client found =
                connector(matter)
                        .find(
                                matter.portal(),
                                matter.item().company(),
                                matter.call().client().orElseThrow(),
                                openMatters(matter.settings()));
        return work.found(matter.item(), found);
    }

    /** Where nothing is made for a client who is known, and nobody is told of open deals. */
    private static boolean openMatters(Settings settings) {
        boolean made =
                settings.entities().createBy() == Settings.CreateBy.HUB
                        && settings.entities().repeat() == Settings.Repeat.WHEN_NO_OPEN;
        return made || settings.notices().talker() || settings.notices().missed();
    }

    /** What the CRM should hold now; kept for people. */
    Matter.Decided decide(Matter matter) {
        Decision decision = decision(matter);
        work.decided(matter.item(), decision);
        return new Matter.Decided(matter, decision);
    }

    private Decision decision(Matter matter) {
        return Rules.decide(
                new Situation(
                        matter.call(),
                        onAnotherCall(matter.call()),
                        matter.account(),
                        matter.integration(),
                        matter.portal().kind(),
                        matter.client(),
                        clock.instant(),
                        ZoneId.systemDefault()),
                matter.settings());
    }

    private static Settings settings(Integration integration) {
        try {
            return Presets.settings(integration.preset(), integration.settings());
        } catch (IllegalArgumentException e) {
            throw new Fault.Data(
                    "settings of integration '" + integration.id() + "': " + e.getMessage(),
                    "correct the settings, then replay");
        }
    }

    /** Who talks in some other call of this account (rule T8); it matters only for cards. */
    private Set<String> onAnotherCall(Call call) {
        if (call.ended()) {
            return Set.of();
        }
        return calls.open(call.company(), call.account()).stream()
                .filter(other -> !other.id().equals(call.id()))
                .flatMap(other -> other.legs().stream())
                .filter(leg -> leg.answered() && !leg.ended())
                .map(Leg::extension)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Has the connector do what is missing. */
    void bring(Matter.Decided decided) {
        Matter matter = decided.matter();
        if (nothing(decided.decision()) && untouched(matter)) {
            return;
        }
        StepLog steps = work.steps(matter.item());
        connector(matter)
                .bring(
                        matter.portal(),
                        matter.item().company(),
                        matter.item().call(),
                        new CrmConnector.Wanted(
                                matter.call(),
                                decided.decision(),
                                matter.client(),
                                connectors.recordings(matter.item().company(), matter.account()),
                                new LinkStep(links, matter.item(), steps)::link),
                        steps);
        absences.reached(matter);
    }

    private CrmConnector connector(Matter matter) {
        return connectors
                .find(matter.portal().kind())
                .orElseThrow(() -> new ConnectorAway(matter.portal().kind()));
    }

    private static boolean nothing(Decision decision) {
        return decision.records().isEmpty()
                && decision.entities().isEmpty()
                && decision.notices().isEmpty()
                && decision.changed().isEmpty();
    }

    /** Whether the CRM never heard of the call, so that there is nothing to take back either. */
    private boolean untouched(Matter matter) {
        return work.steps(matter.item().company(), matter.item().call()).stream()
                .noneMatch(taken -> taken.integration().equals(matter.integration().id()));
    }

    /** The row rests until the next event wakes it, or until the clock changes what is wanted. */
    void rest(Matter.Decided decided) {
        Work.Item item = decided.matter().item();
        decided.decision()
                .changesAt()
                .ifPresentOrElse(
                        at -> wait(decided.matter(), notTooEarly(decided.matter(), at)),
                        () -> work.done(item));
        LOG.info("{}", new Summary(decided));
    }

    /** Where a call would be given up already, were it certain that its PBX is heard. */
    private Instant notTooEarly(Matter matter, Instant at) {
        if (FromCrm.givenUpAt(matter.call()).isEmpty() || at.isAfter(clock.instant())) {
            return at;
        }
        return hearing.patientUntil(matter.item().company(), matter.account());
    }

    /** Rules O12, I3. */
    private void wait(Matter matter, Instant at) {
        work.later(matter.item(), at);
        // A document put since this was decided woke the rows that waited then, not this one.
        if (!companies.find(matter.item().company()).equals(Optional.of(matter.company()))) {
            work.later(matter.item(), clock.instant());
        }
    }
}
