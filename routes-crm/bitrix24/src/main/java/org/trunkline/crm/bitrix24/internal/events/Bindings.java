package org.trunkline.crm.bitrix24.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.install.InstallRoutes;
import org.trunkline.crm.bitrix24.internal.install.PortalAccess;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/**
 * Has portals tell what they should: to the hub's address, or, where they can't reach it, into a
 * queue that the hub asks. An update of the application takes all handlers away, so what is bound
 * is compared with what should be (bitrix24.md section 2).
 */
final class Bindings {

    private static final Logger LOG = LoggerFactory.getLogger(Bindings.class);

    private static final String EVENT = "event";

    private record Row(String event, String handler, boolean offline) {}

    private final Portals portals;
    private final HubAddresses addresses;
    private final BiFunction<String, Portal, List<String>> wanted;

    /** What each portal was last found to tell. */
    private final Map<String, List<String>> found = new ConcurrentHashMap<>();

    /**
     * @param publicUrl where portals reach the hub; empty: they tell into their queues
     * @param wanted names of the events that a portal should tell, in upper case
     */
    Bindings(
            Portals portals,
            Optional<String> publicUrl,
            BiFunction<String, Portal, List<String>> wanted) {
        this.portals = portals;
        this.addresses = new HubAddresses(publicUrl, InstallRoutes.PREFIX);
        this.wanted = wanted;
    }

    boolean offline() {
        return !addresses.known();
    }

    /** Where a portal tells its events; empty: into its queue. */
    Optional<String> handler(String company, Portal portal) {
        return Optional.of(addresses.of(company, portal, EVENT)).filter(address -> !offline());
    }

    /** Whether a portal tells into its queue. */
    boolean queues(String company, Portal portal) {
        return offline() && !found.getOrDefault(company + "/" + portal.id(), List.of()).isEmpty();
    }

    /** Likewise, where what should be told is not what was found last. */
    void mendIfChanged(String company, Portal portal) {
        List<String> now = wanted.apply(company, portal);
        if (!now.equals(found.getOrDefault(company + "/" + portal.id(), List.of()))) {
            mend(company, portal);
        }
    }

    /** Binds what is missing and unbinds what is ours and should not be; told in health. */
    void mend(String company, Portal portal) {
        PortalAccess access = portals.at(company, portal);
        List<String> events = wanted.apply(company, portal);
        if (events.isEmpty() && !queues(company, portal)) {
            return;
        }
        try {
            mend(access, events, company, portal);
            found.put(company + "/" + portal.id(), events);
            access.warn("", "");
        } catch (Fault told) {
            access.warn(
                    "the portal does not promise to tell of clicks and callback forms: "
                            + told.getMessage(),
                    told.cure().isEmpty() ? "It is asked again within the hour." : told.cure());
        }
    }

    private void mend(PortalAccess access, List<String> events, String company, Portal portal) {
        String path = addresses.path(company, portal, EVENT);
        String handler = handler(company, portal).orElse("");
        List<Row> bound = bound(access.call("event.get", Map.of()));
        List<Row> should = new ArrayList<>();
        for (String event : events) {
            should.add(new Row(event, handler, offline()));
        }
        for (Row row : bound) {
            boolean ours = row.offline() ? isCallEvent(row) : row.handler().endsWith(path);
            if (ours && !should.contains(row)) {
                access.call("event.unbind", parameters(row));
            }
        }
        for (Row row : should) {
            if (!bound.contains(row)) {
                bind(access, row);
                LOG.info("{} is bound {}", row.event(), row.offline() ? "offline" : "online");
            }
        }
    }

    /** A queue has no address that would say whose it is; it belongs to the application anyway. */
    private static boolean isCallEvent(Row row) {
        return row.event().startsWith("ONEXTERNALCALL") || row.event().startsWith("ONCRM");
    }

    /** Has a portal tell an event to an address of ours, unless it does already. */
    static void bind(PortalAccess access, String event, String handler) {
        bind(access, new Row(event, handler, false));
    }

    private static void bind(PortalAccess access, Row row) {
        try {
            access.call("event.bind", parameters(row));
        } catch (Fault.Data there) {
            if (!there.getMessage().contains("already binded")) {
                throw there;
            }
        }
    }

    private static Map<String, Object> parameters(Row row) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("event", row.event());
        parameters.put("event_type", row.offline() ? "offline" : "online");
        if (!row.offline()) {
            parameters.put("handler", row.handler());
        }
        return parameters;
    }

    private static List<Row> bound(JsonNode answer) {
        List<Row> rows = new ArrayList<>();
        answer.forEach(
                row ->
                        rows.add(
                                new Row(
                                        row.path("event").asText().toUpperCase(Locale.ROOT),
                                        row.path("handler").asText(""),
                                        row.path("offline").asInt() == 1)));
        return rows;
    }
}
