package org.trunkline.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;

/** The calls as folded so far. */
public interface Calls {

    /**
     * Folds events into their call. Call state, folded marks and work are one transaction: either
     * all of it happened or nothing. Rows that another folded meanwhile count once.
     *
     * <p>If the call changed, all its work becomes due, that of integrations no longer concerned
     * too: what their CRM was given may have to be taken back.
     *
     * @param concerned which integrations have work with the call as it then is, by id
     * @return the call as it then is
     */
    Call fold(Journal.Unfolded events, Function<Call, Set<String>> concerned);

    Optional<Call> find(String company, String id);

    /** Calls of one account that have not ended, nor been merged into others. */
    List<Call> open(String company, String account);

    /**
     * As {@link #open}, but with all that was heard and is not folded yet: after an unclean stop
     * that is what was in hand. Costs more the longer the backlog.
     */
    List<Call> openAsHeard(String company, String account);

    /**
     * Calls by the time of their start, the latest first; those merged into others left out.
     *
     * @param since only those that started then or later
     * @param cursor from a page before
     * @param limit 1 to 500
     */
    Page<Call> list(String company, Optional<Instant> since, Optional<String> cursor, int limit);

    /** All that was heard of a call within the journal's retention, in order of occurrence. */
    List<CallEvent> events(String company, String id);
}
