package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;

/**
 * Makes what the client lacks, and changes whose it is (rules T15, I4, I5, O10, O12, O19). What was
 * made is told by its steps; what may have been made is searched for before it is made again.
 */
final class EntityDelivery {

    /** Named as the phone book's keeper knows them. */
    static final String DEAL = "makeDeal";

    static final String CONTACT = "makeContact";

    private static final String OWNER = "owner";
    private static final String REASSIGN = "reassign";
    private static final String FIELDS = "fields";

    private final Account account;
    private final Client client;
    private final Optional<WantedEntities> wanted;
    private final List<String> fallbackUsers;
    private final DeedLog log;
    private final NewDeal deal;
    private final NewUnsorted unsorted;

    EntityDelivery(Account account, String call, Wanted wanted, StepLog steps) {
        this.account = account;
        this.client = wanted.client();
        this.wanted = wanted.decision().entities();
        this.fallbackUsers =
                wanted.records().stream()
                        .findFirst()
                        .map(CallRecord::fallbackUsers)
                        .orElse(List.of());
        this.log = new DeedLog(steps);
        this.deal = new NewDeal(account, wanted, log);
        this.unsorted = new NewUnsorted(account, call, wanted, log);
    }

    /**
     * @throws org.trunkline.model.Fault typed by what helps; steps done before stay done
     */
    void bring() {
        wanted.ifPresent(
                entities -> {
                    entities.create().ifPresent(create -> make(entities, create));
                    entities.responsible().ifPresent(this::own);
                    entities.reassign().ifPresent(found -> reassign(entities, found));
                    entities.updateFieldsOf().ifPresent(found -> fill(entities, found));
                });
    }

    private void make(WantedEntities entities, WantedEntities.New create) {
        if (unsorted.unsure()) {
            unsorted.settle();
        }
        if (log.done(DEAL) || unsorted.done()) {
            return;
        }
        if (create.kind() == Settings.Kind.UNSORTED && !log.unsure(DEAL) && unsorted.possible()) {
            unsorted.make();
            return;
        }
        if (!log.unsure(DEAL)) {
            // Before the request: what it made may be found only when somebody else is wanted.
            log.done(OWNER, entities.responsible().orElse(""));
        }
        deal.make(entities, candidates(entities.responsible()));
    }

    private Candidates candidates(Optional<String> responsible) {
        return new Candidates(responsible.orElse(""), fallbackUsers);
    }

    /** O12: what was made with the default responsible becomes the right one's. */
    private void own(String user) {
        List<Entity> made = made();
        if (made.isEmpty() || log.made(OWNER).equals(Optional.of(user))) {
            return;
        }
        change(OWNER, user, made, user);
    }

    private void reassign(WantedEntities entities, Client.Found found) {
        entities.responsible()
                .ifPresent(
                        user -> {
                            String done = Entity.of(found) + ">" + user;
                            if (!log.made(REASSIGN).equals(Optional.of(done))) {
                                change(REASSIGN, user, List.of(Entity.of(found)), done);
                            }
                        });
    }

    /** A user whom the account refuses gives way to the next. */
    private void change(String step, String user, List<Entity> entities, String done) {
        for (Candidates who = candidates(Optional.of(user)); ; ) {
            String next = who.next();
            boolean refused = false;
            for (Entity entity : entities) {
                ObjectNode item = Values.id(entity.id());
                item.set("responsible_user_id", Values.user(next));
                refused |= !changed(step, entity, item, who.more());
            }
            if (!refused) {
                log.done(step, done);
                return;
            }
        }
    }

    /**
     * Whom nobody can change any more, for a person deleted or merged him, is changed enough.
     *
     * @return false: the user is refused, and there is another
     */
    private boolean changed(String step, Entity entity, ObjectNode item, boolean others) {
        Answer answer =
                log.send(
                                List.of(step),
                                () ->
                                        account.courier()
                                                .send(
                                                        Parcel.of(
                                                                Lane.BACKLOG,
                                                                Endpoint.changes(entity.kind()),
                                                                item)))
                        .get(0);
        if (answer instanceof Answer.Refused no) {
            AmocrmRefusal refusal = AmocrmRefusal.of(no);
            if (refusal.noSuchUser() && others) {
                return false;
            }
            if (refusal.gone()) {
                return true;
            }
        }
        log.result(List.of(step), answer);
        return true;
    }

    /** O19; again if the texts changed, as when the duration became known. */
    private void fill(WantedEntities entities, Client.Found found) {
        Entity entity = Entity.of(found);
        String done = entity + "#" + Integer.toHexString(entities.fields().hashCode());
        if (entities.fields().isEmpty() || log.made(FIELDS).equals(Optional.of(done))) {
            return;
        }
        ObjectNode item = Values.id(entity.id());
        item.set("custom_fields_values", Values.fields(entities.fields()));
        changed(FIELDS, entity, item, false);
        log.done(FIELDS, done);
    }

    private List<Entity> made() {
        List<Entity> made = new ArrayList<>();
        log.made(DEAL).ifPresent(id -> made.add(new Entity(EntityKind.DEAL, id)));
        log.made(CONTACT).ifPresent(id -> made.add(new Entity(EntityKind.CONTACT, id)));
        return made;
    }

    /** The deal that an entry of this call in the tray is to become. */
    Optional<Entity> unsortedDeal() {
        return unsorted.deal();
    }

    /** Whether the entry in the tray is this record of the call already. */
    boolean holdsCall(CallRecord record) {
        return record.key().equals(CallRecord.MAIN) && unsorted.holdsCall();
    }

    /** Where the call's records go: the first that is still there. */
    List<Entity> targets() {
        return Stream.of(
                        made().stream(),
                        unsorted.deal().stream(),
                        client.open().stream().map(Entity::of),
                        client.contact().stream().map(Entity::of),
                        client.company().stream().map(Entity::of))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** The client's number; empty: hidden, and nothing is made. */
    static Optional<PhoneNumber> number(Wanted wanted) {
        return wanted.call().client();
    }
}
