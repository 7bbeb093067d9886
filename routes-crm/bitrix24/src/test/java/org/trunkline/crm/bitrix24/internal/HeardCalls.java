package org.trunkline.crm.bitrix24.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Fault;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;

/** A journal in memory whose events are folded at once; it can be made to refuse. */
public final class HeardCalls implements Journal, Calls {

    private final Map<String, CallFold> folds = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<CallEvent> journal = new ArrayList<>();
    private volatile boolean full;
    private volatile boolean folding = true;

    public void full(boolean now) {
        full = now;
    }

    /** While it does not, its calls are those that were folded before. */
    public void folding(boolean now) {
        folding = now;
    }

    public synchronized List<Call> all() {
        return folds.values().stream().map(CallFold::call).toList();
    }

    @Override
    public synchronized void append(List<CallEvent> events) {
        if (full) {
            throw new Fault.Retryable("the disk is full", java.time.Duration.ZERO);
        }
        for (CallEvent event : events) {
            if (event.nativeId().map(taken::add).orElse(true)) {
                journal.add(event);
                if (!folding) {
                    continue;
                }
                String id = Call.id(event.company(), event.account(), event.callKey());
                CallFold fold =
                        folds.getOrDefault(
                                id, CallFold.of(event.company(), event.account(), event.callKey()));
                folds.put(id, fold.with(event));
            }
        }
    }

    @Override
    public synchronized Optional<Call> find(String company, String id) {
        return Optional.ofNullable(folds.get(id)).map(CallFold::call);
    }

    @Override
    public List<Call> open(String company, String account) {
        return all().stream().filter(call -> !call.ended()).toList();
    }

    @Override
    public List<Call> openAsHeard(String company, String account) {
        return open(company, account);
    }

    @Override
    public List<Unfolded> unfolded(int mostCalls) {
        return new ArrayList<>();
    }

    @Override
    public Subscription onAppend(Runnable signal) {
        return () -> {};
    }

    @Override
    public Call fold(Unfolded events, Function<Call, Set<String>> concerned) {
        throw new UnsupportedOperationException("events are folded when they come");
    }

    @Override
    public Page<Call> list(
            String company, Optional<Instant> since, Optional<String> cursor, int limit) {
        throw new UnsupportedOperationException("nobody looks");
    }

    @Override
    public synchronized List<CallEvent> events(String company, String id) {
        return journal.stream()
                .filter(event -> event.company().equals(company))
                .filter(
                        event ->
                                Call.id(event.company(), event.account(), event.callKey())
                                        .equals(id))
                .toList();
    }
}
