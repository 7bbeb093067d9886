package org.trunkline.sandbox.demo;

import java.util.List;
import java.util.Set;
import org.trunkline.sandbox.demo.Scene.ClientCall;
import org.trunkline.sandbox.demo.Scene.CrmRecord;

/**
 * The demo's calls. What each must become is worked out by hand from the script that drove the
 * recorded Asterisk and from its dialplan: who was dialled, after how many seconds who answered,
 * when who hung up. Employees 201, 202, 203 are the CRM users 7, 8, 9.
 */
final class Scenes {
    private static final String IVAN = "7";
    private static final String OLGA = "8";
    private static final String PETR = "9";

    private Scenes() {}

    static List<Scene> all() {
        return List.of(
                // 201 answers after 1.5 s, the client hangs up 3 s later.
                scene("answered", "inbound-answered", inbound(Set.of(IVAN), talk(IVAN, 3, 3))),
                // 201 rings for 6 s, then the dialplan gives up.
                scene("missed", "inbound-noanswer", inbound(Set.of(IVAN), missed(IVAN))),
                // 201 sends Busy Here at once: no phone rang, so no card is asked for.
                scene("employee busy", "inbound-busy", inbound(Set.of(), missed(IVAN))),
                // 201, 202 and 203 ring together, 202 answers, 3 s of talk.
                scene(
                        "ring-all",
                        "ringall-answered",
                        inbound(Set.of(IVAN, OLGA, PETR), talk(OLGA, 3, 3))),
                // The queue answers at once, 202 picks up after 1.5 s, the client leaves after 3 s.
                scene("queue", "queue-answered", inbound(Set.of(IVAN, OLGA), talk(OLGA, 1, 2))),
                // Linear queue: 201 lets it ring for 3 s, 202 answers at 5.5 s of the client's 7 s.
                scene(
                        "queue, second agent",
                        "queue-linear-second-member",
                        inbound(Set.of(IVAN, OLGA), talk(OLGA, 1, 2))),
                // Trunk to Local channel to phone, as MikoPBX dials.
                scene(
                        "MikoPBX route",
                        "inbound-local-mikopbx",
                        inbound(Set.of(IVAN), talk(IVAN, 3, 3))),
                // 201 talks 1.5 s, sends the call to 202, who answers 1.5 s later; 7 s in all.
                scene(
                        "blind transfer",
                        "blind-transfer",
                        inbound(Set.of(IVAN, OLGA), talk(IVAN, 1, 2), talk(OLGA, 4, 4))),
                // 201 talks 1.5 s, asks 202 (1.5 s to answer, 2 s of talk) while the client holds,
                // then hangs up; the client's 11 s end with 202.
                scene(
                        "attended transfer",
                        "attended-transfer",
                        inbound(Set.of(IVAN), talk(IVAN, 1, 6), talk(OLGA, 5, 7))),
                // 201 calls out, the client answers after 1.5 s, 3 s of talk.
                scene("outgoing", "outbound-answered", outbound(talk(IVAN, 3, 3))),
                // 201 calls out, the client is busy within milliseconds: a card that has nothing
                // left
                // to show need not come up.
                scene(
                        "outgoing, busy",
                        "outbound-busy",
                        new ClientCall("outbound", List.of(record(IVAN, "486", 0, 0)), Set.of())),
                // Two clients at once: one talks 4 s with 201, the other goes on to 202 for 6 s.
                scene(
                        "two at once",
                        "two-concurrent",
                        inbound(Set.of(IVAN), talk(IVAN, 4, 4)),
                        inbound(Set.of(OLGA), talk(OLGA, 6, 6))),
                // 4 s of talk with MixMonitor on.
                scene(
                        "recorded",
                        "mixmonitor",
                        inbound(Set.of(IVAN), new CrmRecord(IVAN, "200", 3, 5, true))));
    }

    private static Scene scene(String title, String capture, ClientCall... calls) {
        return new Scene(title, capture, List.of(calls));
    }

    private static ClientCall inbound(Set<String> cards, CrmRecord... records) {
        return new ClientCall("inbound", List.of(records), cards);
    }

    private static ClientCall outbound(CrmRecord... records) {
        return new ClientCall("outbound", List.of(records), Set.of(records[0].user()));
    }

    /** Seconds are compared with one second of tolerance for rounding at either end. */
    private static CrmRecord talk(String user, int from, int to) {
        return record(user, "200", from - 1, to + 1);
    }

    private static CrmRecord missed(String user) {
        return record(user, "304", 0, 0);
    }

    private static CrmRecord record(String user, String status, int from, int to) {
        return new CrmRecord(user, status, Math.max(0, from), to, false);
    }
}
