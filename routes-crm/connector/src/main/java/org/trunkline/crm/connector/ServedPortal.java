package org.trunkline.crm.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Leases;

/** What a connector keeps of one portal, whatever its vendor: how it is, and what goes there. */
public abstract class ServedPortal {

    private final String company;
    private final Leases leases;
    private final Clock clock;
    private final Vitals vitals;
    private final Traffic traffic;
    private volatile Optional<Instant> lastContact = Optional.empty();

    protected ServedPortal(String company, Portal portal, Leases leases, Clock clock) {
        this.company = company;
        this.leases = leases;
        this.clock = clock;
        this.vitals = new Vitals(company, portal.id(), clock);
        this.traffic = new Traffic(company, portal.id());
    }

    /** Brings all requests to the portal. */
    public abstract Courier<?> courier();

    /** See {@link Tokens#kept}. */
    public abstract boolean tokensKept();

    public final Vitals vitals() {
        return vitals;
    }

    public final Traffic traffic() {
        return traffic;
    }

    public final Clock clock() {
        return clock;
    }

    /** When the portal answered last; empty: not since the start. */
    public final Optional<Instant> lastContact() {
        return lastContact;
    }

    /**
     * Makes one request, if this hub serves the company. That is asked last: a pause before it may
     * have cost us the company.
     *
     * @param parts of it that could have been requests of their own
     */
    protected final Trip carried(int parts, Supplier<Trip> request) {
        if (!leases.serves(company)) {
            return new Trip.Unsent(
                    new Fault.Retryable("another hub serves this company", Duration.ofSeconds(1)));
        }
        traffic.sent(parts);
        Trip trip = request.get();
        if (!(trip instanceof Trip.Mishap)) {
            lastContact = Optional.of(clock.instant());
        }
        return trip;
    }
}
