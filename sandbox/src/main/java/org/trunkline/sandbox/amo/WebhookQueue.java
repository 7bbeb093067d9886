package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.PortalClock;

/**
 * Webhooks of one account on their way: tried at once, then after 5 and 15 minutes, and for a 499
 * or 5xx after 15 minutes and an hour more. More than 100 failures in two hours, the last among
 * them, disable the subscription.
 */
final class WebhookQueue {
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1));
    private static final int LAST_OF_ALL = 2;
    private static final Duration WATCHED = Duration.ofHours(2);
    private static final int FORGIVEN = 100;
    private static final int LOGGED = 1000;

    /**
     * One body for one subscription.
     *
     * @param attempt 1 for the first
     */
    record Delivery(String hook, String url, String event, String body, int attempt, Instant due) {}

    private record Failure(String hook, Instant at) {}

    private final AmoPortal portal;
    private final List<Delivery> waiting = new ArrayList<>();
    private final Deque<ObjectNode> log = new ArrayDeque<>();
    private final List<Failure> failures = new ArrayList<>();

    WebhookQueue(AmoPortal portal) {
        this.portal = portal;
    }

    /** An entity was added, updated or deleted. */
    void happened(String action, EntityType type, JsonNode row) {
        String list = WebhookBody.list(type);
        queue(action + "_" + type.singular(), list, action, WebhookBody.entity(portal, type, row));
    }

    /** What became of an entity by an update, each in its own event. */
    void changed(EntityType type, JsonNode before, JsonNode row) {
        happened("update", type, row);
        String list = WebhookBody.list(type);
        ObjectNode shown = WebhookBody.entity(portal, type, row);
        if (!before.path("status_id").equals(row.path("status_id"))) {
            ObjectNode moved = shown.deepCopy();
            moved.put("old_status_id", before.path("status_id").asText());
            moved.put("old_pipeline_id", before.path("pipeline_id").asText());
            queue("status_" + type.singular(), list, "status", moved);
        }
        if (!before.path("responsible_user_id").equals(row.path("responsible_user_id"))) {
            ObjectNode given = shown.deepCopy();
            given.put("old_responsible_user_id", before.path("responsible_user_id").asText());
            queue("responsible_" + type.singular(), list, "responsible", given);
        }
    }

    void noted(EntityType type, JsonNode note) {
        String list = WebhookBody.list(type);
        queue("note_" + type.singular(), list, "note", WebhookBody.note(type, note));
    }

    void task(String action, JsonNode task) {
        queue(action + "_task", "task", action, WebhookBody.task(task));
    }

    private void queue(String setting, String list, String action, ObjectNode item) {
        add(targets(setting, WebhookBody.of(portal, list, action, item)));
    }

    /** Deliveries to everyone who subscribed to {@code setting}, not queued yet. */
    List<Delivery> targets(String setting, String body) {
        List<Delivery> out = new ArrayList<>();
        synchronized (portal) {
            for (ObjectNode hook : portal.webhooks().all()) {
                boolean wanted = false;
                for (JsonNode name : hook.path("settings")) {
                    wanted |= name.asText().equals(setting);
                }
                if (wanted && !hook.path("disabled").asBoolean()) {
                    String id = hook.path("id").asText();
                    String url = hook.path("destination").asText();
                    out.add(new Delivery(id, url, setting, body, 1, portal.now()));
                }
            }
        }
        return out;
    }

    private synchronized void add(List<Delivery> deliveries) {
        waiting.addAll(deliveries);
    }

    /** Takes out what is to be sent now. */
    synchronized List<Delivery> due() {
        List<Delivery> out = new ArrayList<>();
        Instant now = portal.now();
        for (Iterator<Delivery> all = waiting.iterator(); all.hasNext(); ) {
            Delivery delivery = all.next();
            if (!delivery.due().isAfter(now)) {
                out.add(delivery);
                all.remove();
            }
        }
        return out;
    }

    /**
     * Books how it was answered.
     *
     * @param status 0 when there was no answer within two seconds
     */
    void answered(Delivery delivery, int status) {
        boolean taken = status >= 100 && status < 300;
        boolean disable = book(delivery, status, taken);
        if (disable) {
            synchronized (portal) {
                portal.webhooks().get(delivery.hook()).ifPresent(row -> row.put("disabled", true));
            }
        }
    }

    private synchronized boolean book(Delivery delivery, int status, boolean taken) {
        Instant now = portal.now();
        log.add(
                Json.object()
                        .put("at", portal.clock().stamp())
                        .put("destination", delivery.url())
                        .put("event", delivery.event())
                        .put("attempt", delivery.attempt())
                        .put("status", status));
        if (log.size() > LOGGED) {
            log.removeFirst();
        }
        if (taken) {
            return false;
        }
        int next = delivery.attempt();
        boolean worthIt = next <= LAST_OF_ALL || status == 499 || status >= 500;
        if (next <= PAUSES.size() && worthIt) {
            waiting.add(
                    new Delivery(
                            delivery.hook(),
                            delivery.url(),
                            delivery.event(),
                            delivery.body(),
                            next + 1,
                            now.plus(PAUSES.get(next - 1))));
        }
        failures.add(new Failure(delivery.hook(), now));
        failures.removeIf(failure -> failure.at().isBefore(now.minus(WATCHED)));
        return failures.stream().filter(f -> f.hook().equals(delivery.hook())).count() > FORGIVEN;
    }

    /** What was sent, and what waits to be sent again. */
    synchronized ArrayNode documents() {
        ArrayNode out = Json.array();
        log.forEach(entry -> out.add(entry.deepCopy()));
        for (Delivery delivery : waiting) {
            out.addObject()
                    .put("dueAt", PortalClock.stamp(delivery.due()))
                    .put("destination", delivery.url())
                    .put("event", delivery.event())
                    .put("attempt", delivery.attempt());
        }
        return out;
    }
}
