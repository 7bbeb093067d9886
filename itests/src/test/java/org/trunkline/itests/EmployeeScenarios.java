package org.trunkline.itests;

import static org.trunkline.itests.LiveScenarios.CALLED;
import static org.trunkline.itests.LiveScenarios.SHOWN;
import static org.trunkline.itests.LiveWanted.internal;
import static org.trunkline.itests.LiveWanted.outgoing;
import static org.trunkline.itests.LiveWanted.talked;
import static org.trunkline.itests.LiveWanted.untaken;
import static org.trunkline.itests.SipStage.LONG;

import java.util.List;

/** Calls that employees make. */
final class EmployeeScenarios {
    private EmployeeScenarios() {}

    static List<LiveScenario> all() {
        return List.of(
                new LiveScenario(
                        "outgoing, answered",
                        "",
                        List.of("251"),
                        stage -> {
                            SipPhone client = stage.callee(CALLED + "1", 1500, LONG);
                            stage.caller("251", CALLED + "1", 3000);
                            stage.awaitEnd();
                            return List.of(
                                    outgoing(
                                            CALLED + "1",
                                            SHOWN,
                                            "answered",
                                            talked("251", client.answered(), client.hungUp())));
                        }),
                new LiveScenario(
                        "outgoing, busy",
                        "",
                        List.of("252"),
                        stage -> {
                            stage.refusing(CALLED + "2", 1500, 486);
                            stage.refused("252", CALLED + "2", 486);
                            stage.awaitEnd();
                            return List.of(
                                    outgoing(CALLED + "2", SHOWN, "busy", untaken("252", "busy")));
                        }),
                new LiveScenario(
                        "outgoing, the employee gives up",
                        "",
                        List.of("253"),
                        stage -> {
                            stage.ringing(CALLED + "3");
                            stage.cancelling("253", CALLED + "3", 2000);
                            stage.awaitEnd();
                            return List.of(
                                    outgoing(
                                            CALLED + "3",
                                            SHOWN,
                                            "cancelled",
                                            untaken("253", "cancelled")));
                        }),
                new LiveScenario(
                        "outgoing, the client does not answer",
                        "",
                        List.of("254"),
                        stage -> {
                            stage.ringing(CALLED + "4");
                            stage.refused("254", CALLED + "4", 480);
                            stage.awaitEnd();
                            return List.of(
                                    outgoing(
                                            CALLED + "4",
                                            SHOWN,
                                            "missed",
                                            untaken("254", "missed")));
                        }),
                new LiveScenario(
                        "between employees: nothing in the CRM",
                        "",
                        List.of("256", "257"),
                        stage -> {
                            SipPhone asked = stage.callee("257", 1000, LONG);
                            SipPhone asking = stage.caller("256", "257", 3000);
                            stage.awaitEnd();
                            return List.of(internal("answered", talked(asking), talked(asked)));
                        }));
    }
}
