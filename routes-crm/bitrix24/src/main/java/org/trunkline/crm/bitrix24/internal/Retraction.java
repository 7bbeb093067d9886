package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/**
 * Takes back what was begun for a call that the CRM shall not hear of after all, as when it became
 * part of another: its card goes. The registration itself stays unfinished, which leaves no trace
 * in the portal's statistics; finishing it would.
 */
record Retraction(Site site, StepLog steps) {

    void bring() {
        String shown = crmId("card");
        String callId = crmId("register");
        if (shown.isEmpty() || callId.isEmpty() || done("finish")) {
            return;
        }
        steps.begin("card");
        Answer answer =
                site.courier()
                        .send(
                                Parcel.of(
                                        Lane.CARDS,
                                        Requests.hide(callId, List.of(shown.split(",")))))
                        .get(0);
        if (answer instanceof Answer.Result) {
            steps.done("card", "");
        } else if (answer instanceof Answer.Refused refused) {
            steps.failed("card", refused.refusal().text());
        } else {
            steps.ambiguous("card", ((Answer.Lost) answer).why());
        }
    }

    private String crmId(String step) {
        return steps.step(step).flatMap(Step::crmId).orElse("");
    }

    private boolean done(String step) {
        return steps.step(step).filter(s -> s.state() == Step.State.DONE).isPresent();
    }
}
