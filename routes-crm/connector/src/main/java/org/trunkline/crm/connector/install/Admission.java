package org.trunkline.crm.connector.install;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection.Refusal;

/**
 * Who is let in to connect a portal, and what people are told of those who are not (rules T1, T2).
 * Whether a portal is what it says it is, its vendor's installer asks it.
 */
public final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /** Strangers may knock as often as they like: so often is it written down. */
    private static final Duration BETWEEN_KNOCKS = Duration.ofMinutes(1);

    private static final String LATER = "; later ";

    private final ProgressBook progress;
    private final ConnectionWatch.Teller teller;
    private final Way way;
    private final Clock clock;

    /**
     * How a kind of CRM is connected.
     *
     * @param secrets names of what a connection stores, which its end deletes
     * @param knock what comes from whom nobody let in
     * @param connect what to do once the installation is open
     */
    public record Way(Collection<String> secrets, String knock, String connect) {}

    public Admission(ProgressBook progress, ConnectionWatch.Teller teller, Way way, Clock clock) {
        this.progress = progress;
        this.teller = teller;
        this.way = way;
        this.clock = clock;
    }

    /** Whether an administrator of the hub lets somebody in now. */
    public boolean open(String company, Portal portal) {
        return progress.of(company, portal).isOpen(clock.instant());
    }

    /** In constant time. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The portal is the company's from now on.
     *
     * @param invited whether only an open installation lets it in, which this ends
     * @param given secrets by name; what a former connection stored beside them is deleted
     * @throws Rejected if another one was quicker
     */
    public void connected(
            String company, Portal portal, boolean invited, Map<String, String> given) {
        Map<String, String> secrets = none();
        secrets.putAll(given);
        progress.change(
                company,
                portal,
                before -> {
                    if (invited && !before.isOpen(clock.instant())) {
                        throw Rejected.stranger();
                    }
                    return before.connected(clock.instant());
                },
                secrets);
        teller.connectedAgain(company, portal);
        LOG.info("Portal {}/{} was connected", company, portal.id());
    }

    private Map<String, String> none() {
        Map<String, String> none = new HashMap<>();
        way.secrets().forEach(name -> none.put(name, ""));
        return none;
    }

    /**
     * The portal is no longer the company's; its work waits.
     *
     * @param by for the log
     */
    public void release(String company, Portal portal, String by) {
        progress.change(company, portal, p -> p.released(clock.instant()), none());
        teller.unconnected(company, portal);
        LOG.warn("Portal {}/{} was released: {}", company, portal.id(), by);
    }

    /** Who was let in is not taken, and why; an open installation stays open. */
    public void refused(String company, Portal portal, String reason, String cure) {
        note(company, portal, new Refusal(clock.instant(), reason, cure));
    }

    /**
     * Somebody wants in whom nobody let in. It may be a stranger: it takes nothing from what is
     * known of one who was let in.
     */
    public void knocked(String company, Portal portal) {
        String cure =
                "if it was yours, open the installation (POST /api/v1/companies/"
                        + company
                        + "/portals/"
                        + portal.id()
                        + "/installation) and "
                        + way.connect();
        Refusal knock = new Refusal(clock.instant(), way.knock(), cure);
        Optional<Refusal> before = progress.of(company, portal).refusal();
        if (before.isEmpty()) {
            note(company, portal, knock);
        } else if (before.get().at().plus(BETWEEN_KNOCKS).isBefore(clock.instant())) {
            if (before.get().reason().equals(way.knock())) {
                note(company, portal, knock);
            } else if (!before.get().reason().endsWith(LATER + way.knock())) {
                note(
                        company,
                        portal,
                        new Refusal(
                                before.get().at(),
                                before.get().reason() + LATER + way.knock(),
                                before.get().cure() + "; " + cure));
            }
        }
    }

    private void note(String company, Portal portal, Refusal refusal) {
        LOG.warn(
                "Portal {}/{} was not connected: {}. {}",
                company,
                portal.id(),
                refusal.reason(),
                refusal.cure());
        progress.change(company, portal, p -> p.refused(refusal), Map.of());
        if (!teller.connected(company, portal)) {
            teller.unconnected(company, portal);
        }
    }
}
