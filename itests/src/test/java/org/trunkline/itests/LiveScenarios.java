package org.trunkline.itests;

import static org.trunkline.itests.LiveWanted.answered;
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

    static final String CALLED = "7916555010";

    private LiveScenarios() {}

    /** Clients whom employees call; the PBX has a trunk for each. */
    static List<String> calledClients() {
        return Stream.of("1", "2", "3", "4", "5").map(digit -> CALLED + digit).toList();
    }

    static List<LiveScenario> all() {
        return Stream.of(
                        InboundScenarios.all(),
                        GroupScenarios.all(),
                        TransferScenarios.all(),
                        EmployeeScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * One phone answers after a second.
     *
     * @param employee when the employee hangs up
     * @param client when the client hangs up
     */
    static List<LiveWanted> talk(
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
    static List<LiveWanted> second(
            SipStage stage, String client, String line, String first, String second, int talk) {
        SipPhone desk = stage.callee(second, 1500, LONG);
        stage.caller(client, line, talk);
        stage.awaitEnd();
        return List.of(answered(client, line, untaken(first, "missed"), talked(desk)));
    }

    static LiveWanted missed(String client, String line, String extension) {
        return untaken(client, line, "missed", Set.of(extension), untaken(extension, "missed"));
    }
}
