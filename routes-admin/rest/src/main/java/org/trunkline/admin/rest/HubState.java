package org.trunkline.admin.rest;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PortalDirectory;
import org.trunkline.model.PortalHealth;

/**
 * State of the hub, as {@code GET /health} shows it (contracts.md, "Reading what happened").
 *
 * @param state {@link #OK}; {@link #DEGRADED}: calls are kept, but a PBX or portal is out of reach
 *     or work lies in the dead letters; {@link #DOWN}: the store does not answer
 * @param work empty while the store is down
 */
public record HubState(
        String state,
        List<PbxHealth> pbx,
        List<OfPortal> portals,
        Store store,
        Optional<Backlog> work) {

    public static final String OK = "ok";
    public static final String DEGRADED = "degraded";
    public static final String DOWN = "down";

    /**
     * State of one portal; see {@link PortalHealth}.
     *
     * @param phoneBook empty: there is none
     */
    public record OfPortal(
            String company,
            String id,
            String state,
            String reason,
            String cure,
            Optional<PortalDirectory.Book> phoneBook) {

        static OfPortal of(PortalHealth health, Optional<PortalDirectory.Book> phoneBook) {
            return new OfPortal(
                    health.company(),
                    health.id(),
                    health.state(),
                    health.reason(),
                    health.cure(),
                    phoneBook);
        }
    }

    /**
     * State of the store.
     *
     * @param state {@link #OK} or {@link #DOWN}
     * @param reason empty when all is well
     */
    public record Store(String state, String reason) {}

    /** Work by state; {@code oldestSeconds}: how long the oldest of it is overdue. */
    public record Backlog(long waiting, long retrying, long dead, long oldestSeconds) {}
}
