package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Ownership;
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
final class EntityDelivery implements Ownership.Vendor {

    /** Named as the phone book's keeper knows them. */
    static final String DEAL = "makeDeal";

    static final String CONTACT = "makeContact";

    private final Account account;
    private final Client client;
    private final Optional<WantedEntities> wanted;
    private final Ownership ownership;
    private final DeedLog log;
    private final NewDeal deal;
    private final NewUnsorted unsorted;

    EntityDelivery(Account account, String call, Wanted wanted, StepLog steps) {
        this.account = account;
        this.client = wanted.client();
        this.wanted = wanted.decision().entities();
        this.log = new DeedLog(steps);
        this.ownership = new Ownership(log, wanted, this);
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
                    ownership.bring(entities, made());
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
            ownership.making(entities.responsible());
        }
        deal.make(entities, ownership.candidates(entities.responsible()));
    }

    @Override
    public boolean assign(String step, List<Entity> entities, String user, boolean others) {
        boolean taken = true;
        for (Entity entity : entities) {
            ObjectNode item = Values.id(entity.id());
            item.set("responsible_user_id", Values.user(user));
            taken &= changed(step, entity, item, others);
        }
        return taken;
    }

    @Override
    public void fill(String step, Entity entity, Map<String, String> texts) {
        ObjectNode item = Values.id(entity.id());
        item.set("custom_fields_values", Values.fields(texts));
        changed(step, entity, item, false);
    }

    /**
     * Whom nobody can change any more, for a person deleted or merged him, is changed enough.
     *
     * @return false: the user is refused, and there is another
     */
    private boolean changed(String step, Entity entity, ObjectNode item, boolean others) {
        Endpoint endpoint = Endpoint.changes(entity.kind());
        Answer answer =
                log.send(
                                List.of(step),
                                () ->
                                        account.courier()
                                                .send(Parcel.of(Lane.BACKLOG, endpoint, item)))
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
