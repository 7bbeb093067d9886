package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Call;
import org.trunkline.model.Notice;
import org.trunkline.model.StepLog;

/**
 * Tells users of a call (rules I1, I5, O4). amoCRM has one notification for that, the card of a
 * call: it shows the client's data and leads to the open deal, or to the contact. It bears no text.
 */
final class NoticeDelivery {

    private static final Duration LATE = Duration.ofMinutes(1);

    private final Account account;
    private final DeedLog log;

    NoticeDelivery(Account account, StepLog steps) {
        this.account = account;
        this.log = new DeedLog(steps);
    }

    /** Who talked needs no card of a talk that is over, as after an outage. */
    private boolean isLate(Notice notice, Call call) {
        return notice.key().startsWith("talk/")
                && call.endedAt()
                        .filter(end -> end.plus(LATE).isBefore(account.clock().instant()))
                        .isPresent();
    }

    void bring(Notice notice, Call call) {
        String step = "notice:" + notice.key();
        if (log.done(step) || call.client().isEmpty()) {
            return;
        }
        if (isLate(notice, call)) {
            log.done(step, "");
            return;
        }
        if (log.unsure(step)) {
            // As with cards, what may have been shown is not shown again.
            log.done(step, "");
            return;
        }
        ObjectNode item = Popup.item(call.client().get(), notice.users());
        Answer answer =
                log.send(
                                List.of(step),
                                () ->
                                        account.courier()
                                                .send(
                                                        Parcel.of(
                                                                Lane.BACKLOG,
                                                                Endpoint.POPUPS,
                                                                item)))
                        .get(0);
        log.result(List.of(step), answer);
        log.done(step, String.join(",", notice.users()));
    }
}
