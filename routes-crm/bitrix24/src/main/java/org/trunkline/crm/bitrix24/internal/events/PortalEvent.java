package org.trunkline.crm.bitrix24.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event as a portal tells it, over HTTP or out of its queue.
 *
 * @param name in upper case
 * @param data by name, inner names after a dot: {@code FIELDS.ID}
 * @param sentAt when the portal told it; empty where it does not say
 * @param message the queue's id of it; empty if it came over HTTP
 */
record PortalEvent(
        String name, Map<String, String> data, Optional<Instant> sentAt, Optional<String> message) {

    static final String CLICK = "ONEXTERNALCALLSTART";
    static final String CALLBACK = "ONEXTERNALCALLBACKSTART";

    private static final Pattern FIELD = Pattern.compile("data\\[(.+)]");

    PortalEvent {
        name = name.toUpperCase(Locale.ROOT);
        data = Map.copyOf(data);
    }

    /**
     * @param fields of the form, such as {@code data[PHONE_NUMBER]}
     */
    static PortalEvent ofForm(String name, Map<String, String> fields) {
        Map<String, String> data = new HashMap<>();
        fields.forEach(
                (field, value) -> {
                    Matcher inner = FIELD.matcher(field);
                    if (inner.matches()) {
                        data.put(inner.group(1).replace("][", "."), value);
                    }
                });
        Optional<Instant> sent =
                Optional.ofNullable(fields.get("ts"))
                        .filter(ts -> ts.matches("[0-9]{1,12}"))
                        .map(ts -> Instant.ofEpochSecond(Long.parseLong(ts)));
        return new PortalEvent(name, data, sent, Optional.empty());
    }

    /**
     * @param data {@code EVENT_DATA}; an empty list, as PHP writes an empty map, holds nothing
     */
    static PortalEvent ofQueue(
            String name, JsonNode data, Optional<Instant> sentAt, String message) {
        Map<String, String> flat = new HashMap<>();
        flatten("", data, flat);
        return new PortalEvent(name, flat, sentAt, Optional.of(message));
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        node.fields()
                .forEachRemaining(
                        field -> {
                            if (field.getValue().isObject()) {
                                flatten(prefix + field.getKey() + ".", field.getValue(), into);
                            } else if (field.getValue().isValueNode()
                                    && !field.getValue().isNull()) {
                                into.put(prefix + field.getKey(), field.getValue().asText());
                            }
                        });
    }

    /** A value that is there and not blank. */
    Optional<String> text(String field) {
        return Optional.ofNullable(data.get(field)).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** Whether it waited longer; in a queue it may have waited for days. */
    boolean waited(Duration limit, Instant now) {
        return sentAt.map(sent -> sent.plus(limit).isBefore(now)).orElse(message.isPresent());
    }

    /** The number, best with its country code. */
    Optional<String> number() {
        return text("PHONE_NUMBER_INTERNATIONAL").or(() -> text("PHONE_NUMBER"));
    }

    /** Never the values: they are people's. */
    @Override
    public String toString() {
        return name + data.keySet();
    }
}
