package org.trunkline.itests;

import static org.trunkline.itests.LiveScenarios.second;
import static org.trunkline.itests.LiveWanted.answered;
import static org.trunkline.itests.LiveWanted.talked;
import static org.trunkline.itests.LiveWanted.untaken;
import static org.trunkline.itests.SipStage.LONG;

import java.util.List;
import java.util.Set;

/** Calls to several employees: together, one after another, by a queue. */
final class GroupScenarios {
    private GroupScenarios() {}

    static List<LiveScenario> all() {
        return List.of(
                new LiveScenario(
                        "ring-all, the second answers",
                        "74950002211",
                        List.of("211", "212", "213"),
                        stage -> {
                            stage.ringing("211");
                            stage.ringing("213");
                            SipPhone desk = stage.callee("212", 1500, LONG);
                            stage.caller("79161000211", "74950002211", 3000);
                            stage.awaitEnd();
                            return List.of(
                                    answered(
                                            "79161000211",
                                            "74950002211",
                                            untaken("211", "cancelled"),
                                            talked(desk),
                                            untaken("213", "cancelled")));
                        }),
                new LiveScenario(
                        "ring-all, nobody answers",
                        "74950002214",
                        List.of("214", "215", "216"),
                        stage -> {
                            stage.ringing("214");
                            stage.ringing("215");
                            stage.ringing("216");
                            stage.refused("79161000214", "74950002214", 480);
                            stage.awaitEnd();
                            return List.of(
                                    untaken(
                                            "79161000214",
                                            "74950002214",
                                            "missed",
                                            Set.of("214"),
                                            untaken("214", "missed"),
                                            untaken("215", "missed"),
                                            untaken("216", "missed")));
                        }),
                new LiveScenario(
                        "forwarded after 3 s",
                        "74950003217",
                        List.of("217", "218"),
                        stage -> {
                            stage.ringing("217");
                            return second(stage, "79161000217", "74950003217", "217", "218", 3000);
                        }),
                new LiveScenario(
                        "queue, the second answers",
                        "74950006221",
                        List.of("221", "222"),
                        stage -> {
                            stage.ringing("221");
                            SipPhone desk = stage.callee("222", 1500, LONG);
                            stage.caller("79161000221", "74950006221", 5000);
                            stage.awaitEnd();
                            return List.of(
                                    answered(
                                            "79161000221",
                                            "74950006221",
                                            untaken("221", "cancelled"),
                                            talked(desk)));
                        }),
                new LiveScenario(
                        "queue, on to the next agent",
                        "74950006224",
                        List.of("224", "225"),
                        stage -> {
                            stage.ringing("224");
                            return second(stage, "79161000224", "74950006224", "224", "225", 8000);
                        }),
                new LiveScenario(
                        "queue of Local channels, as MikoPBX has them",
                        "74950006227",
                        List.of("227", "228"),
                        stage -> {
                            stage.ringing("227");
                            SipPhone desk = stage.callee("228", 1500, LONG);
                            stage.caller("79161000227", "74950006227", 5000);
                            stage.awaitEnd();
                            return List.of(
                                    answered(
                                            "79161000227",
                                            "74950006227",
                                            untaken("227", "cancelled"),
                                            talked(desk)));
                        }),
                new LiveScenario(
                        "queue, the client gives up",
                        "74950006241",
                        List.of("241", "242"),
                        stage -> {
                            stage.ringing("241");
                            stage.ringing("242");
                            stage.caller("79161000241", "74950006241", 3000);
                            stage.awaitEnd();
                            return List.of(
                                    untaken(
                                            "79161000241",
                                            "74950006241",
                                            "missed",
                                            Set.of("241", "242"),
                                            untaken("241", "cancelled"),
                                            untaken("242", "cancelled")));
                        }),
                new LiveScenario(
                        "a colleague picks up",
                        "74950001273",
                        List.of("273", "274"),
                        stage -> {
                            SipPhone desk = stage.ringing("273");
                            stage.caller("79161000273", "74950001273", 4000);
                            desk.await("ringing", m -> m.line().startsWith("SIP/2.0 180"));
                            stage.pause(1500);
                            SipPhone taking = stage.caller("274", "*8273", LONG);
                            stage.awaitEnd();
                            return List.of(
                                    answered(
                                            "79161000273",
                                            "74950001273",
                                            untaken("273", "cancelled"),
                                            talked(taking)));
                        }));
    }
}
