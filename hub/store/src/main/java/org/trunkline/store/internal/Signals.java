package org.trunkline.store.internal;

import org.osgi.service.component.annotations.Component;

/** The wake-ups that cross from one part of the store to another. */
@Component(service = Signals.class)
public final class Signals {

    final Signal appended = new Signal();
    final Signal due = new Signal();
}
