package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.crm.connector.directory.Numbers;
import org.trunkline.model.EntityKind;
import org.trunkline.store.PhoneBook.Entry;

/**
 * The portal's entities as the phone book has them. They are read by the older list methods, which
 * know numbers and conditions on them, and whose run time the portal counts apart from that of the
 * look-ups. Pure.
 */
final class BookRows {

    /** The vendor's. */
    static final int PAGE = 50;

    /** Clients before what hangs on them. */
    static final List<EntityKind> KINDS =
            List.of(EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.LEAD, EntityKind.DEAL);

    private static final Map<EntityKind, List<String>> FIELDS =
            Map.of(
                    EntityKind.CONTACT,
                    List.of("NAME", "LAST_NAME", "PHONE"),
                    EntityKind.COMPANY,
                    List.of("TITLE", "PHONE"),
                    EntityKind.LEAD,
                    List.of("TITLE", "NAME", "LAST_NAME", "STATUS_SEMANTIC_ID", "PHONE"),
                    EntityKind.DEAL,
                    List.of("TITLE", "STAGE_SEMANTIC_ID", "CONTACT_ID", "COMPANY_ID"));

    private BookRows() {}

    /** A page without a count, in the order of ids. */
    static Question page(EntityKind kind, Map<String, Object> filter) {
        List<String> select = new ArrayList<>(List.of("ID", "ASSIGNED_BY_ID", "DATE_MODIFY"));
        select.addAll(FIELDS.get(kind));
        return list(kind, filter, "ID", "ASC", select);
    }

    /**
     * Pages of one request: each begins where the one before it ended, and the portal puts the id
     * in. After a short page what follows is of no use.
     *
     * @param more conditions
     * @param after ids from here on
     */
    static List<Question> chain(EntityKind kind, Map<String, Object> more, long after, int pages) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            Map<String, Object> filter = new LinkedHashMap<>(more);
            Object from = i == 0 ? (Object) after : new Question.Of(i - 1, (PAGE - 1) + "][ID");
            filter.put(">ID", from);
            questions.add(page(kind, filter));
        }
        return questions;
    }

    /** The latest by a field first. */
    static Question latest(EntityKind kind, String field) {
        return list(kind, Map.of(), field, "DESC", List.of("ID", "DATE_MODIFY"));
    }

    private static Question list(
            EntityKind kind,
            Map<String, Object> filter,
            String by,
            String direction,
            List<String> select) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("filter", filter);
        params.put("order", Map.of(by, direction));
        params.put("select", select);
        params.put("start", -1);
        return new Question("crm." + kind.name().toLowerCase(Locale.ROOT) + ".list", params);
    }

    static long id(JsonNode row) {
        return row.path("ID").asLong();
    }

    static List<Entry> entries(EntityKind kind, JsonNode rows, String region) {
        List<Entry> entries = new ArrayList<>();
        rows.forEach(row -> entries.add(entry(kind, row, region)));
        return entries;
    }

    private static Entry entry(EntityKind kind, JsonNode row, String region) {
        return new Entry(
                kind,
                id(row),
                name(kind, row),
                row.path("ASSIGNED_BY_ID").asText(""),
                open(kind, row),
                numbers(row, region),
                owner(row, "CONTACT_ID"),
                owner(row, "COMPANY_ID"));
    }

    private static String name(EntityKind kind, JsonNode row) {
        String person = (text(row, "NAME") + " " + text(row, "LAST_NAME")).strip();
        String title = text(row, "TITLE");
        return kind == EntityKind.CONTACT || title.isEmpty() ? person : title;
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).isNull() ? "" : row.path(field).asText("");
    }

    private static boolean open(EntityKind kind, JsonNode row) {
        String semantic =
                switch (kind) {
                    case LEAD -> text(row, "STATUS_SEMANTIC_ID");
                    case DEAL -> text(row, "STAGE_SEMANTIC_ID");
                    default -> "";
                };
        return !semantic.equals("S") && !semantic.equals("F");
    }

    private static Set<String> numbers(JsonNode row, String region) {
        List<String> texts = new ArrayList<>();
        row.path("PHONE").forEach(phone -> texts.add(phone.path("VALUE").asText("")));
        return Numbers.read(texts.stream(), region);
    }

    /** Portals say 0, null or nothing where there is none. */
    private static Optional<Long> owner(JsonNode row, String field) {
        long id = row.path(field).asLong(0);
        return id > 0 && row.hasNonNull(field) ? Optional.of(id) : Optional.empty();
    }
}
