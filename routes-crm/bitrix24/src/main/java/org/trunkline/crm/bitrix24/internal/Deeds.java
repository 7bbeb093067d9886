package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Lane;

/** Sends commands for durable steps: each is written before its request and after its reply. */
record Deeds(Site site, DeedLog log) {

    /**
     * @throws Fault if nothing of it reached the portal
     */
    List<Answer> send(Lane lane, List<String> steps, List<Command> commands) {
        return log.send(steps, () -> site.courier().send(new Parcel(lane, commands)));
    }

    /** One command for one step; noted as done by the caller. */
    JsonNode one(String step, Command command) {
        return log.result(
                List.of(step), send(Lane.BACKLOG, List.of(step), List.of(command)).get(0));
    }

    /** Asks the portal for something; nothing is changed by it. */
    static List<JsonNode> ask(Courier<Parcel> courier, Command... commands) {
        return courier.send(Parcel.of(Lane.BACKLOG, commands)).stream().map(Answer::value).toList();
    }

    /** Whether the portal refuses a user; somebody has to map the employee anew. */
    boolean refuses(Answer answer, String user) {
        boolean refused = noSuchUser(answer);
        if (refused) {
            site.vitals()
                    .warn(
                            "user " + user,
                            "user " + user + " is dismissed or unknown there, others stand in",
                            Cures.of(Bitrix24Refusal.Kind.NO_SUCH_USER));
        }
        return refused;
    }

    static boolean noSuchUser(Answer answer) {
        return is(answer, Bitrix24Refusal.Kind.NO_SUCH_USER);
    }

    static boolean is(Answer answer, Bitrix24Refusal.Kind kind) {
        return answer instanceof Answer.Refused refused
                && Bitrix24Refusal.of(refused).kind() == kind;
    }

    /** Whether the entity that was to be changed is not there any more. */
    static boolean gone(Answer answer) {
        return answer instanceof Answer.Refused refused && refused.refusal().gone();
    }

    static Bitrix24Refusal refusal(Answer answer) {
        return Bitrix24Refusal.of((Answer.Refused) answer);
    }
}
