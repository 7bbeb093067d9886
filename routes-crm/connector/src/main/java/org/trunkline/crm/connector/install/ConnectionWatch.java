package org.trunkline.crm.connector.install;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Subscription;

/**
 * Tells of portals that are not connected: one that nobody speaks to for want of tokens would be
 * silent in {@code /health}.
 */
public final class ConnectionWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

    private final CrmKind kind;
    private final Companies companies;
    private final Teller teller;
    private final ExecutorService looking;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Subscription provisioned;

    /** Whom it tells. */
    public interface Teller {

        /** Whether the hub holds tokens of the portal. */
        boolean connected(String company, Portal portal);

        /** It holds none. */
        void unconnected(String company, Portal portal);

        /** It holds some again. */
        void connectedAgain(String company, Portal portal);
    }

    /** Looks at all portals now and whenever a company is provisioned. */
    public ConnectionWatch(CrmKind kind, Companies companies, Teller teller) {
        this.kind = kind;
        this.companies = companies;
        this.teller = teller;
        String name = kind.name().toLowerCase(java.util.Locale.ROOT) + "-connections";
        this.looking = Executors.newSingleThreadExecutor(r -> new Thread(r, name));
        this.provisioned = companies.onChange(() -> looking.execute(this::tellAll));
        looking.execute(this::tellAll);
    }

    /** Of a portal that is connected only what was told before is taken back. */
    public void tell(String company, Portal portal) {
        String name = company + "/" + portal.id();
        if (!teller.connected(company, portal)) {
            told.add(name);
            teller.unconnected(company, portal);
        } else if (told.remove(name)) {
            teller.connectedAgain(company, portal);
        }
    }

    private void tellAll() {
        try {
            for (Company company : companies.all()) {
                company.portals().stream()
                        .filter(portal -> portal.kind() == kind)
                        .forEach(portal -> tell(company.id(), portal));
            }
        } catch (Fault.Retryable later) {
            LOG.warn("Which portals are not connected can't be read now: {}", later.getMessage());
        }
    }

    @Override
    public void close() {
        provisioned.close();
        // Not interrupted: in H2's file access that would close the whole database.
        looking.shutdown();
    }
}
