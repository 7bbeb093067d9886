package org.trunkline.runtime.internal;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Work;

/** See {@link org.trunkline.runtime.WorkComponent}. */
public final class WorkEndpoint extends DefaultEndpoint {

    /** Where rows come from. */
    public record Source(
            Work work,
            Function<Work.Item, String> lane,
            Clock clock,
            Supplier<WorkComponent.Share> share) {}

    private final Source source;

    public WorkEndpoint(String uri, Component component, Source source) {
        super(uri, component);
        this.source = source;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "work: only emits; work comes about when a call is folded");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = new WorkConsumer(this, processor, source);
        configureConsumer(consumer);
        return consumer;
    }
}
