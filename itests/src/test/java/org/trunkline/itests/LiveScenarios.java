package org.trunkline.itests;

import static org.trunkline.itests.LiveWanted.answered;
import static org.trunkline.itests.LiveWanted.internal;
import static org.trunkline.itests.LiveWanted.outgoing;
import static org.trunkline.itests.LiveWanted.talked;
import static org.trunkline.itests.LiveWanted.untaken;
import static org.trunkline.itests.SipStage.LONG;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The calls that are compared from SIP to CRM. The company's number says what the dialplan does:
 * {@code itests/asterisk/conf/extensions.conf}. Times are milliseconds.
 */
final class LiveScenarios {
    /** The number that the company shows when it calls. */
    static final String SHOWN = "74950001201";

    private static final String CALLED = "7916555010";

    private LiveScenarios() {}

    /** Clients whom employees call; the PBX has a trunk for each. */
    static List<String> calledClients() {
        return Stream.of("1", "2", "3", "4", "5").map(digit -> CALLED + digit).toList();
    }

    static List<LiveScenario> all() {
        return Stream.of(simple(), groups(), transfers(), fromEmployees(), special())
                .flatMap(List::stream)
                .toList();
    }

    private static List<LiveScenario> simple() {
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
                        stage -> talk(stage, "79161000207", "74950004207", "207", LONG, 3000)));
    }

    private static List<LiveScenario> groups() {
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
                        }));
    }

    private static List<LiveScenario> transfers() {
        return List.of(
                new LiveScenario(
                        "blind transfer",
                        "74950001231",
                        List.of("231", "232"),
                        stage -> {
                            SipPhone first = stage.blind("231", 700, 2000, "232");
                            SipPhone second = stage.callee("232", 1500, LONG);
                            stage.caller("79161000231", "74950001231", 8000);
                            stage.awaitEnd();
                            return List.of(
                                    answered(
                                            "79161000231",
                                            "74950001231",
                                            talked("231", first.answered(), first.sent("REFER")),
                                            talked(second).blindFrom("231")));
                        }),
                new LiveScenario(
                        "attended transfer",
                        "74950001233",
                        List.of("233", "234"),
                        LiveScenarios::attendedTransfer),
                new LiveScenario(
                        "hold and unhold",
                        "74950001235",
                        List.of("235"),
                        stage -> {
                            SipPhone desk = stage.holding("235", 700, 1500, 2000);
                            stage.caller("79161000235", "74950001235", 6000);
                            stage.awaitEnd();
                            return List.of(answered("79161000235", "74950001235", talked(desk)));
                        }));
    }

    private static List<LiveScenario> fromEmployees() {
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

    private static List<LiveScenario> special() {
        return List.of(
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

    /** 201 asks a colleague while the client waits, then gives the client to the colleague. */
    private static List<LiveWanted> attendedTransfer(SipStage stage) {
        SipPhone first = stage.holding("233", 700, 1500, LONG);
        SipPhone second = stage.callee("234", 1000, LONG);
        stage.caller("79161000233", "74950001233", 12_000);
        first.await("the client waits", m -> m.sent() && m.line().startsWith("INVITE "));
        SipPhone question = stage.caller("233", "234", LONG);
        question.awaitAnswer();
        stage.pause(2000);
        SipPhone refer = stage.attended(first, question, "234");
        stage.awaitEnd();
        var given = refer.sent("REFER");
        return List.of(
                answered(
                        "79161000233",
                        "74950001233",
                        talked("233", first.answered(), given),
                        talked("234", given, second.hungUp()).attendedFrom("233")));
    }

    /**
     * One phone answers after a second.
     *
     * @param employee when the employee hangs up
     * @param client when the client hangs up
     */
    private static List<LiveWanted> talk(
            SipStage stage, String who, String line, String extension, int employee, int client) {
        SipPhone desk = stage.callee(extension, 1000, employee);
        stage.caller(who, line, client);
        stage.awaitEnd();
        if (desk.hungUpItself() != employee < client) {
            throw new AssertionError("the wrong side hung up: " + desk);
        }
        return List.of(answered(who, line, talked(desk)));
    }

    /** The first phone rings in vain, the second answers. */
    private static List<LiveWanted> second(
            SipStage stage, String client, String line, String first, String second, int talk) {
        SipPhone desk = stage.callee(second, 1500, LONG);
        stage.caller(client, line, talk);
        stage.awaitEnd();
        return List.of(answered(client, line, untaken(first, "missed"), talked(desk)));
    }

    private static LiveWanted missed(String client, String line, String extension) {
        return untaken(client, line, "missed", Set.of(extension), untaken(extension, "missed"));
    }
}
