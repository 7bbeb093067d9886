package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;

/**
 * What the portal holds under a number, in one request: the first contact and company, the leads,
 * and the deals of contact and company.
 *
 * <p>Where the search finds nobody, the commands that refer to it run with empty ids, and what a
 * portal makes of those is its own affair: only what bears an id that was found counts.
 */
record ClientSearch(Courier<Parcel> courier) {

    Client find(PhoneNumber number) {
        List<JsonNode> replies =
                Deeds.ask(
                        courier,
                        CrmRequests.find(number),
                        CrmRequests.firstHit(EntityKind.CONTACT, 0),
                        CrmRequests.firstHit(EntityKind.COMPANY, 0),
                        CrmRequests.hits(EntityKind.LEAD, 0, Map.of()),
                        CrmRequests.dealsOf(EntityKind.CONTACT, 0, Map.of()),
                        CrmRequests.dealsOf(EntityKind.COMPANY, 0, Map.of()));
        JsonNode hits = replies.get(0);
        Optional<Client.Found> contact =
                found(EntityKind.CONTACT, replies.get(1), "id", ids(hits, EntityKind.CONTACT))
                        .findFirst();
        Optional<Client.Found> company =
                found(EntityKind.COMPANY, replies.get(2), "id", ids(hits, EntityKind.COMPANY))
                        .findFirst();
        Stream<Client.Found> leads =
                found(EntityKind.LEAD, replies.get(3), "id", ids(hits, EntityKind.LEAD));
        Stream<Client.Found> deals =
                Stream.concat(
                        deals(replies.get(4), EntityKind.CONTACT, contact),
                        deals(replies.get(5), EntityKind.COMPANY, company));
        return new Client(contact, company, latest(leads), latest(deals));
    }

    /** All under a number that was changed in these seconds, in one request too. */
    List<Entity> changed(PhoneNumber number, Instant from, Instant to) {
        Map<String, Object> then =
                Map.of(
                        ">=updatedTime",
                        Requests.START.format(from),
                        "<=updatedTime",
                        Requests.START.format(to.plusMillis(999)));
        List<JsonNode> replies =
                Deeds.ask(
                        courier,
                        CrmRequests.find(number),
                        CrmRequests.hits(EntityKind.CONTACT, 0, then),
                        CrmRequests.hits(EntityKind.COMPANY, 0, then),
                        CrmRequests.hits(EntityKind.LEAD, 0, then),
                        CrmRequests.dealsOf(EntityKind.CONTACT, 0, then),
                        CrmRequests.dealsOf(EntityKind.COMPANY, 0, then));
        Set<String> contacts = ids(replies.get(0), EntityKind.CONTACT);
        Set<String> companies = ids(replies.get(0), EntityKind.COMPANY);
        Set<String> leads = ids(replies.get(0), EntityKind.LEAD);
        return Stream.of(
                        found(EntityKind.CONTACT, replies.get(1), "id", contacts),
                        found(EntityKind.COMPANY, replies.get(2), "id", companies),
                        found(EntityKind.LEAD, replies.get(3), "id", leads),
                        found(EntityKind.DEAL, replies.get(4), "contactId", contacts),
                        found(EntityKind.DEAL, replies.get(5), "companyId", companies))
                .flatMap(found -> found)
                .map(Entity::of)
                .distinct()
                .toList();
    }

    private static Stream<Client.Found> deals(
            JsonNode reply, EntityKind owner, Optional<Client.Found> client) {
        Set<String> ids = new HashSet<>();
        client.ifPresent(found -> ids.add(found.id()));
        return found(EntityKind.DEAL, reply, CrmRequests.ownerField(owner), ids);
    }

    /** An open one goes before a closed one; each list has the latest first. */
    private static Optional<Client.Found> latest(Stream<Client.Found> all) {
        List<Client.Found> found = all.toList();
        return found.stream()
                .filter(Client.Found::open)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static Set<String> ids(JsonNode hits, EntityKind kind) {
        Set<String> ids = new HashSet<>();
        hits.path(kind.name()).forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static Stream<Client.Found> found(
            EntityKind kind, JsonNode reply, String key, Set<String> wanted) {
        List<Client.Found> found = new ArrayList<>();
        for (JsonNode item : reply.path("items")) {
            if (wanted.contains(item.path(key).asText())) {
                found.add(found(kind, item));
            }
        }
        return found.stream();
    }

    private static Client.Found found(EntityKind kind, JsonNode item) {
        String person =
                (item.path("name").asText("") + " " + item.path("lastName").asText("")).strip();
        String title = item.path("title").asText("");
        boolean closed = List.of("S", "F").contains(item.path("stageSemanticId").asText());
        return new Client.Found(
                kind,
                item.path("id").asText(),
                kind == EntityKind.CONTACT || title.isEmpty() ? person : title,
                item.path("assignedById").asText(),
                !closed);
    }
}
