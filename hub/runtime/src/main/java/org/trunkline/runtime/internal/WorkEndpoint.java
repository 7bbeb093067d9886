package org.trunkline.runtime.internal;

import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.trunkline.store.Work;

/** See {@link org.trunkline.runtime.WorkComponent}. */
public final class WorkEndpoint extends DefaultEndpoint {

    /** Where rows come from. */
    public record Source(Work work, Function<Work.Item, String> lane, Clock clock) {}

    private final Source source;
    private final int parallel;
    private final int perLane;

    public WorkEndpoint(String uri, Component component, Source source, int parallel, int perLane) {
        super(uri, component);
        this.source = source;
        this.parallel = parallel;
        this.perLane = perLane;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "work: only emits; work comes about when a call is folded");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = new WorkConsumer(this, processor, source, parallel, perLane);
        configureConsumer(consumer);
        return consumer;
    }
}
