package org.trunkline.crm.connector.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmDirectory.Source;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.CrmUser;
import org.trunkline.model.PortalDirectory.Change;
import org.trunkline.model.PortalDirectory.Problem;

/** What was known and what was read now: a part that was not read whole stays as it was. Pure. */
record Merge(CrmDirectory known, PortalReading reading) {

    CrmDirectory directory(Instant now) {
        Map<Part, Instant> readAt = new EnumMap<>(Part.class);
        readAt.putAll(known.readAt());
        reads().forEach(
                        (part, read) ->
                                Optional.of(now)
                                        .filter(at -> read.whole())
                                        .ifPresent(at -> readAt.put(part, at)));
        PortalReading.Stages stages =
                reading.stages().or(new PortalReading.Stages(known.leadStages(), known.sources()));
        return new CrmDirectory(
                readAt,
                reading.leads() instanceof Read.Whole<Boolean> leads
                        ? Optional.of(leads.value())
                        : known.leads(),
                reading.users().or(known.users()),
                reading.pipelines().or(known.pipelines()),
                stages.leads(),
                stages.sources(),
                reading.fields().or(known.fields()),
                reading.lines().or(known.lines()));
    }

    private Map<Part, Read<?>> reads() {
        Map<Part, Read<?>> reads = new EnumMap<>(Part.class);
        reads.put(Part.USERS, reading.users());
        reads.put(Part.MODE, reading.leads());
        reads.put(Part.PIPELINES, reading.pipelines());
        reads.put(Part.STAGES, reading.stages());
        reads.put(Part.FIELDS, reading.fields());
        reads.put(Part.LINES, reading.lines());
        return reads;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        reads().forEach(
                        (part, read) -> {
                            if (read instanceof Read.Failed<?> failed) {
                                String kept = known.has(part) ? "; what was known stands" : "";
                                problems.add(new Problem(part, failed.why() + kept, failed.cure()));
                            }
                        });
        return problems;
    }

    /** Of all parts that people choose from. */
    Map<Part, Change> changes(CrmDirectory now) {
        Map<Part, Change> changes = new EnumMap<>(Part.class);
        changes.put(Part.USERS, change(known.users(), now.users(), CrmUser::id, CrmUser::name));
        changes.put(
                Part.PIPELINES,
                change(known.pipelines(), now.pipelines(), Pipeline::id, Pipeline::name));
        changes.put(Part.STAGES, change(statuses(known), statuses(now), Stage::id, Stage::name));
        changes.put(
                Part.FIELDS,
                change(
                        known.fields(),
                        now.fields(),
                        field -> field.kind() + "." + field.code(),
                        Field::name));
        changes.put(
                Part.LINES,
                change(known.lines(), now.lines(), ExternalLine::number, ExternalLine::name));
        return changes;
    }

    private static List<Stage> statuses(CrmDirectory directory) {
        Stream<Stage> sources =
                directory.sources().stream()
                        .map(
                                (Source s) ->
                                        new Stage(
                                                "SOURCE." + s.id(),
                                                s.name(),
                                                CrmDirectory.Meaning.OPEN));
        return Stream.concat(directory.leadStages().stream(), sources).toList();
    }

    private static <T> Change change(
            Collection<T> before,
            Collection<T> now,
            Function<T, String> id,
            Function<T, String> name) {
        Map<String, T> old = byId(before, id);
        Map<String, T> current = byId(now, id);
        return new Change(
                current.size(),
                said(current, old.keySet(), false, id, name),
                said(old, current.keySet(), false, id, name),
                current.values().stream()
                        .filter(one -> old.containsKey(id.apply(one)))
                        .filter(one -> !old.get(id.apply(one)).equals(one))
                        .map(one -> said(one, id, name))
                        .toList());
    }

    private static <T> List<String> said(
            Map<String, T> all,
            Collection<String> others,
            boolean in,
            Function<T, String> id,
            Function<T, String> name) {
        return all.entrySet().stream()
                .filter(one -> others.contains(one.getKey()) == in)
                .map(one -> said(one.getValue(), id, name))
                .toList();
    }

    private static <T> String said(T one, Function<T, String> id, Function<T, String> name) {
        return (id.apply(one) + " " + name.apply(one)).strip();
    }

    private static <T> Map<String, T> byId(Collection<T> all, Function<T, String> id) {
        Map<String, T> byId = new LinkedHashMap<>();
        all.forEach(one -> byId.put(id.apply(one), one));
        return byId;
    }
}
