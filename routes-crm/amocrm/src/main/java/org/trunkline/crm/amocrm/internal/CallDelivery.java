package org.trunkline.crm.amocrm.internal;

import java.util.List;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Parts;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.StepLog;

/**
 * Brings one call to its wanted state: cards, entities, the call itself at them, then what hangs on
 * it. What is wrong with one part keeps no other part back.
 */
final class CallDelivery {

    private final Account account;
    private final String call;
    private final StepLog steps;
    private final Parts parts = new Parts();

    CallDelivery(Account account, String call, StepLog steps) {
        this.account = account;
        this.call = call;
        this.steps = steps;
    }

    void bring(Wanted wanted) {
        for (CallRecord record : wanted.records()) {
            List<CallRecord> others =
                    wanted.records().stream().filter(other -> other != record).toList();
            parts.part(() -> new Popup(account, record, others, steps).bring());
        }
        EntityDelivery entities = new EntityDelivery(account, call, wanted, steps);
        parts.part(entities::bring);
        // What the calls hang on is not there yet; a person's cure would take too long.
        if (!parts.worthWaiting()) {
            for (CallRecord record : wanted.records()) {
                parts.part(
                        () -> new CallNote(account, call, record, entities, wanted, steps).bring());
            }
            parts.part(
                    () -> new RequestNote(account, entities, wanted, new DeedLog(steps)).bring());
        }
        wanted.decision()
                .notices()
                .forEach(
                        notice ->
                                parts.part(
                                        () ->
                                                new NoticeDelivery(account, steps)
                                                        .bring(notice, wanted.call())));
        parts.end();
    }
}
