package org.trunkline.admin.rest.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Meaning;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmDirectory.Source;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.CrmKind;
import org.trunkline.model.CrmUser;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;

/** A kind of CRM whose portals are set up as the test says. */
final class KnownPortals implements PortalDirectory {

    static final Instant READ = Instant.parse("2026-01-01T12:00:00Z");

    volatile Supplier<CrmDirectory> known = () -> CrmDirectory.UNREAD;
    volatile Supplier<Synchronised> synchronised =
            () -> new Synchronised(known.get(), Map.of(), List.of(), List.of());
    volatile Supplier<List<String>> beside = List::of;

    /** Who has +79161234567. */
    final Client client =
            new Client(
                    Optional.of(new Client.Found(EntityKind.CONTACT, "11", "Olga", "7", true)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** How old an answer each question was content with. */
    final List<Duration> questions = new CopyOnWriteArrayList<>();

    /** Two pipelines, fields of leads and deals, one line. */
    static CrmDirectory portal(boolean leads, CrmUser... users) {
        return new CrmDirectory(
                Stream.of(Part.values()).collect(Collectors.toMap(part -> part, part -> READ)),
                Optional.of(leads),
                List.of(users),
                List.of(
                        new Pipeline("0", "Sales", true, List.of(stage("NEW"), stage("WON"))),
                        new Pipeline("3", "Repeat", false, List.of(stage("C3:NEW")))),
                List.of(stage("NEW"), stage("IN_PROCESS")),
                List.of(new Source("CALL", "Call")),
                List.of(
                        new Field(EntityKind.LEAD, "UF_CRM_LEAD", "Site", "string", true),
                        new Field(EntityKind.DEAL, "UF_CRM_DEAL", "Site", "string", true),
                        new Field(EntityKind.DEAL, "SOURCE_DESCRIPTION", "Source", "string", true),
                        new Field(EntityKind.DEAL, "DATE_CREATE", "Made", "datetime", false)),
                List.of(new ExternalLine("+74951000001", "+74951000001", false, true)));
    }

    private static Stage stage(String id) {
        return new Stage(id, "Stage " + id, Meaning.OPEN);
    }

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public CrmDirectory known(String company, Portal portal) {
        return known.get();
    }

    @Override
    public CrmDirectory known(String company, Portal portal, Duration oldest) {
        questions.add(oldest);
        return known.get();
    }

    @Override
    public Synchronised synchronise(String company, Portal portal) {
        return synchronised.get();
    }

    @Override
    public Book book(String company, Portal portal) {
        return new Book(BookState.FILLING, 58, Optional.empty(), Optional.of(READ));
    }

    @Override
    public Map<EntityKind, Long> inBook(String company, Portal portal) {
        return Map.of(EntityKind.CONTACT, 1000L);
    }

    @Override
    public Client inBook(String company, Portal portal, PhoneNumber number) {
        return number.value().equals("+79161234567") ? client : Client.UNKNOWN;
    }

    @Override
    public List<String> telephonyBeside(String company, Portal portal) {
        return beside.get();
    }
}
