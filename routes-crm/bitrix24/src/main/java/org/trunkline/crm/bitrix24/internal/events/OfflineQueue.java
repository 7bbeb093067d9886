package org.trunkline.crm.bitrix24.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.bitrix24.internal.install.PortalAccess;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * The events that a portal queues for a hub behind NAT. A batch stays at the portal under a process
 * id until it was taken; the id is stored first, so that a hub that dies meanwhile gets the same
 * batch again.
 */
final class OfflineQueue {

    private static final String PROCESS = "offlineProcess";

    /** The vendor's own limit. */
    private static final int LIMIT = 50;

    private final Companies companies;
    private final Portals portals;
    private final EventRoutes.Taker taker;

    OfflineQueue(Companies companies, Portals portals, EventRoutes.Taker taker) {
        this.companies = companies;
        this.portals = portals;
        this.taker = taker;
    }

    /**
     * Takes one batch.
     *
     * @return whether there may be more
     */
    boolean drain(String company, Portal portal) {
        PortalAccess access = portals.at(company, portal);
        String key = portal.secretKey(PROCESS);
        Optional<String> unfinished = companies.secret(company, key);
        JsonNode batch = access.call("event.offline.get", parameters(unfinished));
        JsonNode events = batch.path("events");
        String process = unfinished.orElseGet(() -> batch.path("process_id").asText(""));
        if (!events.isEmpty() && unfinished.isEmpty()) {
            companies.putSecrets(company, Map.of(key, process));
        }
        for (JsonNode event : events) {
            taker.take(
                    company,
                    portal,
                    PortalEvent.ofQueue(
                            event.path("EVENT_NAME").asText(),
                            event.path("EVENT_DATA"),
                            time(event.path("TIMESTAMP_X").asText()),
                            event.path("MESSAGE_ID").asText()));
        }
        if (!events.isEmpty()) {
            access.call("event.offline.clear", Map.of("process_id", process));
        }
        if (!events.isEmpty() || unfinished.isPresent()) {
            companies.putSecrets(company, Map.of(key, ""));
        }
        return events.size() == LIMIT || unfinished.isPresent();
    }

    private static Map<String, Object> parameters(Optional<String> unfinished) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("clear", 0);
        parameters.put("limit", LIMIT);
        unfinished.ifPresent(process -> parameters.put("process_id", process));
        return parameters;
    }

    /** Portals write it in their own zone, or in a way of their own. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
