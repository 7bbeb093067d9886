package org.trunkline.crm.connector;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.WantedEntities;

/** Writes what the client should have, for tests. */
public final class Plans {

    private Optional<WantedEntities.New> create = Optional.empty();
    private Optional<String> responsible = Optional.empty();
    private Optional<Client.Found> reassign = Optional.empty();
    private Optional<Instant> changeAt = Optional.empty();
    private Optional<Settings.Stage> stage = Optional.empty();
    private Optional<String> source = Optional.empty();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private Optional<Client.Found> update = Optional.empty();

    public static Plans make(Kind kind, String responsible) {
        Plans plans = new Plans();
        Map<EntityKind, String> titles = new EnumMap<>(EntityKind.class);
        for (EntityKind each : EntityKind.values()) {
            titles.put(each, "Call from +79161234567");
        }
        plans.create = Optional.of(new WantedEntities.New(kind, titles, "Без имени", List.of()));
        plans.responsible = Optional.of(responsible);
        return plans;
    }

    public static Plans nothing() {
        return new Plans();
    }

    public Plans responsible(String user) {
        responsible = Optional.of(user);
        return this;
    }

    public Plans reassign(Client.Found found, String user) {
        reassign = Optional.of(found);
        return responsible(user);
    }

    public Plans until(Instant at) {
        changeAt = Optional.of(at);
        return this;
    }

    public Plans stage(String pipeline, String name) {
        stage = Optional.of(new Settings.Stage(pipeline, Optional.of(name)));
        return this;
    }

    public Plans pipeline(String id) {
        stage = Optional.of(new Settings.Stage(id, Optional.empty()));
        return this;
    }

    public Plans tags(String... names) {
        create =
                create.map(
                        made ->
                                new WantedEntities.New(
                                        made.kind(),
                                        made.titles(),
                                        made.contactName(),
                                        List.of(names)));
        return this;
    }

    public Plans source(String text) {
        source = Optional.of(text);
        return this;
    }

    public Plans field(String code, String text) {
        fields.put(code, text);
        return this;
    }

    public Plans update(Client.Found found) {
        update = Optional.of(found);
        return this;
    }

    public Optional<WantedEntities> get() {
        return Optional.of(
                new WantedEntities(
                        create, responsible, reassign, changeAt, stage, source, fields, update));
    }
}
