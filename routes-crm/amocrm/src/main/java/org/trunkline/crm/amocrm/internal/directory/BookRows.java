package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.trunkline.crm.connector.directory.Numbers;
import org.trunkline.model.CrmDirectory.Meaning;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.EntityKind;
import org.trunkline.store.PhoneBook.Entry;

/** The account's entities as the phone book has them. Pure. */
final class BookRows {

    /** Clients before what hangs on them. */
    static final List<EntityKind> KINDS =
            List.of(EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.DEAL);

    private static final Map<EntityKind, String> LISTS =
            Map.of(
                    EntityKind.CONTACT, "contacts",
                    EntityKind.COMPANY, "companies",
                    EntityKind.DEAL, "leads");

    /** More stages than these would make an address too long: then closed deals come along. */
    private static final int MOST_STAGES = 60;

    private BookRows() {}

    /** The vendor's name of the list. */
    static String list(EntityKind kind) {
        return LISTS.get(kind);
    }

    /**
     * A page in the order of ids.
     *
     * @param more names and values of conditions by turns
     */
    static Question page(EntityKind kind, int page, List<String> more) {
        List<String> query = with(kind, new ArrayList<>(List.of("order[id]", "asc")));
        query.addAll(more);
        return Lists.page(list(kind), page, query);
    }

    /**
     * What stands at a place of the list in the order of ids.
     *
     * @param place from 1 on
     * @param more as of the pages
     */
    static Question at(EntityKind kind, int place, List<String> more) {
        List<String> query = new ArrayList<>(List.of("limit", "1", "page", "" + place));
        query.addAll(List.of("order[id]", "asc"));
        query.addAll(more);
        return Question.get("/api/v4/" + list(kind) + "?" + Lists.query(query));
    }

    /**
     * A page of what was changed, by the date of the change.
     *
     * @param from seconds of the epoch; empty: all
     */
    static Question changed(EntityKind kind, int page, Optional<Long> from) {
        List<String> query = new ArrayList<>(List.of("order[updated_at]", "asc"));
        from.ifPresent(at -> query.addAll(List.of("filter[updated_at][from]", at.toString())));
        return Lists.page(list(kind), page, with(kind, query));
    }

    /** Deals name their contacts. */
    private static List<String> with(EntityKind kind, List<String> query) {
        if (kind == EntityKind.DEAL) {
            query.addAll(List.of("with", "contacts"));
        }
        return query;
    }

    /** The latest by a field. */
    static Question latest(EntityKind kind, String field) {
        return Question.get(
                "/api/v4/"
                        + list(kind)
                        + "?"
                        + Lists.query(List.of("limit", "1", "order[" + field + "]", "desc")));
    }

    /** Conditions that leave deals out which are over; none where the stages are not known. */
    static List<String> open(List<Pipeline> pipelines) {
        List<String> query = new ArrayList<>();
        int stages = 0;
        for (Pipeline pipeline : pipelines) {
            for (var stage : pipeline.stages()) {
                if (stage.meaning() == Meaning.OPEN) {
                    String status = "filter[statuses][" + stages++ + "]";
                    query.addAll(List.of(status + "[pipeline_id]", pipeline.id()));
                    query.addAll(List.of(status + "[status_id]", stage.id()));
                }
            }
        }
        return stages > MOST_STAGES ? List.of() : query;
    }

    static List<String> ids(List<Long> ids) {
        List<String> query = new ArrayList<>();
        ids.forEach(id -> query.addAll(List.of("filter[id][]", id.toString())));
        return query;
    }

    /** Deals of a page that are over: the book holds none of them. */
    static Set<Long> over(EntityKind kind, JsonNode page) {
        return Lists.rows(page).stream()
                .filter(row -> isOver(kind, row))
                .map(row -> row.path("id").asLong())
                .collect(Collectors.toSet());
    }

    private static boolean isOver(EntityKind kind, JsonNode row) {
        return kind == EntityKind.DEAL && DirectoryRows.closed(row);
    }

    /** Entries of a page; what is deleted or over is left out. */
    static List<Entry> entries(EntityKind kind, JsonNode page, String region) {
        return Lists.rows(page).stream()
                .filter(row -> !row.path("is_deleted").asBoolean() && !isOver(kind, row))
                .map(row -> entry(kind, row, region))
                .toList();
    }

    private static Entry entry(EntityKind kind, JsonNode row, String region) {
        JsonNode linked = row.path("_embedded");
        boolean deal = kind == EntityKind.DEAL;
        return new Entry(
                kind,
                row.path("id").asLong(),
                row.path("name").asText(""),
                row.path("responsible_user_id").asText(""),
                true,
                deal ? Set.of() : numbers(row, region),
                deal ? main(linked.path("contacts")) : Optional.empty(),
                deal ? main(linked.path("companies")) : Optional.empty(),
                deal ? others(linked.path("contacts")) : Set.of());
    }

    private static Set<String> numbers(JsonNode row, String region) {
        List<String> texts = new ArrayList<>();
        for (JsonNode field : row.path("custom_fields_values")) {
            if (field.path("field_code").asText("").equals("PHONE")) {
                field.path("values").forEach(v -> texts.add(v.path("value").asText("")));
            }
        }
        return Numbers.read(texts.stream(), region);
    }

    /** All but {@link #main}. */
    private static Set<Long> others(JsonNode linked) {
        Optional<Long> main = main(linked);
        Set<Long> others = new TreeSet<>();
        linked.forEach(one -> others.add(one.path("id").asLong()));
        others.removeIf(id -> id <= 0 || main.equals(Optional.of(id)));
        return others;
    }

    /** The main one, else the only one. */
    private static Optional<Long> main(JsonNode linked) {
        for (JsonNode one : linked) {
            if (one.path("is_main").asBoolean() || linked.size() == 1) {
                return Optional.of(one.path("id").asLong()).filter(id -> id > 0);
            }
        }
        return Optional.empty();
    }
}
