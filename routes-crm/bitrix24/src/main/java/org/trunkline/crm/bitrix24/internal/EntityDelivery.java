package org.trunkline.crm.bitrix24.internal;

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
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;

/**
 * Makes what the client lacks, and changes whose it is (rules T14, K4, O6, O10, O12, O19). What was
 * made is told by its steps, named after its kind; what may have been made is searched for by our
 * own id before it is made again.
 */
final class EntityDelivery {

    private static final String KIND = "entityKind";
    private static final String OWNER = "owner";
    private static final String REASSIGN = "reassign";
    private static final String FIELDS = "fields";

    private final Site site;
    private final Client client;
    private final Optional<WantedEntities> wanted;
    private final List<String> fallbackUsers;
    private final DeedLog log;
    private final Deeds deeds;
    private final NewEntities making;

    EntityDelivery(Site site, String call, Wanted wanted, StepLog steps) {
        this.site = site;
        this.client = wanted.client();
        this.wanted = wanted.decision().entities();
        this.fallbackUsers =
                wanted.records().stream()
                        .findFirst()
                        .map(CallRecord::fallbackUsers)
                        .orElse(List.of());
        this.log = new DeedLog(steps);
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
                    entities.responsible().ifPresent(this::own);
                    entities.reassign().ifPresent(found -> reassign(entities, found));
                    entities.updateFieldsOf().ifPresent(found -> fill(entities, found));
                });
    }

    private void make(WantedEntities entities, WantedEntities.New create) {
        EntityKind kind = kind(create);
        if (!making.begun()) {
            // Before the request: what it made may be found only when somebody else is wanted.
            log.done(OWNER, entities.responsible().orElse(""));
        }
        making.make(entities, kind, candidates(entities.responsible()));
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

    private Candidates candidates(Optional<String> responsible) {
        return responsible
                .map(user -> new Candidates(user, fallbackUsers))
                .orElseGet(() -> new Candidates("", fallbackUsers));
    }

    /** O12: what was made with the default responsible becomes the right one's. */
    private void own(String user) {
        List<Entity> made = making.made();
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

    /** A user whom the portal refuses gives way to the next. */
    private void change(String step, String user, List<Entity> entities, String done) {
        for (Candidates who = candidates(Optional.of(user)); ; ) {
            String next = who.next();
            List<Command> commands =
                    entities.stream().map(e -> CrmRequests.responsible(e, next)).toList();
            List<Answer> answers = deeds.send(Lane.BACKLOG, List.of(step), commands);
            if (answers.stream().anyMatch(Deeds::noSuchUser) && who.more()) {
                continue;
            }
            left(step, entities, answers);
            log.done(step, done);
            return;
        }
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

    /** O19; again if the texts changed, as when the duration became known. */
    private void fill(WantedEntities entities, Client.Found found) {
        Entity entity = Entity.of(found);
        String done = entity + "#" + Integer.toHexString(entities.fields().hashCode());
        if (entities.fields().isEmpty() || log.made(FIELDS).equals(Optional.of(done))) {
            return;
        }
        Command update = CrmRequests.update(entity, CrmRequests.named(entities.fields()));
        left(FIELDS, List.of(entity), deeds.send(Lane.BACKLOG, List.of(FIELDS), List.of(update)));
        log.done(FIELDS, done);
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
