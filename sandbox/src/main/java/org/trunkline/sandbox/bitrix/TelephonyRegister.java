package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.PortalClock;

/** {@code telephony.externalCall.register} and {@code searchCrmEntities}. */
final class TelephonyRegister {
    private TelephonyRegister() {}

    static void add(MethodTable table) {
        table.addDearForApps("telephony.externalCall.register", TelephonyRegister::register);
        table.add("telephony.externalCall.searchCrmEntities", TelephonyRegister::search);
    }

    static RestResult register(RestCall call) throws RestFault {
        Portal portal = call.portal();
        ObjectNode user = UserLookup.required(call);
        String userId = user.get("ID").asText();
        String phone = call.text("PHONE_NUMBER");
        if (PhoneNumbers.normalise(phone).isEmpty()) {
            throw RestFault.core("Unsupported phone number format");
        }
        String type = call.text("TYPE");
        if (!type.matches("[1-5]")) {
            throw RestFault.core("Unknown TYPE");
        }
        String started = startDate(call);
        CallBook.Key key =
                new CallBook.Key(
                        call.caller().app(),
                        PhoneNumbers.normalise(phone),
                        type,
                        userId,
                        call.text("LINE_NUMBER"),
                        call.text("EXTERNAL_CALL_ID"));
        Optional<CallBook.Open> known = portal.calls().duplicate(key, portal.now());
        CallBook.Open open =
                known.isPresent() ? known.get() : begin(call, key, userId, phone, started);
        if (call.flag("SHOW", true)) {
            TelephonyCards.show(portal, open, userId);
        }
        return RestResult.of(answer(open));
    }

    private static CallBook.Open begin(
            RestCall call, CallBook.Key key, String userId, String phone, String started)
            throws RestFault {
        Portal portal = call.portal();
        String callId =
                "externalCall."
                        + UUID.randomUUID().toString().replace("-", "")
                        + "."
                        + portal.now().getEpochSecond();
        ObjectNode row = CallRow.registered(portal, call, callId, userId, phone, started);
        CallBook.Open open = new CallBook.Open(row, key, portal.now(), userId);
        Optional<EntityRef> client =
                pinned(call).or(() -> ClientLookup.client(portal, PhoneNumbers.normalise(phone)));
        if (creates(call, portal)) {
            AutoCreate.Outcome made =
                    AutoCreate.run(portal, client, phone, row, call.text("CRM_SOURCE"));
            client = made.client();
            open.created().addAll(made.created());
            if (!made.error().isEmpty()) {
                row.put("leadCreationError", made.error());
            }
        }
        row.put("CRM_ENTITY_TYPE", client.map(ref -> ref.kind().name()).orElse(""));
        row.put("CRM_ENTITY_ID", client.map(EntityRef::id).orElse(""));
        ArrayNode created = row.putArray("created");
        open.created().forEach(ref -> created.add(ref.asCreated()));
        portal.calls().register(open);
        return open;
    }

    private static ObjectNode answer(CallBook.Open open) {
        ObjectNode row = open.row();
        ObjectNode out = Json.object();
        out.put("CALL_ID", open.callId());
        Optional<EntityRef> lead =
                open.created().stream().filter(r -> r.kind() == EntityKind.LEAD).findFirst();
        if (lead.isPresent()) {
            out.put("CRM_CREATED_LEAD", Long.parseLong(lead.get().id()));
        } else {
            out.putNull("CRM_CREATED_LEAD");
        }
        ArrayNode created = out.putArray("CRM_CREATED_ENTITIES");
        open.created().forEach(ref -> created.add(ref.asCreated()));
        out.put("CRM_ENTITY_TYPE", Json.text(row, "CRM_ENTITY_TYPE"));
        String entity = Json.text(row, "CRM_ENTITY_ID");
        if (entity.isEmpty()) {
            out.putNull("CRM_ENTITY_ID");
        } else {
            out.put("CRM_ENTITY_ID", Long.parseLong(entity));
        }
        if (row.has("leadCreationError")) {
            out.put("LEAD_CREATION_ERROR", row.get("leadCreationError").asText());
        }
        return out;
    }

    /** Creation is wanted, and for an outgoing call the external line allows it. */
    private static boolean creates(RestCall call, Portal portal) {
        boolean wanted = call.flag("CRM_CREATE", false);
        boolean outgoing = call.text("TYPE").equals("1");
        return wanted
                && !(outgoing
                        && TelephonyLines.byNumber(portal, call.text("LINE_NUMBER"))
                                .filter(l -> Json.text(l, "CRM_AUTO_CREATE").equals("N"))
                                .isPresent());
    }

    private static Optional<EntityRef> pinned(RestCall call) {
        return EntityKind.byName(call.text("CRM_ENTITY_TYPE"))
                .filter(kind -> kind != EntityKind.DEAL)
                .map(kind -> new EntityRef(kind, call.text("CRM_ENTITY_ID")))
                .filter(ref -> call.portal().entity(ref).isPresent());
    }

    private static String startDate(RestCall call) throws RestFault {
        String given = call.text("CALL_START_DATE");
        if (given.isEmpty()) {
            return call.portal().clock().nowText();
        }
        try {
            return PortalClock.text(OffsetDateTime.parse(given).toInstant());
        } catch (DateTimeException withoutZone) {
            try {
                ZoneId zone = ZoneId.of("Europe/Moscow");
                return PortalClock.text(LocalDateTime.parse(given).atZone(zone).toInstant());
            } catch (DateTimeException neither) {
                throw RestFault.core("CALL_START_DATE should be in the ISO-8601 format");
            }
        }
    }

    private static RestResult search(RestCall call) throws RestFault {
        Portal portal = call.portal();
        String number = PhoneNumbers.normalise(call.text("PHONE_NUMBER"));
        if (number.isEmpty()) {
            throw RestFault.core("PHONE_NUMBER is empty");
        }
        ArrayNode out = Json.array();
        for (EntityRef ref : ClientLookup.clients(portal, number)) {
            String assigned =
                    portal.entity(ref).map(r -> Json.text(r, "ASSIGNED_BY_ID")).orElse("");
            ObjectNode item =
                    out.addObject()
                            .put("CRM_ENTITY_TYPE", ref.kind().name())
                            .put("CRM_ENTITY_ID", Long.parseLong(ref.id()))
                            .put("ASSIGNED_BY_ID", Long.parseLong(assigned))
                            .put("NAME", ClientLookup.name(portal, ref));
            ObjectNode by = item.putObject("ASSIGNED_BY").put("ID", assigned);
            ObjectNode user = portal.users().get(assigned).orElseGet(Json::object);
            for (String field :
                    new String[] {
                        "TIMEMAN_STATUS",
                        "USER_PHONE_INNER",
                        "WORK_PHONE",
                        "PERSONAL_PHONE",
                        "PERSONAL_MOBILE"
                    }) {
                String stored = field.equals("USER_PHONE_INNER") ? "UF_PHONE_INNER" : field;
                by.put(field, Json.text(user, stored));
            }
        }
        return RestResult.of(out);
    }
}
