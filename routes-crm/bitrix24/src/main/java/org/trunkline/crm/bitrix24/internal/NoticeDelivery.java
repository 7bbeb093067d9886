package org.trunkline.crm.bitrix24.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Fault;
import org.trunkline.model.Notice;
import org.trunkline.model.StepLog;

/**
 * Tells employees of a call, each once (rules I1, I5, O4). A message bears a tag, and the portal
 * puts one with the same tag in the place of the first: it may be repeated after a lost reply.
 */
final class NoticeDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeDelivery.class);

    /** Messages in one parcel. */
    private static final int TOGETHER = 40;

    /** Who is an employee changes rarely. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Site site;
    private final String call;
    private final DeedLog log;
    private final Deeds deeds;

    NoticeDelivery(Site site, String call, StepLog steps) {
        this.site = site;
        this.call = call;
        this.log = new DeedLog(steps);
        this.deeds = new Deeds(site, log);
    }

    /**
     * @param seen what the message leads to
     */
    void bring(Notice notice, Optional<Entity> seen) {
        String step = "notice:" + notice.key();
        if (log.done(step)) {
            return;
        }
        List<String> users = notice.users().isEmpty() ? everybody() : notice.users();
        String message =
                seen.filter(entity -> notice.link())
                        .map(
                                entity ->
                                        notice.text()
                                                + " [URL="
                                                + site.page(entity)
                                                + "]"
                                                + label(entity)
                                                + "[/URL]")
                        .orElse(notice.text());
        for (int from = 0; from < users.size(); from += TOGETHER) {
            List<String> some = users.subList(from, Math.min(from + TOGETHER, users.size()));
            List<Answer> answers =
                    deeds.send(
                            Lane.BACKLOG,
                            List.of(step),
                            some.stream()
                                    .map(
                                            user ->
                                                    CrmRequests.notify(
                                                            user, message, tag(notice, user)))
                                    .toList());
            answers.forEach(answer -> settle(step, answer));
        }
        log.done(step, String.join(",", users));
    }

    /** One whom the portal does not know, or who is dismissed, keeps it from nobody else. */
    private void settle(String step, Answer answer) {
        deeds.log()
                .fault(List.of(step), answer)
                .ifPresent(
                        fault -> {
                            if (!(fault instanceof Fault.Data)) {
                                throw fault;
                            }
                            LOG.warn("Not told of call {}: {}", call, fault.getMessage());
                        });
    }

    private String tag(Notice notice, String user) {
        return "TRUNKLINE|" + call + "|" + notice.key() + "|" + user;
    }

    private static String label(Entity entity) {
        return switch (entity.kind()) {
            case DEAL -> "Сделка";
            case LEAD -> "Лид";
            case CONTACT -> "Контакт";
            case COMPANY -> "Компания";
        };
    }

    private List<String> everybody() {
        return site.users().get(FRESH).stream().filter(CrmUser::active).map(CrmUser::id).toList();
    }
}
