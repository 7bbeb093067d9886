package org.trunkline.crm.delivery.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.store.Work;

/**
 * Says when work grows old: what is retried without end must not be retried without anybody
 * knowing.
 */
public final class BacklogRoute extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogRoute.class);

    private final Work work;
    private final Supplier<Duration> alarmAfter;
    private final AtomicBoolean old = new AtomicBoolean();

    public BacklogRoute(Work work, Supplier<Duration> alarmAfter) {
        this.work = work;
        this.alarmAfter = alarmAfter;
    }

    @Override
    public void configure() {
        from("timer:backlog?period=60000&delay=60000")
                .routeId("backlog")
                .process(exchange -> alarm(work.backlog()))
                .id("look");
    }

    /**
     * One line when work gets old, one when it is young again.
     *
     * @return whether it is old
     */
    boolean alarm(Work.Backlog backlog) {
        boolean now = backlog.oldest().compareTo(alarmAfter.get()) > 0;
        boolean before = old.getAndSet(now);
        if (now && !before) {
            LOG.error(
                    "Calls wait for their CRM since {}: {} waiting, {} tried in vain. See /health"
                            + " for the portal and its cure",
                    backlog.oldest(),
                    backlog.waiting(),
                    backlog.retrying());
        } else if (before && !now) {
            LOG.info("No call waits longer than {} any more", alarmAfter.get());
        }
        return now;
    }
}
