package org.trunkline.crm.connector;

import org.trunkline.store.Leases;
import org.trunkline.store.Subscription;

/** All companies stand as the test says. */
public final class GivenLeases implements Leases {

    private volatile Standing standing = Standing.SERVING;
    private volatile Runnable listener = () -> {};

    public void become(Standing now) {
        standing = now;
        listener.run();
    }

    @Override
    public Standing standing(String company) {
        return standing;
    }

    @Override
    public Subscription onChange(Runnable signal) {
        listener = signal;
        return () -> listener = () -> {};
    }
}
