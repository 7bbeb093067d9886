package org.trunkline.runtime.internal;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.trunkline.store.Journal;

/** See {@link org.trunkline.runtime.JournalComponent}. */
public final class JournalEndpoint extends DefaultEndpoint {

    private final Journal journal;
    private final int parallel;

    public JournalEndpoint(String uri, Component component, Journal journal, int parallel) {
        super(uri, component);
        this.journal = journal;
        this.parallel = parallel;
    }

    @Override
    public Producer createProducer() {
        return new JournalProducer(this, journal);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = new JournalConsumer(this, processor, journal, parallel);
        configureConsumer(consumer);
        return consumer;
    }
}
