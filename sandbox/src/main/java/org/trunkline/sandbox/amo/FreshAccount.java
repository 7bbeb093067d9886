package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trunkline.sandbox.http.Json;

/** What stands in an account on its first day. */
final class FreshAccount {
    private FreshAccount() {}

    static void fill(AmoPortal portal) {
        account(portal);
        user(portal, 1, "Admin Portal", true, true);
        user(portal, 7, "Ivan Petrov", false, true);
        user(portal, 8, "Olga Sidorova", false, true);
        user(portal, 9, "Petr Ivanov", false, true);
        user(portal, 10, "Anna Novikova", false, true);
        user(portal, 11, "Boris Egorov", false, false);
        pipeline(portal, 3_383_152, "Воронка", true, 33_929_746);
        pipeline(portal, 3_383_155, "Повторные продажи", false, 33_929_846);
        for (EntityType type : List.of(EntityType.CONTACTS, EntityType.COMPANIES)) {
            multitext(
                    portal,
                    type,
                    "Телефон",
                    "PHONE",
                    List.of("WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER"));
            multitext(portal, type, "Email", "EMAIL", List.of("WORK", "PRIV", "OTHER"));
            text(portal, type, "Комментарий");
        }
        text(portal, EntityType.LEADS, "Источник звонка");
        text(portal, EntityType.LEADS, "Линия");
    }

    private static void account(AmoPortal portal) {
        long id = 28_805_383L + Math.floorMod(portal.name().hashCode(), 1_000_000);
        portal.account()
                .put("id", id)
                .put("name", portal.name())
                .put("subdomain", portal.name())
                .put("created_at", 1_700_000_000)
                .put("created_by", 0)
                .put("updated_at", 1_700_000_000)
                .put("updated_by", 1)
                .put("current_user_id", 1)
                .put("country", "RU")
                .put("currency", "RUB")
                .put("currency_symbol", "₽")
                .put("customers_mode", "unavailable")
                .put("is_unsorted_on", true)
                .put("mobile_feature_version", 0)
                .put("is_loss_reason_enabled", true)
                .put("is_helpbot_enabled", false)
                .put("is_technical_account", false)
                .put("contact_name_display_order", 1)
                .put("is_paid", true)
                .put("amojo_id", "f3c6340d-410e-4ad1-9f7e-c5e663599909")
                .put("version", 11)
                .put("drive_url", portal.address() + "/drive");
    }

    private static void user(
            AmoPortal portal, long id, String name, boolean admin, boolean active) {
        ObjectNode row =
                Json.object()
                        .put("id", id)
                        .put("name", name)
                        .put("email", name.toLowerCase().replace(' ', '.') + "@example.com")
                        .put("lang", "ru");
        ObjectNode rights = row.putObject("rights");
        for (String entity : List.of("leads", "contacts", "companies", "tasks")) {
            ObjectNode right = rights.putObject(entity);
            List.of("view", "edit", "add", "delete", "export").forEach(r -> right.put(r, "A"));
        }
        rights.put("mail_access", false)
                .put("catalog_access", false)
                .put("is_admin", admin)
                .put("is_free", false)
                .put("is_active", active)
                .putNull("group_id")
                .putNull("role_id");
        portal.users().add(row);
    }

    private static void pipeline(
            AmoPortal portal, long id, String name, boolean main, long firstStatus) {
        ObjectNode row =
                Json.object()
                        .put("id", id)
                        .put("name", name)
                        .put("sort", main ? 1 : 2)
                        .put("is_main", main)
                        .put("is_unsorted_on", true)
                        .put("is_archive", false)
                        .put("account_id", portal.accountId());
        ArrayNode statuses = row.putObject("_embedded").putArray("statuses");
        status(statuses, row, firstStatus, "Неразобранное", 1);
        status(statuses, row, firstStatus + 3, "Первичный контакт", 0);
        status(statuses, row, firstStatus + 6, "Переговоры", 0);
        status(statuses, row, firstStatus + 9, "Принимают решение", 0);
        status(statuses, row, 142, "Успешно реализовано", 0);
        status(statuses, row, 143, "Закрыто и не реализовано", 0);
        portal.pipelines().add(row);
    }

    private static void status(
            ArrayNode into, ObjectNode pipeline, long id, String name, int type) {
        boolean closed = EntityRow.CLOSED.contains((int) id);
        into.addObject()
                .put("id", id)
                .put("name", name)
                .put("sort", closed ? 10_000 + 10 * (id - 142) : (into.size() + 1) * 10L)
                .put("is_editable", type == 0 && !closed)
                .put("pipeline_id", pipeline.path("id").asLong())
                .put("color", "#fffeb2")
                .put("type", type)
                .put("account_id", pipeline.path("account_id").asLong());
    }

    private static void multitext(
            AmoPortal portal, EntityType type, String name, String code, List<String> enums) {
        ObjectNode field = field(portal, type, name, "multitext");
        field.put("code", code);
        ArrayNode choices = field.putArray("enums");
        for (String value : enums) {
            choices.addObject()
                    .put("id", field.path("id").asLong() * 100 + choices.size())
                    .put("value", value)
                    .put("sort", choices.size() * 10);
        }
    }

    private static void text(AmoPortal portal, EntityType type, String name) {
        field(portal, type, name, "text").putNull("code").putNull("enums");
    }

    private static ObjectNode field(AmoPortal portal, EntityType type, String name, String kind) {
        ObjectNode row =
                Json.object()
                        .put("name", name)
                        .put("type", kind)
                        .put("account_id", portal.accountId())
                        .put("sort", 500)
                        .put("is_api_only", false)
                        .put("entity_type", type.path());
        return portal.fields(type).add(row);
    }
}
