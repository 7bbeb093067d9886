package org.trunkline.sandbox.bitrix;

import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** {@code telephony.externalCall.show} and {@code hide}, and the ledger of cards. */
final class TelephonyCards {
    private TelephonyCards() {}

    static void add(MethodTable table) {
        table.add("telephony.externalCall.show", call -> run(call, true));
        table.add("telephony.externalCall.hide", call -> run(call, false));
    }

    /** Pops the card up; a dismissed user has no screen to see it on. */
    static void show(Portal portal, CallBook.Open call, String user) {
        if (portal.users().get(user).filter(UserLookup::active).isPresent()) {
            call.shownTo().add(user);
            note(portal, user, call, "show");
        }
    }

    /** Takes the card away where it stands. */
    static void hide(Portal portal, CallBook.Open call, String user) {
        if (call.shownTo().remove(user)) {
            note(portal, user, call, "hide");
        }
    }

    static void hideAll(Portal portal, CallBook.Open call) {
        List.copyOf(call.shownTo()).forEach(user -> hide(portal, call, user));
    }

    private static RestResult run(RestCall call, boolean show) {
        Portal portal = call.portal();
        Optional<CallBook.Open> open = portal.calls().open(call.text("CALL_ID"));
        if (open.isEmpty()) {
            return RestResult.of(false);
        }
        List<String> given = call.texts("USER_ID");
        List<String> users = given.isEmpty() ? List.of(open.get().registeredBy()) : given;
        for (String user : users) {
            if (show) {
                show(portal, open.get(), user);
            } else {
                hide(portal, open.get(), user);
            }
        }
        return RestResult.of(true);
    }

    private static void note(Portal portal, String user, CallBook.Open call, String action) {
        portal.cards()
                .addObject()
                .put("at", portal.clock().stamp())
                .put("user", user)
                .put("call", call.callId())
                .put("action", action)
                .put("phone", Json.text(call.row(), "PHONE_NUMBER"));
    }
}
