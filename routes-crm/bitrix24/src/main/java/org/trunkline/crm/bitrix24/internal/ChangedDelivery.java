package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.ChangedEntities;
import org.trunkline.model.StepLog;

/**
 * Fills the fields of what another telephony changed during a call (rule O7). Which those are is
 * noted first: filling them changes them too.
 */
final class ChangedDelivery {

    private static final String CHANGED = "changed";

    private final Site site;
    private final DeedLog log;
    private final Deeds deeds;

    ChangedDelivery(Site site, StepLog steps) {
        this.site = site;
        this.log = new DeedLog(steps);
        this.deeds = new Deeds(site, log);
    }

    void bring(ChangedEntities wanted) {
        if (!log.done(CHANGED)) {
            log.done(CHANGED, String.join(",", changed(wanted)));
        }
        for (String text : log.made(CHANGED).orElse("").split(",")) {
            Entity.read(text).ifPresent(entity -> fill(entity, wanted));
        }
    }

    private List<String> changed(ChangedEntities wanted) {
        return new ClientSearch(site.courier())
                .changed(wanted.client(), wanted.from(), wanted.to()).stream()
                        .map(Entity::toString)
                        .toList();
    }

    private void fill(Entity entity, ChangedEntities wanted) {
        String step = CHANGED + ":" + entity;
        if (log.done(step)) {
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>(wanted.fields());
        wanted.firstCommunication()
                .filter(first -> empty(entity, first.field()))
                .ifPresent(first -> fields.put(first.field(), first.id()));
        if (!fields.isEmpty()) {
            deeds.one(step, CrmRequests.update(entity, CrmRequests.named(fields)));
        }
        log.done(step, "");
    }

    private boolean empty(Entity entity, String field) {
        String name = CrmRequests.name(field);
        Map<String, Object> filter = Map.of("id", entity.id());
        JsonNode items =
                Deeds.ask(
                                site.courier(),
                                CrmRequests.items(entity.kind(), filter, List.of("id", name)))
                        .get(0)
                        .path("items");
        JsonNode value = items.path(0).path(name);
        return value.isMissingNode() || value.isNull() || value.asText().isEmpty();
    }
}
