package org.trunkline.crm.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.trunkline.model.Fault;

/** The parts of one call's delivery: what is wrong with one keeps no other back. */
public final class Parts {

    private final List<Fault> faults = new ArrayList<>();

    /** Does one; its fault is kept for {@link #end}. */
    public void part(Runnable deed) {
        try {
            deed.run();
        } catch (Fault fault) {
            faults.add(fault);
        }
    }

    /** Whether something did not come about that comes about by itself later. */
    public boolean worthWaiting() {
        return faults.stream().anyMatch(fault -> !(fault instanceof Fault.Data));
    }

    /**
     * Throws the worst fault, if there was any: without authorisation nothing works; what waiting
     * helps is worth waiting for.
     */
    public void end() {
        throwFirst(Fault.Auth.class::isInstance);
        throwFirst(Fault.Retryable.class::isInstance);
        throwFirst(any -> true);
    }

    private void throwFirst(Predicate<Fault> kind) {
        faults.stream()
                .filter(kind)
                .findFirst()
                .ifPresent(
                        fault -> {
                            throw fault;
                        });
    }
}
