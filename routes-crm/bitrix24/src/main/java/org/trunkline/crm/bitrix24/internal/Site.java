package org.trunkline.crm.bitrix24.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.crm.connector.Traffic;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;

/** All that is kept of one portal: its pace, its tokens, its health. */
final class Site {

    /** Recordings that lie on the hub's disk until the portal has taken them. */
    private static final int FETCHED_AT_ONCE = 4;

    private final AtomicReference<Addresses> addresses;
    private final Dispatch dispatch;
    private final PortalUsers users;
    private final Bitrix24Tokens tokens;
    private final Rest rest;
    private final Vitals vitals;
    private final Traffic traffic;
    private final Clock clock;
    private final PortalMode mode;
    private final Wire wire;
    private final Consumer<Entity> gone;
    private final Semaphore fetching = new Semaphore(FETCHED_AT_ONCE);
    private volatile Optional<Instant> lastContact = Optional.empty();

    Site(
            Portal portal,
            String company,
            Companies companies,
            Leases leases,
            Rest rest,
            Limits limits,
            URI oauth,
            long since,
            LongSupplier nanos,
            Clock clock,
            Consumer<Entity> gone) {
        this.gone = gone;
        this.addresses = new AtomicReference<>(new Addresses(portal, oauth));
        this.tokens = new Bitrix24Tokens(companies, company, addresses::get, rest, clock);
        this.rest = rest;
        this.vitals = new Vitals(company, portal.id(), clock);
        this.traffic = new Traffic(company, portal.id());
        this.clock = clock;
        this.wire = new Wire(rest, tokens, addresses::get);
        this.dispatch =
                Dispatch.of(
                        limits,
                        since,
                        envelope -> {
                            // Asked last: a pause before it may have cost us the company.
                            if (!leases.serves(company)) {
                                return new Trip.Unsent(another());
                            }
                            traffic.sent(envelope.commands());
                            Trip trip = wire.carry(envelope);
                            if (trip instanceof Said.Answered || trip instanceof Said.Refused) {
                                lastContact = Optional.of(clock.instant());
                            }
                            return trip;
                        },
                        vitals,
                        nanos,
                        clock);
        this.users = new PortalUsers(courier(), clock);
        this.mode = new PortalMode(courier(), clock);
    }

    private static Fault another() {
        return new Fault.Retryable("another hub serves this company", Duration.ofSeconds(1));
    }

    /** Takes over what may change while the hub runs. */
    void at(Portal portal, URI oauth) {
        addresses.set(new Addresses(portal, oauth));
    }

    Courier<Parcel> courier() {
        return dispatch.courier();
    }

    void limits(Limits limits) {
        dispatch.limits(limits);
    }

    /** Its tokens, and where it is. */
    Bitrix24Tokens access() {
        return tokens;
    }

    Tokens tokens() {
        return tokens.tokens();
    }

    Wire wire() {
        return wire;
    }

    /** When the portal answered last; empty: not since the start. */
    Optional<Instant> lastContact() {
        return lastContact;
    }

    PortalUsers users() {
        return users;
    }

    Rest rest() {
        return rest;
    }

    Vitals vitals() {
        return vitals;
    }

    Traffic traffic() {
        return traffic;
    }

    PortalMode mode() {
        return mode;
    }

    /** Whoever fetches a recording for this portal holds a permit until it is uploaded. */
    Semaphore fetching() {
        return fetching;
    }

    /** The portal does not know this entity any more. */
    void gone(Entity entity) {
        gone.accept(entity);
    }

    /** Where people see an entity. */
    String page(Entity entity) {
        return addresses.get().portal().address() + CrmEntities.path(entity);
    }

    Clock clock() {
        return clock;
    }

    /** See {@link Addresses#trusted}. */
    boolean trusts(String address) {
        return addresses.get().trusted(address);
    }
}
