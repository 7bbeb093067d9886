package org.trunkline.crm.bitrix24.internal;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.ServedPortal;
import org.trunkline.crm.connector.ServedPortals.Since;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Leases;

/** All that is kept of one portal: its pace, its tokens, its health. */
final class Site extends ServedPortal {

    /** Recordings that lie on the hub's disk until the portal has taken them. */
    private static final int FETCHED_AT_ONCE = 4;

    private final AtomicReference<Addresses> addresses;
    private final Dispatch dispatch;
    private final PortalUsers users;
    private final Bitrix24Tokens tokens;
    private final Rest rest;
    private final PortalMode mode;
    private final Wire wire;
    private final Consumer<Entity> gone;
    private final Semaphore fetching = new Semaphore(FETCHED_AT_ONCE);

    Site(
            Portal portal,
            String company,
            Companies companies,
            Leases leases,
            Rest rest,
            Limits limits,
            URI oauth,
            Since since,
            Clock clock,
            Consumer<Entity> gone) {
        super(company, portal, leases, clock);
        this.gone = gone;
        this.addresses = new AtomicReference<>(new Addresses(portal, oauth));
        this.tokens = new Bitrix24Tokens(companies, company, addresses::get, rest, clock);
        this.rest = rest;
        this.wire = new Wire(rest, tokens, addresses::get);
        this.dispatch =
                Dispatch.of(
                        limits,
                        since.nanos(),
                        envelope -> carried(envelope.commands(), () -> wire.carry(envelope)),
                        vitals(),
                        System::nanoTime,
                        clock);
        this.users = new PortalUsers(courier(), clock);
        this.mode = new PortalMode(courier(), clock);
    }

    /** Takes over what may change while the hub runs. */
    void at(Portal portal, URI oauth) {
        addresses.set(new Addresses(portal, oauth));
    }

    @Override
    public Courier<Parcel> courier() {
        return dispatch.courier();
    }

    void limits(Limits limits) {
        dispatch.limits(limits);
    }

    /** Its tokens, and where it is. */
    Bitrix24Tokens access() {
        return tokens;
    }

    @Override
    public boolean tokensKept() {
        return tokens().kept();
    }

    Tokens tokens() {
        return tokens.tokens();
    }

    Wire wire() {
        return wire;
    }

    PortalUsers users() {
        return users;
    }

    Rest rest() {
        return rest;
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

    /** See {@link Addresses#trusted}. */
    boolean trusts(String address) {
        return addresses.get().trusted(address);
    }
}
