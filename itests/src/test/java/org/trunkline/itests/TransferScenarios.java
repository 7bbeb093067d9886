package org.trunkline.itests;

import static org.trunkline.itests.LiveWanted.answered;
import static org.trunkline.itests.LiveWanted.talked;
import static org.trunkline.itests.SipStage.LONG;

import java.util.List;

/** Calls that an employee puts on hold or gives away. */
final class TransferScenarios {
    private TransferScenarios() {}

    static List<LiveScenario> all() {
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
                        TransferScenarios::attendedTransfer),
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
}
