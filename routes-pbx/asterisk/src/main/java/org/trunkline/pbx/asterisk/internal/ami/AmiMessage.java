package org.trunkline.pbx.asterisk.internal.ami;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One AMI message: an event or a response. Keys are compared without regard to case (Asterisk
 * writes {@code Uniqueid} here and {@code UniqueID} there) and may repeat ({@code ChanVariable}).
 *
 * @param fields in the order of the wire
 */
public record AmiMessage(List<Map.Entry<String, String>> fields) {

    public AmiMessage {
        fields = List.copyOf(fields);
    }

    /** Builds a message from key and value in turn; for tests and snapshots. */
    public static AmiMessage of(String... keysAndValues) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            fields.add(Map.entry(keysAndValues[i], keysAndValues[i + 1]));
        }
        return new AmiMessage(fields);
    }

    /** The first value of the key; empty if the message has none. */
    public String get(String key) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(key)) {
                return field.getValue();
            }
        }
        return "";
    }

    /** The event's name; empty if this is a response. */
    public String event() {
        return get("Event");
    }

    /** An answer to an action; event OriginateResponse has a header of that name too. */
    public boolean isResponse() {
        return !get("Response").isEmpty() && event().isEmpty();
    }

    public boolean isSuccess() {
        String response = get("Response").toLowerCase(Locale.ROOT);
        return response.equals("success") || response.equals("follows") || response.equals("pong");
    }

    public String actionId() {
        return get("ActionID");
    }

    /** The message as Asterisk wrote it, without the empty line at its end. */
    public String text() {
        StringBuilder text = new StringBuilder(fields.size() * 32);
        for (Map.Entry<String, String> field : fields) {
            text.append(field.getKey()).append(": ").append(field.getValue()).append('\n');
        }
        return text.toString();
    }
}
