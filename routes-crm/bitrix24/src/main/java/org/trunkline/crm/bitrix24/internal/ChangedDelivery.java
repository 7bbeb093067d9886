package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.model.ChangedEntities;
import org.trunkline.model.Client;
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
        List<Command> looks = new ArrayList<>();
        Client client = new ClientSearch(site.courier()).find(wanted.client());
        for (Client.Found found : client.found()) {
            Map<String, Object> filter = new LinkedHashMap<>();
            filter.put("id", found.id());
            filter.put(">=updatedTime", time(wanted.from()));
            filter.put("<=updatedTime", time(wanted.to()));
            looks.add(CrmRequests.items(found.kind(), filter, List.of("id")));
        }
        List<String> changed = new ArrayList<>();
        if (!looks.isEmpty()) {
            List<JsonNode> replies = Deeds.ask(site.courier(), looks.toArray(Command[]::new));
            for (int i = 0; i < replies.size(); i++) {
                Entity entity = Entity.of(client.found().get(i));
                for (JsonNode item : replies.get(i).path("items")) {
                    if (item.path("id").asText().equals(entity.id())) {
                        changed.add(entity.toString());
                    }
                }
            }
        }
        return changed;
    }

    private static String time(Instant at) {
        return Requests.START.format(at);
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
