package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.trunkline.sandbox.http.Json;

/** {@code crm.lead|deal|contact|company.fields}: what an entity may hold, with the own fields. */
final class CrmFields {
    private static final List<String> COMMON =
            List.of("ASSIGNED_BY_ID", "COMMENTS", "SOURCE_ID", "SOURCE_DESCRIPTION", "OPENED");
    private static final List<String> READ_ONLY = List.of("ID", "DATE_CREATE", "DATE_MODIFY");

    private CrmFields() {}

    static void add(MethodTable table) {
        for (EntityKind kind : EntityKind.values()) {
            String method = "crm." + kind.name().toLowerCase(Locale.ROOT) + ".fields";
            table.add(method, call -> RestResult.of(fields(call.portal(), kind)));
        }
    }

    private static ObjectNode fields(Portal portal, EntityKind kind) {
        ObjectNode out = Json.object();
        READ_ONLY.forEach(name -> field(out, name, "string", true, false));
        COMMON.forEach(name -> field(out, name, "string", false, false));
        if (kind == EntityKind.CONTACT) {
            field(out, "NAME", "string", false, false);
            field(out, "LAST_NAME", "string", false, false);
        } else {
            field(out, "TITLE", "string", false, false);
        }
        if (kind != EntityKind.DEAL) {
            field(out, "PHONE", "crm_multifield", false, false);
        }
        if (kind.staged()) {
            field(out, kind.stageField(), "crm_status", false, false);
        }
        for (JsonNode own : portal.userFields().path(kind.name())) {
            ObjectNode field =
                    field(out, Json.text(own, "code"), Json.text(own, "type"), false, true);
            // The title of an own field is its code; people's name for it stands in the labels.
            field.put("listLabel", Json.text(own, "label"))
                    .put("formLabel", Json.text(own, "label"))
                    .put("filterLabel", Json.text(own, "label"));
        }
        return out;
    }

    private static ObjectNode field(
            ObjectNode out, String name, String type, boolean readOnly, boolean own) {
        return out.putObject(name)
                .put("type", type.isEmpty() ? "string" : type)
                .put("isRequired", false)
                .put("isReadOnly", readOnly)
                .put("isImmutable", false)
                .put("isMultiple", type.equals("crm_multifield"))
                .put("isDynamic", own)
                .put("title", name);
    }
}
