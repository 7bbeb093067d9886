package org.trunkline.sandbox.bitrix;

import java.util.List;
import java.util.Map;

/** Which of the application's scopes opens a method. */
final class Scopes {
    /** By the first word of a method's name, in lower case; others are open to everybody. */
    private static final Map<String, List<String>> BY_WORD =
            Map.of(
                    "telephony", List.of("telephony"),
                    "voximplant", List.of("telephony"),
                    "crm", List.of("crm"),
                    "user", List.of("user", "user_basic", "user_brief"),
                    "im", List.of("im"),
                    "imopenlines", List.of("imopenlines"),
                    "disk", List.of("disk"),
                    "placement", List.of("placement"));

    private Scopes() {}

    /**
     * @throws RestFault when the application was not given what the method needs
     */
    static void check(RestCall call) throws RestFault {
        String word = MethodTable.key(call.method()).split("\\.", 2)[0];
        List<String> opening = BY_WORD.getOrDefault(word, List.of());
        List<String> given = List.of(call.portal().scope().split("\\s*,\\s*"));
        if (!opening.isEmpty() && opening.stream().noneMatch(given::contains)) {
            throw new RestFault(
                    403,
                    "insufficient_scope",
                    "The request requires higher privileges than provided by the "
                            + (call.caller().webhook() ? "webhook" : "access")
                            + " token");
        }
    }
}
