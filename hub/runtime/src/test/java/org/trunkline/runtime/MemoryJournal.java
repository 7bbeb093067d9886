package org.trunkline.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fault;
import org.trunkline.store.Journal;
import org.trunkline.store.Subscription;

/**
 * A journal in memory whose wire can be cut and whose signals can be kept back. Like the real one
 * it looks at so many rows only.
 */
final class MemoryJournal implements Journal {

    private static final int ROWS_A_CALL = 16;

    private record Row(long id, CallEvent event) {}

    private final Map<Long, Row> unfolded = new LinkedHashMap<>();
    private final List<Long> folded = new ArrayList<>();
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();
    private long last;
    private boolean down;
    volatile boolean mute;

    @Override
    public void append(List<CallEvent> events) {
        synchronized (this) {
            answer();
            events.forEach(event -> unfolded.put(++last, new Row(last, event)));
        }
        if (!mute) {
            signals.forEach(Runnable::run);
        }
    }

    @Override
    public synchronized List<Unfolded> unfolded(int mostCalls) {
        answer();
        Map<String, List<Row>> calls = new LinkedHashMap<>();
        unfolded.values().stream()
                .limit((long) mostCalls * ROWS_A_CALL)
                .forEach(
                        row ->
                                calls.computeIfAbsent(row.event.callKey(), k -> new ArrayList<>())
                                        .add(row));
        return calls.values().stream()
                .limit(mostCalls)
                .map(
                        rows ->
                                new Unfolded(
                                        rows.get(0).event.company(),
                                        rows.get(0).event.account(),
                                        rows.get(0).event.callKey(),
                                        rows.stream().map(Row::id).toList(),
                                        rows.stream().map(Row::event).toList()))
                .toList();
    }

    @Override
    public Subscription onAppend(Runnable signal) {
        signals.add(signal);
        return () -> signals.remove(signal);
    }

    /** What a fold does at its commit; rows folded twice show twice in {@link #folded}. */
    synchronized void fold(Unfolded events) {
        answer();
        events.rows().forEach(unfolded::remove);
        folded.addAll(events.rows());
    }

    synchronized List<Long> folded() {
        return List.copyOf(folded);
    }

    synchronized void down(boolean now) {
        down = now;
    }

    private void answer() {
        if (down) {
            throw new Fault.Retryable("the store is down", new IllegalStateException("planted"));
        }
    }
}
