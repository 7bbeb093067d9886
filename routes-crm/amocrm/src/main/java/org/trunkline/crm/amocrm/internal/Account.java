package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.amocrm.internal.directory.Question;
import org.trunkline.crm.amocrm.internal.directory.UserList;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Breaker;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Kept;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.ServedPortal;
import org.trunkline.crm.connector.ServedPortals.Since;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;
import org.trunkline.store.PortalNotes;

/** All that is kept of one amoCRM account: its pace, its health, what it said lately. */
final class Account extends ServedPortal implements AccountLinks.Link {

    private final AtomicReference<Portal> portal;
    private final AmocrmTokens tokens;
    private final Kept<List<CrmUser>> users;
    private final Departures departures;
    private final Courier<Parcel> courier;
    private final PopupReplies replies;
    private final MadeLately madeLately;
    private final Pipelines pipelines;
    private final UnsortedTray tray;

    /**
     * @param since from when on nobody else sends
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
            Since since,
            Clock clock) {
        super(company, portal, leases, clock);
        this.portal = new AtomicReference<>(portal);
        this.tokens =
                new AmocrmTokens(companies, company, this.portal::get, http, redirectUri, clock);
        this.departures = new Departures(pace, since.nanos());
        this.replies = new PopupReplies(clock);
        this.madeLately = new MadeLately(clock, since.serving());
        Breaker breaker = new Breaker();
        Settlement settlement = new Settlement(departures, breaker, vitals(), System::nanoTime);
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
                            Trip trip = carried(items.size(), () -> wire.carry(endpoint, items));
                            return () -> settlement.settle(endpoint, leaving, trip);
                        },
                        System::nanoTime);
        this.users = new Kept<>(() -> UserList.all(q -> ask(Lane.CARDS, q)), clock);
        this.pipelines = new Pipelines(this, clock);
        this.tray = new UnsortedTray(this, notes, company, portal.id());
    }

    /** Takes over what may change while the hub runs. */
    void at(Portal provisioned) {
        portal.set(provisioned);
    }

    void pace(int perSecond) {
        courier.change(now -> departures.pace().perSecond(perSecond));
    }

    @Override
    public Courier<Parcel> courier() {
        return courier;
    }

    @Override
    public boolean tokensKept() {
        return tokens.kept();
    }

    @Override
    public AmocrmTokens tokens() {
        return tokens;
    }

    /** The users of the account (rule T4). They have no numbers there. */
    Kept<List<CrmUser>> users() {
        return users;
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
