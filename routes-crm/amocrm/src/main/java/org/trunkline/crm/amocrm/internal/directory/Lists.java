package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.Told;

/** The vendor's lists: pages that end where no next one is named, and nothing at all for none. */
final class Lists {

    /** The vendor's longest. */
    static final int PAGE = 250;

    private static final int MOST_PAGES = 80;

    private Lists() {}

    /**
     * A page of a list.
     *
     * @param query names and values by turns
     */
    static Question page(String list, int page, List<String> query) {
        List<String> all = new ArrayList<>(List.of("limit", "" + PAGE, "page", "" + page));
        all.addAll(query);
        return Question.get("/api/v4/" + list + "?" + query(all));
    }

    static String query(List<String> namesAndValues) {
        return Stream.iterate(0, i -> i < namesAndValues.size(), i -> i + 2)
                .map(i -> encoded(namesAndValues.get(i)) + "=" + encoded(namesAndValues.get(i + 1)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The rows of a page. */
    static List<JsonNode> rows(JsonNode page) {
        List<JsonNode> rows = new ArrayList<>();
        page.path("_embedded").elements().forEachRemaining(list -> list.forEach(rows::add));
        return rows;
    }

    static boolean last(JsonNode page) {
        return !page.path("_links").has("next");
    }

    /** All rows of a list, or why not. */
    static Read<List<JsonNode>> all(String list, Function<Question, Told> ask) {
        List<JsonNode> rows = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Told told = ask.apply(page(list, page, List.of()));
            if (told instanceof Told.Refused no) {
                return Read.failed(no.why());
            }
            rows.addAll(rows(told.value()));
            if (last(told.value())) {
                return new Read.Whole<>(rows);
            }
        }
        return new Read.Failed<>(
                "the account shows more than " + MOST_PAGES * PAGE + " " + list,
                "report this with the account's size");
    }
}
