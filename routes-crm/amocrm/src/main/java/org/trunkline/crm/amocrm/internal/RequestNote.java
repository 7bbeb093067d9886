package org.trunkline.crm.amocrm.internal;

import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.SiteRequest;

/**
 * All parameters of a site's request, as a note at the client's deal (rule I6): fields take only
 * what somebody foresaw.
 */
record RequestNote(Account account, EntityDelivery entities, Wanted wanted, DeedLog log) {

    private static final String STEP = "request";

    /** Once it is certain which attempt counts, and what the client has then. */
    void bring() {
        boolean settled =
                wanted.decision().entities().isPresent()
                        || wanted.ended() && !wanted.records().isEmpty();
        if (settled && !log.done(STEP)) {
            SiteRequest.of(wanted.call()).ifPresent(this::write);
        }
    }

    private void write(SiteRequest request) {
        TextNote note = new TextNote(account, STEP, "Заявка с сайта\n" + request.lines(), log);
        for (Entity target : entities.targets()) {
            if (note.bring(target)) {
                return;
            }
        }
        if (wanted.ended()) {
            log.failed(STEP, "the client has no deal, contact or company: switch on /entities");
        }
    }
}
