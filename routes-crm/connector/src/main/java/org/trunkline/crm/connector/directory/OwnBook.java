package org.trunkline.crm.connector.directory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;
import org.trunkline.store.PhoneBook;
import org.trunkline.store.PhoneBook.Entry;

/**
 * The phone book as the delivery of calls uses it (rule X7): it answers look-ups, and what the hub
 * itself makes goes into it at once. The next catch-up reads that as the portal has it.
 */
public final class OwnBook {

    private static final Logger LOG = LoggerFactory.getLogger(OwnBook.class);

    private static final Map<EntityKind, String> STEPS =
            Map.of(
                    EntityKind.CONTACT, "makeContact",
                    EntityKind.LEAD, "makeLead",
                    EntityKind.DEAL, "makeDeal");

    private final PhoneBook book;
    private final BookAnswers answers;

    public OwnBook(PhoneBook book, DirectoryNotes notes, Clock clock) {
        this.book = book;
        this.answers = new BookAnswers(book, notes, clock);
    }

    public BookAnswers answers() {
        return answers;
    }

    /**
     * What a delivery may make.
     *
     * @param missing steps that were not done before it
     */
    public record Made(
            Client client,
            Optional<PhoneNumber> number,
            Optional<WantedEntities> wanted,
            Set<EntityKind> missing) {

        public static Made before(Wanted wanted, StepLog steps) {
            Optional<WantedEntities> entities =
                    wanted.decision().entities().filter(e -> e.create().isPresent());
            Set<EntityKind> missing =
                    entities.isEmpty()
                            ? Set.of()
                            : Set.copyOf(
                                    STEPS.keySet().stream()
                                            .filter(kind -> id(steps, kind).isEmpty())
                                            .toList());
            return new Made(
                    wanted.client(),
                    wanted.records().stream().findFirst().map(record -> record.client()),
                    entities,
                    missing);
        }
    }

    private static Optional<Long> id(StepLog steps, EntityKind kind) {
        return steps.step(STEPS.get(kind))
                .filter(step -> step.state() == Step.State.DONE)
                .flatMap(Step::crmId)
                .filter(id -> id.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf);
    }

    /** A book that can't be written is no reason to fail: the catch-up will see what was made. */
    public void note(String company, Portal portal, Made made, StepLog steps) {
        if (made.missing().isEmpty()) {
            return;
        }
        try {
            List<Entry> entries = entries(made, steps);
            if (!entries.isEmpty()) {
                book.put(company, portal.id(), entries);
            }
        } catch (Fault | IllegalStateException fault) {
            LOG.warn(
                    "What was made in portal {}/{} comes into the phone book later: {}",
                    company,
                    portal.id(),
                    fault.getMessage());
        }
    }

    /** A call showed that the portal does not have it any more. */
    public void forget(String company, String portal, Entity entity) {
        try {
            if (entity.id().matches("[1-9][0-9]{0,17}")) {
                book.forget(company, portal, entity.kind(), Set.of(Long.valueOf(entity.id())));
            }
        } catch (Fault | IllegalStateException fault) {
            LOG.warn(
                    "{} of portal {}/{} is gone, and leaves the phone book with the next round: {}",
                    entity,
                    company,
                    portal,
                    fault.getMessage());
        }
    }

    private static List<Entry> entries(Made made, StepLog steps) {
        WantedEntities wanted = made.wanted().orElseThrow();
        WantedEntities.New create = wanted.create().orElseThrow();
        String responsible = wanted.responsible().orElse("");
        Set<String> numbers = made.number().map(n -> Set.of(n.value())).orElse(Set.of());
        List<Entry> entries = new ArrayList<>();
        for (EntityKind kind : made.missing()) {
            id(steps, kind)
                    .ifPresent(
                            id ->
                                    entries.add(
                                            new Entry(
                                                    kind,
                                                    id,
                                                    kind == EntityKind.CONTACT
                                                            ? create.contactName()
                                                            : create.titles()
                                                                    .getOrDefault(kind, ""),
                                                    responsible,
                                                    true,
                                                    bearsNumber(kind, made.client())
                                                            ? numbers
                                                            : Set.of(),
                                                    owner(kind, made.client().contact())
                                                            .or(() -> deals(kind, steps)),
                                                    owner(kind, made.client().company()))));
        }
        return entries;
    }

    /** A lead of a client who is known has no number of its own. */
    private static boolean bearsNumber(EntityKind kind, Client client) {
        boolean known = client.contact().isPresent() || client.company().isPresent();
        return kind == EntityKind.CONTACT || kind == EntityKind.LEAD && !known;
    }

    private static Optional<Long> owner(EntityKind kind, Optional<Client.Found> found) {
        return found.filter(f -> kind == EntityKind.DEAL)
                .map(Client.Found::id)
                .filter(id -> id.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf);
    }

    /** The contact that was made with the deal. */
    private static Optional<Long> deals(EntityKind kind, StepLog steps) {
        return kind == EntityKind.DEAL ? id(steps, EntityKind.CONTACT) : Optional.empty();
    }
}
