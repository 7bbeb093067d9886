package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Table;

/** {@code _state}: all a portal holds as one document, and the seeding of any part of it. */
final class PortalState {
    private static final Set<String> READ_ONLY =
            Set.of("name", "address", "faults", "struck", "tokens");

    private PortalState() {}

    static ObjectNode read(Portal portal) {
        synchronized (portal) {
            ObjectNode out = Json.object();
            out.put("name", portal.name()).put("address", portal.address());
            out.put("mode", portal.mode().stateName());
            out.set("users", portal.users().copy());
            out.set("pipelines", portal.pipelines().categories().deepCopy());
            out.set("leadStages", portal.pipelines().leadStages().deepCopy());
            out.set("sources", portal.pipelines().sources().deepCopy());
            out.set("userFields", portal.userFields().deepCopy());
            out.set("contacts", portal.entities(EntityKind.CONTACT).copy());
            out.set("companies", portal.entities(EntityKind.COMPANY).copy());
            out.set("leads", portal.entities(EntityKind.LEAD).copy());
            out.set("deals", portal.entities(EntityKind.DEAL).copy());
            out.set("activities", portal.activities().copy());
            // Of amoCRM; here so that a reader of both finds the same keys.
            out.putArray("unsorted");
            out.putArray("notes");
            out.putArray("tasks");
            out.set("calls", portal.calls().copy());
            out.set("records", portal.records().copy());
            out.set("transcripts", portal.transcripts().copy());
            out.set("lines", portal.lines().copy());
            out.set("cards", portal.cards().deepCopy());
            out.set("notifications", portal.notifications().copy());
            ArrayNode exceptions = out.putArray("exceptions");
            portal.exceptions().forEach(exceptions::add);
            out.set("handlers", portal.handlers().copy());
            out.set("offline", portal.offline().copy());
            out.set("webhooks", portal.webhooks().copy());
            out.set("placements", portal.placements().copy());
            out.set("openLines", portal.openLines().lines().copy());
            out.set("chats", portal.openLines().chats().copy());
            out.set("chatMessages", portal.openLines().messages().copy());
            out.set("storages", portal.disk().storages().copy());
            out.set("files", portal.disk().objects().copy());
            out.set("ledger", portal.ledger().documents());
            out.set("faults", portal.faults().documents(portal.now()));
            out.set("struck", portal.faults().struck());
            knobs(portal, out);
            return out;
        }
    }

    private static void knobs(Portal portal, ObjectNode out) {
        out.putObject("clock")
                .put("factor", portal.clock().factor())
                .put("offsetSeconds", portal.clock().offset().toSeconds());
        out.put("errorStyle", portal.errorStyle().name().toLowerCase(Locale.ROOT));
        out.putObject("bucket")
                .put("enabled", portal.bucket().enabled())
                .put("limit", portal.bucket().limit())
                .put("leakPerSecond", portal.bucket().leakPerSecond())
                .put("refused", portal.bucket().refused());
        ObjectNode spent =
                out.putObject("operating")
                        .put("enabled", portal.operating().enabled())
                        .put("limitSeconds", portal.operating().limitSeconds())
                        .put("refused", portal.operating().refused())
                        .putObject("spent");
        portal.operating().spent(portal.now()).forEach(spent::put);
        out.put("tokenSeconds", portal.tokens().life().toSeconds());
        out.put("timeoutSeconds", portal.requestLimit().toMillis() / 1000.0);
        out.put("missedStaysOpen", portal.missedStaysOpen());
        out.put("attachInBatch", portal.attachInBatch());
        out.put("firewalled", portal.firewalled());
        ArrayNode absent = out.putArray("absent");
        portal.absent().forEach(absent::add);
        out.put("scope", portal.scope());
        out.put("movedTo", portal.movedTo().orElse(""));
    }

    /**
     * Replaces the parts that are given.
     *
     * @throws BadRequest naming the key that can't be taken; nothing has changed then but keys
     *     before it
     */
    static void write(Portal portal, JsonNode given) {
        synchronized (portal) {
            given.properties().forEach(part -> write(portal, part.getKey(), part.getValue()));
        }
    }

    private static void write(Portal portal, String key, JsonNode value) {
        switch (key) {
            case "mode" -> portal.mode(CrmMode.parse(value.asText()));
            case "users" -> portal.users().replace(value);
            case "pipelines" -> portal.pipelines().categories(value);
            case "leadStages" -> portal.pipelines().leadStages(value);
            case "sources" -> portal.pipelines().sources(value);
            case "userFields" -> {
                portal.userFields().removeAll();
                portal.userFields().setAll((ObjectNode) value.deepCopy());
            }
            case "contacts" -> seed(portal, EntityKind.CONTACT, value);
            case "companies" -> seed(portal, EntityKind.COMPANY, value);
            case "leads" -> seed(portal, EntityKind.LEAD, value);
            case "deals" -> seed(portal, EntityKind.DEAL, value);
            case "activities" -> portal.activities().replace(value);
            case "calls" -> portal.calls().replace(value);
            case "records" -> portal.records().replace(value);
            case "transcripts" -> portal.transcripts().replace(value);
            case "lines" -> portal.lines().replace(value);
            case "notifications" -> portal.notifications().replace(value);
            case "handlers" -> portal.handlers().replace(value);
            case "offline" -> portal.offline().replace(value);
            case "webhooks" -> portal.webhooks().replace(value);
            case "placements" -> portal.placements().replace(value);
            case "openLines" -> portal.openLines().lines().replace(value);
            case "chats" -> portal.openLines().chats().replace(value);
            case "chatMessages" -> portal.openLines().messages().replace(value);
            case "storages" -> portal.disk().storages().replace(value);
            case "files" -> portal.disk().objects().replace(value);
            case "cards" -> portal.cards().removeAll();
            case "ledger" -> portal.ledger().clear();
            case "exceptions" -> {
                portal.exceptions().clear();
                value.forEach(n -> portal.exceptions().add(PhoneNumbers.normalise(n.asText())));
            }
            default -> knob(portal, key, value);
        }
    }

    private static void knob(Portal portal, String key, JsonNode value) {
        switch (key) {
            case "clock" -> {
                // "a factor in _state.clock": the bare number is taken as well.
                if (value.isNumber()) {
                    portal.clock().scale(value.asDouble());
                } else {
                    portal.clock().scale(value.path("factor").asDouble(portal.clock().factor()));
                    long offset = portal.clock().offset().toSeconds();
                    long shift = value.path("offsetSeconds").asLong(offset);
                    portal.clock().shift(Duration.ofSeconds(shift));
                }
            }
            case "errorStyle" -> portal.errorStyle(style(value.asText()));
            case "bucket" ->
                    portal.bucket()
                            .configure(
                                    value.path("enabled").asBoolean(portal.bucket().enabled()),
                                    value.path("limit").asDouble(portal.bucket().limit()),
                                    value.path("leakPerSecond")
                                            .asDouble(portal.bucket().leakPerSecond()));
            case "operating" ->
                    portal.operating()
                            .configure(
                                    value.path("enabled").asBoolean(portal.operating().enabled()),
                                    value.path("limitSeconds")
                                            .asDouble(portal.operating().limitSeconds()));
            case "tokenSeconds" -> portal.tokens().live(Duration.ofSeconds(value.asLong()));
            case "timeoutSeconds" ->
                    portal.requestLimit(Duration.ofMillis((long) (value.asDouble() * 1000)));
            case "missedStaysOpen" -> portal.missedStaysOpen(value.asBoolean());
            case "firewalled" -> portal.firewalled(value.asBoolean());
            case "absent" -> {
                Set<String> methods = new HashSet<>();
                value.forEach(name -> methods.add(MethodTable.key(name.asText())));
                portal.absent(methods);
            }
            case "attachInBatch" -> portal.attachInBatch(value.asBoolean());
            case "scope" -> portal.scope(value.asText());
            case "movedTo" ->
                    portal.movedTo(Optional.of(value.asText("")).filter(text -> !text.isEmpty()));
            default -> {
                if (!READ_ONLY.contains(key)
                        && !Set.of("unsorted", "notes", "tasks").contains(key)) {
                    throw new BadRequest("/" + key + ": no such part of a portal's state");
                }
            }
        }
    }

    private static void seed(Portal portal, EntityKind kind, JsonNode rows) {
        Table table = portal.entities(kind);
        table.replace(rows);
        table.all().forEach(row -> EntityWriter.complete(portal, kind, row, "1"));
    }

    private static RestFault.ErrorStyle style(String text) {
        return switch (text) {
            case "docs" -> RestFault.ErrorStyle.DOCS;
            case "live" -> RestFault.ErrorStyle.LIVE;
            default -> throw new BadRequest("/errorStyle: \"" + text + "\" is none of docs, live");
        };
    }
}
