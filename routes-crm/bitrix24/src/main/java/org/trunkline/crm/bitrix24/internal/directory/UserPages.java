package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmUser;

/** The pages of {@code user.get}, which are only good together. */
final class UserPages {

    /** The vendor's; the first page that is shorter is the last. */
    static final int PAGE = 50;

    private static final int FIRST_TIME = 4;
    private static final int AT_ONCE = 30;
    private static final int MOST_USERS = 20_000;

    private UserPages() {}

    /** As many pages as the portal had last time and one for those who are new. */
    static List<Question> first(int known) {
        int pages = known == 0 ? FIRST_TIME : Math.min(AT_ONCE, known / PAGE + 2);
        return from(0, pages);
    }

    private static List<Question> from(int start, int pages) {
        return IntStream.range(0, pages)
                .mapToObj(
                        page ->
                                new Question(
                                        "user.get",
                                        Map.<String, Object>of(
                                                "sort",
                                                "ID",
                                                "order",
                                                "ASC",
                                                "start",
                                                start + page * PAGE)))
                .toList();
    }

    /**
     * Reads on until a page is short.
     *
     * @param first answers to {@link #first}
     * @param more asks for further pages
     * @param known how many there were last time
     */
    static Read<List<CrmUser>> read(
            List<Told> first, Function<List<Question>, List<Told>> more, int known) {
        List<CrmUser> users = new ArrayList<>();
        List<Told> pages = first;
        boolean ended = false;
        while (!pages.isEmpty() && users.size() <= MOST_USERS) {
            for (Told page : pages) {
                if (page instanceof Told.Refused refused) {
                    return Read.failed(refused.why());
                }
                JsonNode rows = page.value();
                if (ended && !rows.isEmpty()) {
                    return new Read.Failed<>(
                            "a page of the portal's users is not whole", "synchronise again");
                }
                rows.forEach(row -> users.add(DirectoryRows.user(row)));
                ended = ended || rows.size() < PAGE;
            }
            pages = ended ? List.of() : more.apply(from(users.size(), AT_ONCE));
        }
        return checked(users, known);
    }

    /** Users are dismissed, not deleted: where most are missing, the answer is wrong. */
    private static Read<List<CrmUser>> checked(List<CrmUser> users, int known) {
        if (users.isEmpty() || users.size() < known / 2) {
            return new Read.Failed<>(
                    "the portal showed " + users.size() + " users, and " + known + " are known",
                    "see that the application was authorised by an administrator, with the"
                            + " permission user_basic or user");
        }
        return new Read.Whole<>(List.copyOf(users));
    }
}
