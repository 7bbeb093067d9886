package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CrmUser;

/** The users of one portal, read by {@code user.get} (rule T4) and kept for whoever asks soon. */
final class PortalUsers {

    /** The vendor's; the first page that is shorter is the last. */
    private static final int PAGE = 50;

    /** Most portals fit into one page; larger ones are read by so many pages a request. */
    private static final int PAGES_AT_ONCE = 10;

    private static final int MOST_USERS = 20_000;

    private final Courier<Parcel> courier;
    private final Clock clock;
    private final AtomicReference<Read> last =
            new AtomicReference<>(new Read(List.of(), Instant.EPOCH));

    private record Read(List<CrmUser> users, Instant at) {}

    PortalUsers(Courier<Parcel> courier, Clock clock) {
        this.courier = courier;
        this.clock = clock;
    }

    /**
     * @param oldest how old the answer may be
     * @throws Fault if the portal can't be asked
     */
    List<CrmUser> get(Duration oldest) {
        Instant now = clock.instant();
        Read read = last.get();
        if (read.at().plus(oldest).isAfter(now)) {
            return read.users();
        }
        List<CrmUser> users = ask();
        last.set(new Read(users, now));
        return users;
    }

    private List<CrmUser> ask() {
        List<CrmUser> users = new ArrayList<>();
        int pages = 1;
        while (users.size() < MOST_USERS) {
            int start = users.size();
            List<Command> commands =
                    IntStream.range(0, pages)
                            .mapToObj(page -> Requests.users(start + page * PAGE))
                            .toList();
            // An administrator waits, and it is rare: behind a backlog he would wait for minutes.
            for (Answer answer : courier.send(new Parcel(Lane.CARDS, commands))) {
                answer.value().forEach(row -> users.add(user(row)));
            }
            if (users.size() < start + pages * PAGE) {
                break;
            }
            pages = PAGES_AT_ONCE;
        }
        return List.copyOf(users);
    }

    private static CrmUser user(JsonNode row) {
        return new CrmUser(
                row.path("ID").asText(),
                (row.path("NAME").asText() + " " + row.path("LAST_NAME").asText()).strip(),
                text(row, "EMAIL"),
                text(row, "UF_PHONE_INNER"),
                Stream.of("WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_PHONE")
                        .flatMap(field -> text(row, field).stream())
                        .toList(),
                row.path("ACTIVE").asText().matches("true|Y|1"));
    }

    private static Optional<String> text(JsonNode row, String field) {
        return Optional.of(row.path(field).asText("").strip()).filter(text -> !text.isEmpty());
    }
}
