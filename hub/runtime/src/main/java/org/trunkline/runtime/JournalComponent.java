package org.trunkline.runtime;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.trunkline.runtime.internal.JournalEndpoint;
import org.trunkline.runtime.internal.Options;
import org.trunkline.store.Journal;

/**
 * {@code journal:append} takes a {@link org.trunkline.model.CallEvent}, or a list of them, and
 * returns once they are committed; what goes wrong surfaces to the caller ({@link Journal#append}).
 *
 * <p>{@code journal:unfolded?parallel=4} emits {@link Journal.Unfolded}: the events of one call in
 * order, one exchange a call at a time, several calls in parallel (1 to 256, default 4). A call
 * whose exchange failed comes again later and holds up no other.
 *
 * <p>What follows the colon is a name for readers.
 */
public final class JournalComponent extends DefaultComponent {

    private static final int PARALLEL = 4;

    private final Journal journal;

    public JournalComponent(Journal journal) {
        this.journal = journal;
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        int parallel = Options.of(this, parameters).count("parallel", PARALLEL);
        return new JournalEndpoint(uri, this, journal, parallel);
    }
}
