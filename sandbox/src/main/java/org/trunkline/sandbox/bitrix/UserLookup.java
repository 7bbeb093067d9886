package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** Finds the user a telephony method names. */
final class UserLookup {
    private UserLookup() {}

    /** By USER_ID, else by USER_PHONE_INNER; dismissed users do not count. */
    static ObjectNode required(RestCall call) throws RestFault {
        String id = call.text("USER_ID");
        String extension = call.text("USER_PHONE_INNER");
        if (id.isEmpty() && extension.isEmpty()) {
            throw RestFault.core("USER_ID or USER_PHONE_INNER should be set");
        }
        Optional<ObjectNode> user =
                id.isEmpty()
                        ? byExtension(call.portal(), extension)
                        : call.portal().users().get(id);
        return user.filter(UserLookup::active)
                .orElseThrow(() -> RestFault.core("User is not found or is not active"));
    }

    static boolean active(ObjectNode user) {
        return user.path("ACTIVE").asBoolean(!user.path("ACTIVE").asText().equals("N"));
    }

    /** Whether the number is a colleague's: such calls make no leads. */
    static boolean isLocal(Portal portal, String normalised) {
        return portal.users().all().stream()
                .anyMatch(
                        user ->
                                has(user, "WORK_PHONE", normalised)
                                        || has(user, "PERSONAL_PHONE", normalised)
                                        || has(user, "PERSONAL_MOBILE", normalised)
                                        || has(user, "UF_PHONE_INNER", normalised));
    }

    private static boolean has(ObjectNode user, String field, String normalised) {
        String number = PhoneNumbers.normalise(Json.text(user, field));
        return !number.isEmpty() && number.equals(normalised);
    }

    private static Optional<ObjectNode> byExtension(Portal portal, String extension) {
        return portal.users().all().stream()
                .filter(user -> Json.text(user, "UF_PHONE_INNER").equals(extension))
                .filter(UserLookup::active)
                .findFirst();
    }
}
