package org.trunkline.store.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.store.Subscription;

/** Tells listeners in this process that something happened. */
final class Signal {

    private static final Logger LOG = LoggerFactory.getLogger(Signal.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    Subscription subscribe(Runnable call) {
        Listener listener = new Listener(call);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** What a listener does wrong must not undo what has been committed. */
    void fire() {
        for (Listener listener : listeners) {
            try {
                listener.call.run();
            } catch (RuntimeException e) {
                LOG.error("A listener of the store failed; its next poll makes up for it", e);
            }
        }
    }

    /** Compared by identity: one runnable may subscribe twice. */
    private static final class Listener {
        private final Runnable call;

        Listener(Runnable call) {
            this.call = call;
        }
    }
}
