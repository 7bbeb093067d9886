package org.trunkline.rules.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.At;
import org.trunkline.model.WantedEntities;

/** What the client gets where the hub makes the entities (sections 4, 5 and 7 of the rules). */
public record EntityPlan(
        Segment main, Client client, People people, Settings settings, Values values, Instant now) {

    /** What, and why; nothing wanted: nothing to make and nothing to change. */
    public record Choice(Optional<WantedEntities> wanted, List<Part> parts) {}

    /** The hub makes none and says nothing of it. */
    public static final Choice NONE = new Choice(Optional.empty(), List.of());

    public static Choice of(
            Segment main,
            Client client,
            People people,
            Settings settings,
            Values values,
            Instant now) {
        return new EntityPlan(main, client, people, settings, values, now).choose();
    }

    private Choice choose() {
        Call call = main.call();
        Optional<Instant> moment = moment();
        if (moment.isEmpty()) {
            return nothing("T14", "/record/at", "not before the call's end");
        }
        Entities.Choice switches = Entities.switchedOn(main, people.account(), settings.entities());
        if (!switches.create()) {
            return new Choice(Optional.empty(), List.of(switches.part()));
        }
        Optional<Part> owner = new Owner(call, client, people, settings).of();
        if (owner.isEmpty()) {
            return nothing("O9", "/responsible", "nobody can be named responsible");
        }
        List<Part> parts = new ArrayList<>();
        parts.add(owner.get());
        Optional<WantedEntities.New> create = create(parts);
        Optional<Stages.Choice> stage =
                create.map(made -> new Stages(settings.pipelines()).of(call, people.account()));
        stage.ifPresent(chosen -> parts.add(chosen.part()));
        Optional<String> source = source(parts);
        Optional<Client.Found> updated = updated();
        Map<String, String> fields =
                create.isPresent() || updated.isPresent() ? fields(parts) : Map.of();
        Optional<Instant> changeAt = changeAt(moment.get());
        changeAt.ifPresent(at -> parts.add(laterPart(at)));
        String responsible = changeAt.flatMap(at -> defaultUser()).orElse(owner.get().value());
        return new Choice(
                Optional.of(
                        new WantedEntities(
                                create,
                                responsible,
                                changeAt,
                                stage.flatMap(Stages.Choice::stage),
                                source,
                                fields,
                                updated)),
                List.copyOf(parts));
    }

    /** When entities are due: at the end (T14), or as soon as it is answered (I2, I4). */
    private Optional<Instant> moment() {
        Call call = main.call();
        return settings.record().at() == At.ANSWER
                ? call.answeredAt().or(call::endedAt)
                : call.endedAt();
    }

    /** O6: a repeated call makes them only if the old ones are in a final state. */
    private Optional<WantedEntities.New> create(List<Part> parts) {
        Optional<Client.Found> open = client.open();
        if (open.isPresent()) {
            parts.add(
                    new Part(
                            "entity",
                            "nothing",
                            "O6",
                            "/entities/repeat",
                            open.get().kind() + " " + open.get().id() + " is open"));
            return Optional.empty();
        }
        Map<EntityKind, String> titles = new EnumMap<>(EntityKind.class);
        new Titles(settings.templates(), values)
                .all()
                .forEach(
                        (kind, choice) -> {
                            titles.put(kind, choice.title());
                            if (kind == EntityKind.DEAL || kind == EntityKind.LEAD) {
                                parts.add(choice.part());
                            }
                        });
        parts.add(
                new Part(
                        "entity",
                        "hub",
                        client.known() ? "O6" : "T14",
                        "/entities/createBy",
                        client.known() ? "what there was is closed" : "the number is new"));
        return Optional.of(
                new WantedEntities.New(
                        settings.entities().kind(), titles, settings.entities().contactName()));
    }

    /** O5: with transfers the first number that took the call, which is the call's own. */
    private Optional<String> source(List<Part> parts) {
        if (!settings.sourceLineNumber()) {
            return Optional.empty();
        }
        Optional<String> line = main.call().line().map(PhoneNumber::value);
        parts.add(
                new Part(
                        "source",
                        line.orElse("nothing"),
                        "O5",
                        "/source/lineNumber",
                        "the line's number is passed as source"));
        return line;
    }

    /** O19: always update means the first found of contact, company, lead. */
    private Optional<Client.Found> updated() {
        return settings.fields().alwaysUpdate()
                ? Stream.of(client.contact(), client.company(), client.lead())
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    private Map<String, String> fields(List<Part> parts) {
        Map<String, String> fields = new LinkedHashMap<>();
        settings.fields().map().forEach(f -> fields.put(f.field(), values.render(f.text())));
        fields.forEach(
                (field, text) ->
                        parts.add(
                                new Part("field", field, "O19", "/fields/map", "becomes " + text)));
        return fields;
    }

    /** O12: the default responsible first. */
    private Optional<Instant> changeAt(Instant moment) {
        Instant at = moment.plus(settings.responsible().changeAfter());
        return at.isAfter(now) && !settings.responsible().changeAfter().isZero()
                ? Optional.of(at)
                : Optional.empty();
    }

    private Optional<String> defaultUser() {
        return main.inbound()
                ? settings.responsible().incomingDefault()
                : settings.responsible().outgoingDefault();
    }

    private Part laterPart(Instant at) {
        return new Part(
                "responsible",
                defaultUser().orElse("nothing"),
                "O12",
                "/responsible/changeAfter",
                "until " + at);
    }

    private static Choice nothing(String rule, String setting, String reason) {
        return new Choice(
                Optional.empty(), List.of(new Part("entity", "nothing", rule, setting, reason)));
    }
}
