package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.PhpParams;

/** Which calls a request asks to show, for the ledger; whether they are shown is not known here. */
final class AskedCards {
    private static final String REGISTER = "telephony.externalcall.register";
    private static final String SHOW = "telephony.externalcall.show";

    /** A batch may show the call that an earlier command of it registers. */
    private static final Pattern REFERENCE = Pattern.compile("\\$result\\[([^]]*)].*");

    private static final Caller NOBODY = new Caller("", false, "", "");

    private AskedCards() {}

    /** The clients' numbers as they were given, in order. */
    static List<String> of(Portal portal, String method, ObjectNode params) {
        Map<String, RestCall> calls = new LinkedHashMap<>();
        if (MethodTable.key(method).equals("batch")) {
            Batch.commands(params).forEach((key, text) -> calls.put(key, command(portal, text)));
        } else {
            calls.put("", new RestCall(portal, method, params, NOBODY));
        }
        return calls.values().stream()
                .flatMap(call -> number(call, calls).stream())
                .distinct()
                .toList();
    }

    private static RestCall command(Portal portal, String text) {
        int query = text.indexOf('?');
        ObjectNode params = PhpParams.parse(query < 0 ? "" : text.substring(query + 1));
        return new RestCall(portal, Batch.method(text), params, NOBODY);
    }

    private static Optional<String> number(RestCall call, Map<String, RestCall> all) {
        return switch (MethodTable.key(call.method())) {
            case REGISTER ->
                    call.flag("SHOW", true)
                            ? Optional.of(call.text("PHONE_NUMBER"))
                            : Optional.empty();
            case SHOW -> registered(call.portal(), call.text("CALL_ID"), all);
            default -> Optional.empty();
        };
    }

    private static Optional<String> registered(
            Portal portal, String callId, Map<String, RestCall> all) {
        Matcher reference = REFERENCE.matcher(callId);
        return reference.matches()
                ? Optional.ofNullable(all.get(reference.group(1)))
                        .map(register -> register.text("PHONE_NUMBER"))
                : portal.calls().open(callId).map(open -> Json.text(open.row(), "PHONE_NUMBER"));
    }
}
