package org.trunkline.store.internal;

import org.osgi.service.component.annotations.Component;

/** The wake-ups that cross from one part of the store to another. */
@Component(service = Signals.class)
public final class Signals {

    final Signal appended = new Signal();
    final Signal due = new Signal();

    /** A company's document was stored, by this hub or another. */
    final Signal provisioned = new Signal();

    /** Another second of sharing the database with other hubs. */
    final Signal beat = new Signal();
}
