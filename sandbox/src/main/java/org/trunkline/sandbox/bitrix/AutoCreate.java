package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** What {@code CRM_CREATE=1} makes, by the mode of the CRM (bitrix24.md section 3). */
final class AutoCreate {
    static final String NAMELESS = "Без имени";
    static final String LOCAL_USER = "Lead creation is disabled for local users";

    /**
     * @param client what the call hangs on, found or made
     * @param created what this call made, in order
     * @param error why nothing was made; "" otherwise
     */
    record Outcome(Optional<EntityRef> client, List<EntityRef> created, String error) {}

    private AutoCreate() {}

    static Outcome run(
            Portal portal,
            Optional<EntityRef> client,
            String phone,
            ObjectNode callRow,
            String source)
            throws RestFault {
        String number = PhoneNumbers.normalise(phone);
        if (UserLookup.isLocal(portal, number)) {
            return new Outcome(client, List.of(), LOCAL_USER);
        }
        boolean repeat = client.isPresent();
        if (portal.exceptions().contains(number)
                || (repeat
                        && !(portal.mode().repeats()
                                && !ClientLookup.hasActive(portal, client.get())))) {
            return new Outcome(client, List.of(), "");
        }
        String user =
                client.flatMap(portal::entity)
                        .map(row -> Json.text(row, "ASSIGNED_BY_ID"))
                        .orElse(Json.text(callRow, "PORTAL_USER_ID"));
        boolean outgoing = Json.text(callRow, "CALL_TYPE").equals("1");
        ObjectNode fields =
                Json.object()
                        .put("ASSIGNED_BY_ID", user)
                        .put("SOURCE_ID", source.isEmpty() ? "CALL" : source)
                        .put(
                                "TITLE",
                                PhoneNumbers.display(phone)
                                        + (outgoing
                                                ? " - Исходящий звонок"
                                                : " - Входящий звонок"));
        return portal.mode().leads()
                ? lead(portal, client, phone, fields, user)
                : deal(portal, client, phone, fields, user);
    }

    private static Outcome lead(
            Portal portal, Optional<EntityRef> client, String phone, ObjectNode fields, String user)
            throws RestFault {
        bind(fields, client);
        fields.put("IS_RETURN_CUSTOMER", client.isPresent() ? "Y" : "N");
        if (client.isEmpty()) {
            fields.set("PHONE", phones(phone));
        }
        EntityRef lead = add(portal, EntityKind.LEAD, fields, user);
        return new Outcome(Optional.of(client.orElse(lead)), List.of(lead), "");
    }

    private static Outcome deal(
            Portal portal, Optional<EntityRef> client, String phone, ObjectNode fields, String user)
            throws RestFault {
        List<EntityRef> created = new ArrayList<>();
        EntityRef owner;
        if (client.isPresent()) {
            owner = client.get();
            fields.put("IS_RETURN_CUSTOMER", "Y");
        } else {
            ObjectNode contact =
                    Json.object()
                            .put("NAME", NAMELESS)
                            .put("ASSIGNED_BY_ID", user)
                            .put("SOURCE_ID", Json.text(fields, "SOURCE_ID"));
            contact.set("PHONE", phones(phone));
            owner = add(portal, EntityKind.CONTACT, contact, user);
            created.add(owner);
        }
        bind(fields, Optional.of(owner));
        created.add(add(portal, EntityKind.DEAL, fields, user));
        return new Outcome(Optional.of(owner), created, "");
    }

    private static void bind(ObjectNode fields, Optional<EntityRef> client) {
        client.ifPresent(
                ref -> {
                    if (ref.kind() == EntityKind.CONTACT) {
                        fields.putArray("CONTACT_IDS").add(ref.id());
                    } else if (ref.kind() == EntityKind.COMPANY) {
                        fields.put("COMPANY_ID", ref.id());
                    }
                });
    }

    private static EntityRef add(Portal portal, EntityKind kind, ObjectNode fields, String user)
            throws RestFault {
        return new EntityRef(kind, EntityWriter.add(portal, kind, fields, user).get("ID").asText());
    }

    private static com.fasterxml.jackson.databind.JsonNode phones(String phone) {
        return Json.array()
                .add(
                        Json.object()
                                .put("VALUE", PhoneNumbers.display(phone))
                                .put("VALUE_TYPE", "WORK"));
    }
}
