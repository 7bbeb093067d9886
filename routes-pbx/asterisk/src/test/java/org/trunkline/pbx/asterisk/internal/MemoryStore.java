package org.trunkline.pbx.asterisk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Company;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;

/** The part of the store that this bundle uses, in memory, with a switch that breaks it. */
public final class MemoryStore implements Journal, Calls, Companies {
    final List<CallEvent> journal = new CopyOnWriteArrayList<>();
    volatile boolean broken;

    private final Map<String, Company> companies = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Provisions a company by its document. */
    public void put(String id, String document) {
        CompanyDocument.Outcome read =
                CompanyDocument.read(id, Json.tree(document), Map.of(), Set.of());
        if (!read.faults().isEmpty()) {
            throw new IllegalArgumentException(read.faults().toString());
        }
        put(read.company(), Json.tree(document), read.secrets(), "test");
    }

    List<Call> calls() {
        Map<String, CallFold> folds = new LinkedHashMap<>();
        for (CallEvent event : journal) {
            CallFold fold =
                    folds.getOrDefault(
                            event.callKey(),
                            CallFold.of(event.company(), event.account(), event.callKey()));
            folds.put(event.callKey(), fold.with(event));
        }
        return folds.values().stream().map(CallFold::call).toList();
    }

    @Override
    public void append(List<CallEvent> events) {
        if (broken) {
            throw new Fault.Retryable("store broken by the test", new IllegalStateException());
        }
        journal.addAll(events);
    }

    @Override
    public List<Call> open(String company, String account) {
        if (broken) {
            throw new Fault.Retryable("store broken by the test", new IllegalStateException());
        }
        return calls().stream()
                .filter(call -> call.company().equals(company) && call.account().equals(account))
                .filter(call -> !call.ended())
                .toList();
    }

    @Override
    public List<Call> openAsHeard(String company, String account) {
        return open(company, account);
    }

    @Override
    public Optional<Integer> put(
            Company company,
            JsonNode document,
            Map<String, String> given,
            String author,
            Optional<Integer> madeFrom) {
        companies.put(company.id(), company);
        given.forEach((key, value) -> secrets.put(company.id() + " " + key, value));
        listeners.forEach(Runnable::run);
        return Optional.of(1);
    }

    @Override
    public List<Company> all() {
        return List.copyOf(companies.values());
    }

    @Override
    public Optional<String> secret(String company, String key) {
        return Optional.ofNullable(secrets.get(company + " " + key));
    }

    @Override
    public Subscription onChange(Runnable signal) {
        listeners.add(signal);
        return () -> listeners.remove(signal);
    }

    @Override
    public Optional<Company> find(String company) {
        return Optional.ofNullable(companies.get(company));
    }

    @Override
    public Optional<Call> find(String company, String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Unfolded> unfolded(int mostCalls) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription onAppend(Runnable signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Call fold(Unfolded events, Function<Call, Set<String>> concerned) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Call> list(
            String company, Optional<Instant> since, Optional<String> cursor, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CallEvent> events(String company, String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Stored> latest(String company) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Stored> version(String company, int number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Version> versions(String company, Optional<String> cursor, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> secretKeys(String company) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean renewSecrets(
            String company, String key, String usedUp, Map<String, String> given) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putSecrets(String company, Map<String, String> given) {
        throw new UnsupportedOperationException();
    }
}
