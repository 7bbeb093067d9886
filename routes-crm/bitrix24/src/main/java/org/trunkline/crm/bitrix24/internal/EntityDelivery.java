package org.trunkline.crm.bitrix24.internal;

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
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;

/**
 * Makes what the client lacks, and changes whose it is (rules T14, K4, O6, O10, O12, O19). What was
 * made is told by its steps, named after its kind; what may have been made is searched for by our
 * own id before it is made again.
 */
final class EntityDelivery implements Ownership.Vendor {

    private static final String KIND = "entityKind";

    private final Site site;
    private final Client client;
    private final Optional<WantedEntities> wanted;
    private final Ownership ownership;
    private final DeedLog log;
    private final Deeds deeds;
    private final NewEntities making;

    EntityDelivery(Site site, String call, Wanted wanted, StepLog steps) {
        this.site = site;
        this.client = wanted.client();
        this.wanted = wanted.decision().entities();
        this.log = new DeedLog(steps);
        this.ownership = new Ownership(log, wanted, this);
        this.deeds = new Deeds(site, log);
        Optional<PhoneNumber> number =
                wanted.records().stream().map(CallRecord::client).findFirst();
        this.making = new NewEntities(deeds, call, number, client);
    }

    /**
     * @throws Fault typed by what helps; steps done before stay done
     */
    void bring() {
        wanted.ifPresent(
                entities -> {
                    entities.create().ifPresent(create -> make(entities, create));
                    ownership.bring(entities, making.made());
                });
    }

    private void make(WantedEntities entities, WantedEntities.New create) {
        EntityKind kind = kind(create);
        if (!making.begun()) {
            ownership.making(entities.responsible());
        }
        making.make(entities, kind, ownership.candidates(entities.responsible()));
    }

    /** Decided once: a portal's mode may change between two tries. */
    private EntityKind kind(WantedEntities.New create) {
        Optional<String> known = log.made(KIND);
        if (known.isPresent()) {
            return EntityKind.valueOf(known.get());
        }
        EntityKind kind =
                switch (create.kind()) {
                    case LEAD -> EntityKind.LEAD;
                    case DEAL -> EntityKind.DEAL;
                    case BY_MODE -> site.mode().leads() ? EntityKind.LEAD : EntityKind.DEAL;
                    case UNSORTED ->
                            throw new Fault.Data(
                                    "Bitrix24 has no tray of unsorted requests",
                                    "set /entities/kind to byMode, lead or deal, then replay");
                };
        log.done(KIND, kind.name());
        return kind;
    }

    @Override
    public boolean assign(String step, List<Entity> entities, String user, boolean others) {
        List<Command> commands =
                entities.stream().map(e -> CrmRequests.responsible(e, user)).toList();
        List<Answer> answers = deeds.send(Lane.BACKLOG, List.of(step), commands);
        if (others && answers.stream().anyMatch(Deeds::noSuchUser)) {
            return false;
        }
        left(step, entities, answers);
        return true;
    }

    @Override
    public void fill(String step, Entity entity, Map<String, String> texts) {
        Command update = CrmRequests.update(entity, CrmRequests.named(texts));
        left(step, List.of(entity), deeds.send(Lane.BACKLOG, List.of(step), List.of(update)));
    }

    /** Whom nobody can change any more, for a person deleted or merged him, is changed enough. */
    private void left(String step, List<Entity> entities, List<Answer> answers) {
        for (int i = 0; i < entities.size(); i++) {
            if (Deeds.gone(answers.get(i))) {
                site.gone(entities.get(i));
            } else {
                deeds.log().result(List.of(step), answers.get(i));
            }
        }
    }

    /** On whom the call's records hang; empty: on whom the portal finds by the number. */
    Optional<Entity> pin() {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return Stream.of(
                        making.contact(),
                        client.company().map(Entity::of),
                        making.lead(),
                        client.lead().filter(Client.Found::open).map(Entity::of))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the call's activity hangs on beside its client (rule O11, "activity in both"). */
    List<Entity> alsoOn() {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Entity> all = new ArrayList<>(making.made());
        client.open().map(Entity::of).ifPresent(all::add);
        Optional<Entity> pin = pin();
        return all.stream()
                .filter(entity -> !Optional.of(entity).equals(pin))
                .filter(entity -> entity.kind() != EntityKind.CONTACT)
                .distinct()
                .toList();
    }

    /** What people want to see of the client: the deal or lead, else the contact. */
    Optional<Entity> worthSeeing() {
        return Stream.of(
                        making.deal(),
                        making.lead(),
                        client.open().map(Entity::of),
                        making.contact())
                .flatMap(Optional::stream)
                .findFirst();
    }
}
