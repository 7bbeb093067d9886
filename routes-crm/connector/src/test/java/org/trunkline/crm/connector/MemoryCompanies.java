package org.trunkline.crm.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;

/** Secrets in memory. */
public final class MemoryCompanies implements Companies {

    public final Map<String, String> secrets = new ConcurrentHashMap<>();

    public final Set<Portal> portals = ConcurrentHashMap.newKeySet();

    /** What is provisioned, where more than the portals matters. */
    public volatile Optional<Company> provisioned = Optional.empty();

    /** So many of the next writes fail. */
    public final AtomicInteger failingWrites = new AtomicInteger();

    private final AtomicInteger goodWrites = new AtomicInteger();

    /** The next write succeeds, the one after it fails. */
    public void failSecondWrite() {
        goodWrites.set(1);
        failingWrites.set(1);
    }

    public MemoryCompanies with(String key, String value) {
        secrets.put(key, value);
        return this;
    }

    @Override
    public Optional<String> secret(String company, String key) {
        return Optional.ofNullable(secrets.get(key));
    }

    @Override
    public boolean renewSecrets(
            String company, String key, String usedUp, Map<String, String> changed) {
        boolean first = usedUp.equals(secrets.get(key));
        if (first) {
            putSecrets(company, changed);
        }
        return first;
    }

    @Override
    public void putSecrets(String company, Map<String, String> changed) {
        if (goodWrites.getAndUpdate(n -> Math.max(0, n - 1)) == 0
                && failingWrites.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new Fault.Retryable("the store cannot be written", new RuntimeException());
        }
        secrets.putAll(changed);
        secrets.values().removeIf(String::isEmpty);
    }

    @Override
    public Set<String> secretKeys(String company) {
        return secrets.keySet();
    }

    @Override
    public Optional<Integer> put(
            Company company,
            JsonNode document,
            Map<String, String> given,
            String author,
            Optional<Integer> madeFrom) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Company> find(String id) {
        return provisioned.or(
                () ->
                        Optional.of(
                                new Company(
                                        id,
                                        "Acme",
                                        "RU",
                                        List.of(),
                                        List.copyOf(portals),
                                        List.of())));
    }

    @Override
    public List<Company> all() {
        return provisioned.stream().toList();
    }

    @Override
    public Optional<Stored> latest(String company) {
        return Optional.empty();
    }

    @Override
    public Optional<Stored> version(String company, int number) {
        return Optional.empty();
    }

    @Override
    public Page<Version> versions(String company, Optional<String> cursor, int limit) {
        return new Page<>(List.of(), Optional.empty());
    }

    @Override
    public Subscription onChange(Runnable signal) {
        return () -> {};
    }
}
