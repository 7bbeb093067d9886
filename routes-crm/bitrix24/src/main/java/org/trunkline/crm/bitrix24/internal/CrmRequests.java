package org.trunkline.crm.bitrix24.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;
import org.trunkline.crm.connector.Entity;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;

/** The CRM methods' parameters. Pure. */
final class CrmRequests {

    /** Marks what the hub made, so that it is found again after a lost reply. */
    static final String ORIGINATOR = "trunkline";

    /** More than the search by number gives of a kind. */
    private static final int MOST_HITS = 20;

    private CrmRequests() {}

    static Command find(PhoneNumber number) {
        return new Command(
                Command.FIND, Map.of("type", "PHONE", "values", List.of(number.value())));
    }

    /** The first entity of a kind that a search in the same parcel found. */
    static Command firstHit(EntityKind kind, int search) {
        return items(kind, Map.of("id", new ResultOf(search, kind + "][0")));
    }

    /**
     * All of a kind that a search in the same parcel found, the latest first.
     *
     * @param more conditions
     */
    static Command hits(EntityKind kind, int search, Map<String, Object> more) {
        List<Object> ids = new ArrayList<>();
        for (int i = 0; i < MOST_HITS; i++) {
            ids.add(new ResultOf(search, kind + "][" + i));
        }
        Map<String, Object> filter = new LinkedHashMap<>(more);
        filter.put("@id", ids);
        return items(kind, filter);
    }

    /**
     * Deals of the first contact or company that a search in the same parcel found.
     *
     * @param more conditions
     */
    static Command dealsOf(EntityKind owner, int search, Map<String, Object> more) {
        Map<String, Object> filter = new LinkedHashMap<>(more);
        filter.put("=" + ownerField(owner), new ResultOf(search, owner + "][0"));
        return items(EntityKind.DEAL, filter);
    }

    static String ownerField(EntityKind owner) {
        return owner == EntityKind.CONTACT ? "contactId" : "companyId";
    }

    static Command items(EntityKind kind, Map<String, Object> filter) {
        return items(
                kind,
                filter,
                List.of(
                        "id",
                        "title",
                        "name",
                        "lastName",
                        "assignedById",
                        "stageSemanticId",
                        "contactId",
                        "companyId"));
    }

    static Command items(EntityKind kind, Map<String, Object> filter, List<String> select) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("entityTypeId", CrmEntities.type(kind));
        params.put("filter", filter);
        params.put("select", select);
        params.put("order", Map.of("id", "DESC"));
        params.put("useOriginalUfNames", "Y");
        return new Command(Command.ITEMS, params);
    }

    /** What the hub made under this id of its own. */
    static Command made(EntityKind kind, String originId) {
        return items(kind, Map.of("=originatorId", ORIGINATOR, "=originId", originId));
    }

    static Command add(EntityKind kind, String originId, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put("originatorId", ORIGINATOR);
        all.put("originId", originId);
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("entityTypeId", CrmEntities.type(kind));
        params.put("fields", all);
        params.put("useOriginalUfNames", "Y");
        return new Command(Command.ADD_ITEM, params);
    }

    static Command update(Entity entity, Map<String, Object> fields) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("entityTypeId", CrmEntities.type(entity.kind()));
        params.put("id", entity.id());
        params.put("fields", fields);
        params.put("useOriginalUfNames", "Y");
        return new Command(Command.UPDATE_ITEM, params);
    }

    static Command responsible(Entity entity, String user) {
        return update(entity, Map.of("assignedById", Requests.user(user)));
    }

    /** Earlier call activities of a client that are still to be done (rule O3). */
    static Command openCalls(Entity client, Object before) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("OWNER_TYPE_ID", CrmEntities.type(client.kind()));
        filter.put("OWNER_ID", client.id());
        filter.put("PROVIDER_ID", "VOXIMPLANT_CALL");
        filter.put("COMPLETED", "N");
        filter.put("<ID", before);
        return new Command(
                Command.ACTIVITIES, Map.of("filter", filter, "select", List.of("ID", "COMPLETED")));
    }

    static Command completed(Object activity, boolean completed) {
        return new Command(
                Command.UPDATE_ACTIVITY,
                Map.of("id", activity, "fields", Map.of("COMPLETED", completed ? "Y" : "N")));
    }

    static Command bind(Object activity, Entity entity) {
        return new Command(
                Command.BIND_ACTIVITY,
                Map.of(
                        "activityId",
                        activity,
                        "entityTypeId",
                        CrmEntities.type(entity.kind()),
                        "entityId",
                        entity.id()));
    }

    static Command deleteActivity(Object activity) {
        return new Command(Command.DELETE_ACTIVITY, Map.of("id", activity));
    }

    /** A message with a tag takes the place of the one that has this tag already. */
    static Command notify(String user, String message, String tag) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("USER_ID", Requests.user(user));
        params.put("MESSAGE", message);
        params.put("TAG", tag);
        return new Command(Command.NOTIFY, params);
    }

    /** Fields by the codes that people see, in the words that {@code crm.item} takes. */
    static Map<String, Object> named(Map<String, String> fields) {
        Map<String, Object> named = new LinkedHashMap<>();
        fields.forEach((code, text) -> named.put(name(code), text));
        return named;
    }

    /** Own fields keep their code; SOURCE_DESCRIPTION is sourceDescription here. */
    static String name(String code) {
        if (code.startsWith("UF_") || !code.equals(code.toUpperCase(Locale.ROOT))) {
            return code;
        }
        StringBuilder name = new StringBuilder();
        for (String word : code.toLowerCase(Locale.ROOT).split("_")) {
            name.append(
                    name.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
