package org.trunkline.runtime;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.StepLog;
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;
import org.trunkline.store.Work;

/** Work in memory; rows of integrations named {@code live…} go first. */
final class MemoryWork implements Work {

    private final Map<Long, Item> rows = new LinkedHashMap<>();
    private final List<Long> done = new ArrayList<>();
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private long last;

    MemoryWork(Clock clock) {
        this.clock = clock;
    }

    long add(String integration, Instant dueAt) {
        long id;
        synchronized (this) {
            id = ++last;
            rows.put(id, item(id, integration, dueAt));
        }
        signals.forEach(Runnable::run);
        return id;
    }

    private static Item item(long id, String integration, Instant dueAt) {
        return new Item(
                id,
                "acme",
                integration,
                "call-" + id,
                1,
                integration.startsWith("live"),
                State.WAITING,
                dueAt,
                0,
                Optional.empty());
    }

    synchronized List<Long> finished() {
        return List.copyOf(done);
    }

    @Override
    public synchronized List<Item> due(int most, Set<Long> inHand) {
        return rows.values().stream()
                .filter(i -> !inHand.contains(i.id()) && !i.dueAt().isAfter(clock.instant()))
                .sorted(
                        Comparator.comparing((Item i) -> !i.integration().startsWith("live"))
                                .thenComparing(Item::dueAt)
                                .thenComparing(Item::id))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Optional<Instant> nextDue() {
        return rows.values().stream().map(Item::dueAt).min(Comparator.naturalOrder());
    }

    @Override
    public synchronized void done(Item item) {
        rows.remove(item.id());
        done.add(item.id());
    }

    @Override
    public Subscription onDue(Runnable signal) {
        signals.add(signal);
        return () -> signals.remove(signal);
    }

    @Override
    public void decided(Item item, Decision decision) {
        throw unused();
    }

    @Override
    public void later(Item item, Instant dueAt) {
        throw unused();
    }

    @Override
    public void reconsider(String company) {
        throw unused();
    }

    @Override
    public void hurry(String company, Set<String> integrations) {
        throw unused();
    }

    @Override
    public Client found(Item item, Client client) {
        throw unused();
    }

    @Override
    public Optional<Client> client(String company, String call, String integration) {
        throw unused();
    }

    @Override
    public void retry(Item item, String error, Instant dueAt) {
        throw unused();
    }

    @Override
    public void dead(Item item, String error) {
        throw unused();
    }

    @Override
    public StepLog steps(Item item) {
        throw unused();
    }

    @Override
    public Page<Item> list(
            String company, Optional<State> state, Optional<String> cursor, int limit) {
        throw unused();
    }

    @Override
    public boolean replay(String company, long id) {
        throw unused();
    }

    @Override
    public boolean delete(String company, long id) {
        throw unused();
    }

    @Override
    public List<Decided> decisions(String company, String call) {
        throw unused();
    }

    @Override
    public List<Taken> steps(String company, String call) {
        throw unused();
    }

    @Override
    public Backlog backlog() {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("not part of what the component uses");
    }
}
