package org.trunkline.crm.delivery.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.CrmKind;
import org.trunkline.model.CrmUser;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalHealth;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.StepLog;

/** Portals that do what the test tells them, and note each visit. */
final class Portals implements CrmConnector {

    /** One call of {@link #bring}. */
    record Visit(String portal, String call, Wanted wanted) {

        List<CallRecord> records() {
            return wanted.records();
        }
    }

    /** What a portal does with a visit. */
    @FunctionalInterface
    interface Behaviour {
        void at(Visit visit) throws Exception;
    }

    final List<Visit> visits = new CopyOnWriteArrayList<>();
    final List<String> collisions = new CopyOnWriteArrayList<>();
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    volatile Behaviour behaviour = visit -> {};
    volatile RecordingPlace recordings = new RecordingPlace.Nowhere("");

    /** What a look-up finds, or fails with. */
    volatile Supplier<Client> book = () -> Client.UNKNOWN;

    final AtomicInteger lookUps = new AtomicInteger();

    /** Whether each look-up was told that open deals matter. */
    final List<Boolean> openMattered = new CopyOnWriteArrayList<>();

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number) {
        lookUps.incrementAndGet();
        return book.get();
    }

    @Override
    public Client find(Portal portal, String company, PhoneNumber number, boolean openMatters) {
        openMattered.add(openMatters);
        return find(portal, company, number);
    }

    @Override
    public void giveBack() {
        // Nobody waits for a turn here.
    }

    @Override
    public void bring(Portal portal, String company, String call, Wanted wanted, StepLog steps) {
        Visit visit = new Visit(portal.id(), call, wanted);
        if (!inHand.add(portal.id() + call)) {
            collisions.add(call);
        }
        visits.add(visit);
        recordings = wanted.recordings();
        try {
            behaviour.at(visit);
            if (!wanted.records().isEmpty()) {
                steps.begin("register");
                steps.done("register", "crm-" + call);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            inHand.remove(portal.id() + call);
        }
    }

    List<Visit> of(String call) {
        return visits.stream().filter(v -> v.call().equals(call)).toList();
    }

    @Override
    public List<CrmUser> users(Portal portal, String company, Duration oldest) {
        return List.of();
    }

    @Override
    public List<PortalHealth> health() {
        return List.of();
    }
}
