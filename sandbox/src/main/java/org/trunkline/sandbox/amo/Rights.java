package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;

/** What the owner of a token may see and do: A everything, M what he answers for, D nothing. */
final class Rights {
    private Rights() {}

    /** Whether a user may do {@code action} (view, edit, add) with this very row. */
    static boolean allow(
            AmoPortal portal, String user, EntityType type, String action, JsonNode row) {
        String right = right(portal, user, type, action);
        return right.equals("A")
                || (right.equals("M") && row.path("responsible_user_id").asText().equals(user));
    }

    /**
     * @throws ApiFault 403 when the user may not do it with any row
     */
    static void demand(ApiCall call, EntityType type, String action) throws ApiFault {
        if (right(call.portal(), call.user(), type, action).equals("D")) {
            throw ApiFault.forbidden();
        }
    }

    private static String right(AmoPortal portal, String user, EntityType type, String action) {
        if (portal.isAdmin(user)) {
            return "A";
        }
        return portal.users()
                .get(user)
                .map(row -> row.at("/rights/" + type.path() + "/" + action).asText("A"))
                .orElse("D");
    }
}
