package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.trunkline.sandbox.http.Json;

/** What stands in a portal on its first day. */
final class FreshPortal {
    private FreshPortal() {}

    static void fill(Portal portal) {
        user(portal, "1", "Admin", "Portal", "", true);
        user(portal, "7", "Ivan", "Petrov", "201", true);
        user(portal, "8", "Olga", "Sidorova", "202", true);
        user(portal, "9", "Petr", "Ivanov", "203", true);
        user(portal, "10", "Anna", "Novikova", "", true);
        user(portal, "11", "Boris", "Egorov", "209", false);
        portal.webhooks()
                .add(Json.object().put("USER_ID", "1").put("CODE", hex(portal.name(), "hook")));

        ObjectNode line = Json.object().put("ACTIVE", "Y").put("LINE_NAME", "Открытая линия");
        line.put("CRM", "Y").put("CRM_CREATE", "none").put("QUEUE_TYPE", "evenly");
        line.putArray("QUEUE").add("7").add("8");
        portal.openLines().lines().add(line);
        String today = portal.clock().nowText();
        portal.disk().storage("Общий диск", "common", "shared_files_s1", today);
        portal.disk().storage("Portal Admin", "user", "1", today);
        portal.disk().storage("Petrov Ivan", "user", "7", today);

        ArrayNode leads = Json.array();
        stage(leads, "NEW", "Не обработан", "");
        stage(leads, "IN_PROCESS", "В работе", "");
        stage(leads, "PROCESSED", "Обработан", "");
        stage(leads, "CONVERTED", "Качественный лид", "S");
        stage(leads, "JUNK", "Некачественный лид", "F");
        portal.pipelines().leadStages(leads);

        ArrayNode categories = Json.array();
        category(categories, 0, "Общая", "");
        category(categories, 1, "Повторные продажи", "C1:");
        portal.pipelines().categories(categories);

        ArrayNode sources = Json.array();
        stage(sources, "CALL", "Звонок", "");
        stage(sources, "CALLBACK", "Обратный звонок", "");
        stage(sources, "WEB", "Веб-сайт", "");
        stage(sources, "OTHER", "Другое", "");
        portal.pipelines().sources(sources);
    }

    /** The same secret for the same portal in every run. */
    static String hex(String portal, String what) {
        byte[] seed = (portal + "/" + what).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(seed).toString().replace("-", "");
    }

    private static void user(
            Portal portal, String id, String first, String last, String extension, boolean active) {
        portal.users()
                .add(
                        Json.object()
                                .put("ID", id)
                                .put("ACTIVE", active)
                                .put("NAME", first)
                                .put("LAST_NAME", last)
                                .put("EMAIL", first.toLowerCase() + "@example.com")
                                .put("WORK_PHONE", "")
                                .put("PERSONAL_PHONE", "")
                                .put("PERSONAL_MOBILE", "")
                                .put("UF_PHONE_INNER", extension)
                                .put("USER_TYPE", "employee")
                                .put("IS_ADMIN", id.equals("1"))
                                .put("TIMEMAN_STATUS", "OPENED"));
    }

    private static void category(ArrayNode into, int id, String name, String prefix) {
        ObjectNode category =
                into.addObject()
                        .put("id", id)
                        .put("name", name)
                        .put("sort", 300 + id)
                        .put("entityTypeId", 2)
                        .put("isDefault", id == 0 ? "Y" : "N")
                        .put("originId", "")
                        .put("originatorId", "");
        ArrayNode stages = category.putArray("stages");
        stage(stages, prefix + "NEW", "Новая", "");
        stage(stages, prefix + "PREPARATION", "Подготовка документов", "");
        stage(stages, prefix + "EXECUTING", "В работе", "");
        stage(stages, prefix + "WON", "Сделка успешна", "S");
        stage(stages, prefix + "LOSE", "Сделка провалена", "F");
    }

    private static void stage(ArrayNode into, String id, String name, String semantic) {
        into.addObject()
                .put("ID", Integer.toString(into.size() * 2 + 1))
                .put("STATUS_ID", id)
                .put("NAME", name)
                .put("SORT", Integer.toString(into.size() * 10))
                .put("SEMANTICS", semantic);
    }
}
