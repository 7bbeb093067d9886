package org.trunkline.sandbox.bitrix;

import java.util.Locale;
import java.util.Map;

/** Field names of {@code crm.item.*} (camelCase) and of the classic methods (upper case). */
final class ItemNames {
    private static final Map<String, String> COMMON =
            Map.of(
                    "DATE_CREATE", "createdTime",
                    "DATE_MODIFY", "updatedTime",
                    "CREATED_BY_ID", "createdBy",
                    "MODIFY_BY_ID", "updatedBy",
                    "STAGE_SEMANTIC_ID", "stageSemanticId",
                    "STATUS_SEMANTIC_ID", "stageSemanticId");

    private ItemNames() {}

    static String toItem(EntityKind kind, String classic) {
        if (kind == EntityKind.LEAD && classic.equals("STATUS_ID")) {
            return "stageId";
        }
        String known = COMMON.get(classic);
        return known == null ? camel(classic) : known;
    }

    static String toClassic(EntityKind kind, String item) {
        if (item.equals("stageId")) {
            return kind.stageField();
        }
        if (item.equals("stageSemanticId")) {
            return kind.semanticField();
        }
        return COMMON.entrySet().stream()
                .filter(e -> e.getValue().equals(item))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> snake(item));
    }

    /** UF_CRM_1_X and SOURCE_DESCRIPTION become ufCrm1X and sourceDescription. */
    private static String camel(String classic) {
        StringBuilder out = new StringBuilder();
        for (String word : classic.toLowerCase(Locale.ROOT).split("_")) {
            if (out.isEmpty()) {
                out.append(word);
            } else if (!word.isEmpty()) {
                out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return out.toString();
    }

    private static String snake(String item) {
        if (item.equals(item.toUpperCase(Locale.ROOT))) {
            return item;
        }
        String words = item.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        return item.startsWith("ufCrm")
                ? words.replaceAll("(\\d+)", "_$1_").replace("__", "_")
                : words;
    }
}
