package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CrmUser;

/** The users of an account (rule T4), kept for whoever asks soon. They have no numbers there. */
final class AccountUsers {

    private static final int PAGE = 250;

    private static final int MOST_PAGES = 40;

    private final Account account;
    private final Clock clock;
    private List<CrmUser> read = List.of();
    private Instant readAt = Instant.EPOCH;

    AccountUsers(Account account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /**
     * @param oldest how old the answer may be
     * @throws org.trunkline.model.Fault if the account can't be asked
     */
    synchronized List<CrmUser> get(Duration oldest) {
        Instant now = clock.instant();
        if (!readAt.plus(oldest).isAfter(now)) {
            read = ask();
            readAt = now;
        }
        return read;
    }

    private List<CrmUser> ask() {
        List<CrmUser> users = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode rows =
                    account.ask(Lane.CARDS, "/api/v4/users?limit=" + PAGE + "&page=" + page)
                            .path("_embedded")
                            .path("users");
            rows.forEach(row -> users.add(user(row)));
            if (rows.size() < PAGE) {
                break;
            }
        }
        return List.copyOf(users);
    }

    private static CrmUser user(JsonNode row) {
        return new CrmUser(
                row.path("id").asText(),
                row.path("name").asText().strip(),
                Optional.of(row.path("email").asText("").strip()).filter(e -> !e.isEmpty()),
                Optional.empty(),
                List.of(),
                row.path("rights").path("is_active").asBoolean(true));
    }
}
