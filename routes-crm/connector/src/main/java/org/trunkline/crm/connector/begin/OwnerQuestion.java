package org.trunkline.crm.connector.begin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.begin.CallbackAttempts.Owner;
import org.trunkline.crm.connector.begin.CallbackAttempts.Owners;
import org.trunkline.model.PhoneNumber;

/**
 * Who is responsible, asked no longer than somebody who waits for a call should wait: a slow CRM
 * counts as one that can't be asked.
 */
final class OwnerQuestion {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerQuestion.class);

    private static final long LONGEST_SECONDS = 5;

    /** Questions that hang are left to end by themselves; beyond so many none is asked. */
    private static final int AT_ONCE = 32;

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor asking =
            new ThreadPoolExecutor(
                    0,
                    AT_ONCE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    OwnerQuestion::daemon);

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "callback-owners");
        thread.setDaemon(true);
        return thread;
    }

    Owner ask(Owners owners, PhoneNumber client) {
        try {
            CompletableFuture<Owner> answer =
                    CompletableFuture.supplyAsync(() -> owners.of(client), asking);
            return answer.copy()
                    .completeOnTimeout(Owner.UNKNOWN, LONGEST_SECONDS, TimeUnit.SECONDS)
                    .whenComplete(
                            (owner, fault) -> {
                                if (!answer.isDone()) {
                                    LOG.warn(
                                            "The CRM did not say within {} s who is responsible"
                                                    + " for a callback",
                                            LONGEST_SECONDS);
                                }
                            })
                    .join();
        } catch (RejectedExecutionException crowded) {
            LOG.warn("The CRM is asked for {} callbacks already", AT_ONCE);
            return Owner.UNKNOWN;
        }
    }
}
