package org.trunkline.crm.bitrix24.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.trunkline.crm.bitrix24.internal.directory.DirectoryRows;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Kept;
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
    private final Kept<List<CrmUser>> kept;

    PortalUsers(Courier<Parcel> courier, Clock clock) {
        this.courier = courier;
        this.kept = new Kept<>(this::ask, clock);
    }

    /**
     * @param oldest how old the answer may be
     * @throws Fault if the portal can't be asked
     */
    List<CrmUser> get(Duration oldest) {
        return kept.get(oldest);
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
                answer.value().forEach(row -> users.add(DirectoryRows.user(row)));
            }
            if (users.size() < start + pages * PAGE) {
                break;
            }
            pages = PAGES_AT_ONCE;
        }
        return List.copyOf(users);
    }
}
