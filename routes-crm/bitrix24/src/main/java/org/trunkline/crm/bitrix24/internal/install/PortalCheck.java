package org.trunkline.crm.bitrix24.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection.Check;
import org.trunkline.model.PortalConnection.CheckItem;

/** Asks a portal what people would otherwise find out from failures (rules T1, T5, O17). */
final class PortalCheck {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** What the hub's methods need; {@code user} stands in for {@code user_basic}. */
    private static final List<String> NEEDED =
            List.of("telephony", "crm", "user_basic", "placement", "im");

    /** What calls, lines and events need of the modules telephony, crm, rest and im. */
    private static final List<String> METHODS =
            List.of(
                    "telephony.externalCall.register",
                    "telephony.externalCall.attachRecord",
                    "telephony.externalLine.add",
                    "crm.item.add",
                    "event.bind",
                    "event.offline.get",
                    "im.notify.system.add");

    private final PortalAccess access;
    private final Reach reach;
    private final Portal portal;
    private final Words words;

    PortalCheck(PortalAccess access, Reach reach, Portal portal, Words words) {
        this.access = access;
        this.reach = reach;
        this.portal = portal;
        this.words = words;
    }

    /** The way back, from the portal to the hub (rule T5). */
    interface Reach {
        /** The hub's address for events; empty: the hub asks for them. */
        Optional<String> address();

        /** Whether the portal reaches it. Blocks. */
        boolean tried();
    }

    Check run() {
        List<CheckItem> items = new ArrayList<>();
        items.add(new CheckItem(words.get("portal"), portal.address().toString(), true));
        try {
            items.add(user(access.call("profile", Map.of())));
            items.add(application(access.call("app.info", Map.of())));
            Set<String> granted = new TreeSet<>();
            access.call("scope", Map.of()).forEach(scope -> granted.add(scope.asText()));
            items.add(new CheckItem(words.get("scopes"), String.join(", ", granted), true));
            List<String> missing = missing(granted);
            if (!missing.isEmpty()) {
                items.add(new CheckItem(words.get("missing"), String.join(", ", missing), false));
            }
            CheckItem methods = methods();
            items.add(methods);
            CheckItem way = way();
            items.add(way);
            access.lastContact().ifPresent(at -> items.add(contact(at)));
            boolean ok = items.stream().allMatch(CheckItem::ok);
            List<String> cures = new ArrayList<>();
            cures.add(missing.isEmpty() ? "" : words.get("cureScopes"));
            cures.add(methods.ok() ? "" : words.get("cureModules"));
            cures.add(way.ok() ? "" : words.get("cureReach", reach.address().orElse("")));
            String cure = String.join(" ", cures).strip().replaceAll(" +", " ");
            return new Check(ok, words.get(ok ? "well" : "troubled"), cure, items);
        } catch (Fault fault) {
            access.lastContact().ifPresent(at -> items.add(contact(at)));
            return new Check(false, words.get("broken", fault.getMessage()), fault.cure(), items);
        }
    }

    private static List<String> missing(Set<String> granted) {
        return NEEDED.stream()
                .filter(scope -> !granted.contains(scope))
                .filter(scope -> !scope.equals("user_basic") || !granted.contains("user"))
                .toList();
    }

    private CheckItem user(JsonNode profile) {
        String name =
                (profile.path("NAME").asText() + " " + profile.path("LAST_NAME").asText()).strip();
        boolean admin = profile.path("ADMIN").asBoolean();
        return new CheckItem(
                words.get("user"), words.get(admin ? "userAdmin" : "userPlain", name), admin);
    }

    private CheckItem application(JsonNode info) {
        boolean paid = !info.path("PAYMENT_EXPIRED").asText().equals("Y");
        boolean installed = info.path("INSTALLED").asBoolean(true);
        String state = !paid ? "unpaid" : installed ? "finished" : "unfinished";
        return new CheckItem(words.get("application"), words.get(state), paid && installed);
    }

    /**
     * A box may be older than what the hub calls. REST does not tell the versions of its modules;
     * that a method is there tells that they are new enough.
     */
    private CheckItem methods() {
        List<String> absent =
                METHODS.stream()
                        .filter(
                                method ->
                                        !access.call("method.get", Map.of("name", method))
                                                .path("isExisting")
                                                .asBoolean())
                        .toList();
        return absent.isEmpty()
                ? new CheckItem(words.get("methods"), words.get("methodsAll"), true)
                : new CheckItem(words.get("methodsMissing"), String.join(", ", absent), false);
    }

    private CheckItem way() {
        if (reach.address().isEmpty()) {
            return new CheckItem(words.get("reach"), words.get("reachQueue"), true);
        }
        boolean reached = reach.tried();
        String told = words.get(reached ? "reached" : "unreached", reach.address().get());
        return new CheckItem(words.get("reach"), told, reached);
    }

    private CheckItem contact(Instant at) {
        return new CheckItem(words.get("contact"), TIME.format(at), true);
    }
}
