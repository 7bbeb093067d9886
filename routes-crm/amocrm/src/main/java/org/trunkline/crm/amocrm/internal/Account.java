package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.amocrm.internal.directory.Question;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Breaker;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.Traffic;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PortalNotes;

/** All that is kept of one amoCRM account: its pace, its health, what it said lately. */
final class Account implements AccountLinks.Link {

    private final AtomicReference<Portal> portal;
    private final AmocrmTokens tokens;
    private final AccountUsers users;
    private volatile Optional<Instant> lastContact = Optional.empty();
    private final Departures departures;
    private final Courier<Parcel> courier;
    private final Vitals vitals;
    private final Traffic traffic;
    private final Clock clock;
    private final PopupReplies replies;
    private final MadeLately madeLately;
    private final Pipelines pipelines;
    private final UnsortedTray tray;

    /**
     * @param since when another process may have sent last, by {@code nanos}
     * @param nanos monotonic
     * @param serving when this process began to write for the company
     */
    Account(
            String company,
            Portal portal,
            Companies companies,
            Leases leases,
            PortalNotes notes,
            PortalHttp http,
            String redirectUri,
            int pace,
            long since,
            LongSupplier nanos,
            Instant serving,
            Clock clock) {
        this.portal = new AtomicReference<>(portal);
        this.clock = clock;
        this.tokens =
                new AmocrmTokens(companies, company, this.portal::get, http, redirectUri, clock);
        this.vitals = new Vitals(company, portal.id(), clock);
        this.traffic = new Traffic(company, portal.id());
        this.departures = new Departures(pace, since);
        this.replies = new PopupReplies(clock);
        this.madeLately = new MadeLately(clock, serving);
        Breaker breaker = new Breaker();
        Settlement settlement = new Settlement(departures, breaker, vitals, nanos);
        Wire wire = new Wire(http, tokens, clock);
        this.courier =
                new Courier<>(
                        departures,
                        breaker,
                        leaving -> {
                            Endpoint endpoint = leaving.get(0).parcel().endpoint();
                            List<ObjectNode> items =
                                    leaving.stream()
                                            .flatMap(w -> w.parcel().items().stream())
                                            .toList();
                            // Asked last: a pause before it may have cost us the company.
                            Trip trip =
                                    leases.serves(company)
                                            ? sent(wire, endpoint, items)
                                            : new Trip.Unsent(another());
                            return () -> settlement.settle(endpoint, leaving, trip);
                        },
                        nanos);
        this.users = new AccountUsers(this, clock);
        this.pipelines = new Pipelines(this, clock);
        this.tray = new UnsortedTray(this, notes, company, portal.id());
    }

    private Trip sent(Wire wire, Endpoint endpoint, List<ObjectNode> items) {
        traffic.sent(items.size());
        Trip trip = wire.carry(endpoint, items);
        if (trip instanceof Said.Answered) {
            lastContact = Optional.of(clock.instant());
        }
        return trip;
    }

    private static Fault another() {
        return new Fault.Retryable("another hub serves this company", Duration.ofSeconds(1));
    }

    /** Takes over what may change while the hub runs. */
    void at(Portal provisioned) {
        portal.set(provisioned);
    }

    void pace(int perSecond) {
        courier.change(now -> departures.pace().perSecond(perSecond));
    }

    Courier<Parcel> courier() {
        return courier;
    }

    @Override
    public Vitals vitals() {
        return vitals;
    }

    Traffic traffic() {
        return traffic;
    }

    @Override
    public AmocrmTokens tokens() {
        return tokens;
    }

    @Override
    public Optional<Instant> lastContact() {
        return lastContact;
    }

    AccountUsers users() {
        return users;
    }

    Clock clock() {
        return clock;
    }

    /** What popups told of their clients. */
    PopupReplies replies() {
        return replies;
    }

    /** What the hub itself made of numbers that were unknown. */
    MadeLately madeLately() {
        return madeLately;
    }

    Pipelines pipelines() {
        return pipelines;
    }

    UnsortedTray tray() {
        return tray;
    }

    /**
     * Asks for something; nothing is changed by it.
     *
     * @param path with its query, encoded
     * @return missing for an empty reply, which is how the vendor says that there is nothing
     * @throws Fault if the account said no or nothing
     */
    JsonNode ask(Lane lane, String path) {
        return courier.send(Parcel.question(lane, path)).get(0).value();
    }

    @Override
    public Told ask(Lane lane, Question question) {
        Answer answer = courier.send(Parcel.of(lane, question)).get(0);
        try {
            return new Told.Given(answer.value());
        } catch (Fault no) {
            boolean noRight =
                    answer instanceof Answer.Refused refused
                            && AmocrmRefusal.of(refused).status() == 403;
            return new Told.Refused(no, noRight);
        }
    }

    private static List<List<ObjectNode>> chunks(List<ObjectNode> ids) {
        return IntStream.iterate(0, i -> i < ids.size(), i -> i + Endpoint.MOST_ITEMS)
                .mapToObj(i -> ids.subList(i, Math.min(ids.size(), i + Endpoint.MOST_ITEMS)))
                .toList();
    }

    /** Deals by their ids, as far as they are there; with those that others ask for. */
    List<JsonNode> deals(Lane lane, List<ObjectNode> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return chunks(ids).stream()
                .flatMap(some -> courier.send(new Parcel(lane, Endpoint.DEALS, some)).stream())
                .filter(answer -> !(answer instanceof Answer.Refused no && no.refusal().gone()))
                .map(Answer::value)
                .toList();
    }
}
