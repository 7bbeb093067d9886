package org.trunkline.itests;

import static org.trunkline.itests.LiveScenarios.missed;
import static org.trunkline.itests.LiveScenarios.talk;
import static org.trunkline.itests.LiveWanted.answered;
import static org.trunkline.itests.LiveWanted.talked;
import static org.trunkline.itests.LiveWanted.untaken;
import static org.trunkline.itests.SipStage.LONG;

import java.util.List;
import java.util.Set;

/** Calls to one employee. */
final class InboundScenarios {
    private InboundScenarios() {}

    static List<LiveScenario> all() {
        return List.of(
                new LiveScenario(
                        "answered, the client hangs up",
                        "74950001201",
                        List.of("201"),
                        stage -> talk(stage, "79161000201", "74950001201", "201", LONG, 3000)),
                new LiveScenario(
                        "answered, the employee hangs up",
                        "74950001202",
                        List.of("202"),
                        stage -> talk(stage, "79161000202", "74950001202", "202", 4000, LONG)),
                new LiveScenario(
                        "missed",
                        "74950001203",
                        List.of("203"),
                        stage -> {
                            stage.ringing("203");
                            stage.refused("79161000203", "74950001203", 480);
                            stage.awaitEnd();
                            return List.of(missed("79161000203", "74950001203", "203"));
                        }),
                new LiveScenario(
                        "the employee is busy",
                        "74950001204",
                        List.of("204"),
                        stage -> {
                            stage.refusing("204", 1500, 486);
                            stage.refused("79161000204", "74950001204", 486);
                            stage.awaitEnd();
                            return List.of(
                                    untaken(
                                            "79161000204",
                                            "74950001204",
                                            "busy",
                                            Set.of("204"),
                                            untaken("204", "busy")));
                        }),
                new LiveScenario(
                        "the employee declines",
                        "74950001205",
                        List.of("205"),
                        stage -> {
                            stage.refusing("205", 1500, 603);
                            stage.refused("79161000205", "74950001205", 480);
                            stage.awaitEnd();
                            return List.of(
                                    untaken(
                                            "79161000205",
                                            "74950001205",
                                            "busy",
                                            Set.of("205"),
                                            untaken("205", "busy")));
                        }),
                new LiveScenario(
                        "the client gives up",
                        "74950001206",
                        List.of("206"),
                        stage -> {
                            stage.ringing("206");
                            stage.cancelling("79161000206", "74950001206", 2000);
                            stage.awaitEnd();
                            return List.of(
                                    untaken(
                                            "79161000206",
                                            "74950001206",
                                            "missed",
                                            Set.of("206"),
                                            untaken("206", "cancelled")));
                        }),
                new LiveScenario(
                        "trunk to Local channel to phone, as MikoPBX dials",
                        "74950004207",
                        List.of("207"),
                        stage -> talk(stage, "79161000207", "74950004207", "207", LONG, 3000)),
                new LiveScenario(
                        "recorded",
                        "74950005261",
                        List.of("261"),
                        stage -> {
                            SipPhone desk = stage.singing("261", 1000, LONG);
                            stage.caller("79161000261", "74950005261", 4000);
                            stage.awaitEnd();
                            return List.of(
                                    answered("79161000261", "74950005261", talked(desk))
                                            .withRecording());
                        }),
                new LiveScenario(
                        "two calls of one client at once",
                        "74950001263",
                        List.of("263", "264"),
                        stage -> {
                            SipPhone first = stage.callee("263", 1000, LONG);
                            SipPhone second = stage.callee("264", 1000, LONG);
                            stage.caller("79161000263", "74950001263", 4000);
                            stage.pause(700);
                            stage.caller("79161000263", "74950001264", 6000);
                            stage.awaitEnd();
                            return List.of(
                                    answered("79161000263", "74950001263", talked(first)),
                                    answered("79161000263", "74950001264", talked(second)));
                        }),
                new LiveScenario(
                        "a menu answers first",
                        "74950007266",
                        List.of("266"),
                        stage -> talk(stage, "79161000266", "74950007266", "266", 3000, LONG)),
                new LiveScenario(
                        "voice mail is no talk",
                        "74950008267",
                        List.of("267"),
                        stage -> {
                            stage.ringing("267");
                            stage.caller("79161000267", "74950008267", 3000);
                            stage.awaitEnd();
                            return List.of(missed("79161000267", "74950008267", "267"));
                        }));
    }
}
