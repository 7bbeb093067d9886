package org.trunkline.crm.bitrix24.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/** Asks a portal what people would otherwise find out from failures (rules T1, T5, O17). */
final class PortalCheck {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** What the hub's methods need; {@code user} stands in for {@code user_basic}. */
    private static final List<String> NEEDED =
            List.of("telephony", "crm", "user_basic", "placement", "im");

    private final PortalAccess access;
    private final Portal portal;
    private final Words words;

    PortalCheck(PortalAccess access, Portal portal, Words words) {
        this.access = access;
        this.portal = portal;
        this.words = words;
    }

    /** One line of the report. */
    record Item(String name, String value, boolean ok) {}

    /**
     * The whole report.
     *
     * @param cure empty where nothing is to be done
     */
    record Report(boolean ok, String words, String cure, List<Item> items) {}

    Report run() {
        List<Item> items = new ArrayList<>();
        items.add(new Item(words.get("portal"), portal.address().toString(), true));
        try {
            items.add(user(access.call("profile", Map.of())));
            items.add(application(access.call("app.info", Map.of())));
            Set<String> granted = new TreeSet<>();
            access.call("scope", Map.of()).forEach(scope -> granted.add(scope.asText()));
            items.add(new Item(words.get("scopes"), String.join(", ", granted), true));
            List<String> missing = missing(granted);
            if (!missing.isEmpty()) {
                items.add(new Item(words.get("missing"), String.join(", ", missing), false));
            }
            access.lastContact().ifPresent(at -> items.add(contact(at)));
            boolean ok = items.stream().allMatch(Item::ok);
            String cure = missing.isEmpty() ? "" : words.get("cureScopes");
            return new Report(ok, words.get(ok ? "well" : "troubled"), cure, items);
        } catch (Fault fault) {
            access.lastContact().ifPresent(at -> items.add(contact(at)));
            return new Report(false, words.get("broken", fault.getMessage()), fault.cure(), items);
        }
    }

    private static List<String> missing(Set<String> granted) {
        return NEEDED.stream()
                .filter(scope -> !granted.contains(scope))
                .filter(scope -> !scope.equals("user_basic") || !granted.contains("user"))
                .toList();
    }

    private Item user(JsonNode profile) {
        String name =
                (profile.path("NAME").asText() + " " + profile.path("LAST_NAME").asText()).strip();
        boolean admin = profile.path("ADMIN").asBoolean();
        return new Item(
                words.get("user"), words.get(admin ? "userAdmin" : "userPlain", name), admin);
    }

    private Item application(JsonNode info) {
        boolean paid = !info.path("PAYMENT_EXPIRED").asText().equals("Y");
        boolean installed = info.path("INSTALLED").asBoolean(true);
        String state = !paid ? "unpaid" : installed ? "finished" : "unfinished";
        return new Item(words.get("application"), words.get(state), paid && installed);
    }

    private Item contact(Instant at) {
        return new Item(words.get("contact"), TIME.format(at), true);
    }
}
