package org.trunkline.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.PhoneBook;

/** The look-ups of a phone book, in memory, with a switch that breaks it. */
final class MemoryBook implements PhoneBook {

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    /** A contact of a portal, under the number that it stands for. */
    void contact(String portal, String number, String name, String responsible) {
        clients.put(
                portal + " " + number,
                new Client(
                        Optional.of(
                                new Client.Found(EntityKind.CONTACT, "1", name, responsible, true)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public Client find(String company, String portal, PhoneNumber number) {
        if (broken) {
            throw new Fault.Retryable("broken by the test", new IllegalStateException());
        }
        asked.add(portal);
        return clients.getOrDefault(portal + " " + number.value(), Client.UNKNOWN);
    }

    @Override
    public void fill(String company, String portal, List<Stretch> stretches, String progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void take(String company, String portal, List<Entry> entries, String progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(String company, String portal, List<Entry> entries) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(String company, String portal, EntityKind kind, Set<Long> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear(String company, String portal, String progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> progress(String company, String portal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Long> sharing(String company, String portal, EntityKind kind, Set<Long> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<EntityKind, Long> size(String company, String portal) {
        throw new UnsupportedOperationException();
    }
}
