package org.trunkline.store;

/** A listener's registration; closing it ends the calls. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
