package org.trunkline.pbx.asterisk.internal.ami;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An action to send, without its ActionID, which the connection gives.
 *
 * @param name e.g. {@code CoreShowChannels}
 * @param fields in order; a key may repeat ({@code Variable})
 */
public record AmiAction(String name, List<Map.Entry<String, String>> fields) {

    /**
     * @throws IllegalArgumentException if a key or value holds a line break: what follows it would
     *     be read by Asterisk as a header of its own
     */
    public AmiAction {
        fields = List.copyOf(fields);
        refuseLineBreak(name);
        for (Map.Entry<String, String> field : fields) {
            refuseLineBreak(field.getKey());
            refuseLineBreak(field.getValue());
        }
    }

    /** Key and value in turn. */
    public static AmiAction of(String name, String... keysAndValues) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            fields.add(Map.entry(keysAndValues[i], keysAndValues[i + 1]));
        }
        return new AmiAction(name, fields);
    }

    byte[] bytes(String actionId) {
        StringBuilder text = new StringBuilder(128);
        text.append("Action: ").append(name).append("\r\nActionID: ").append(actionId);
        for (Map.Entry<String, String> field : fields) {
            text.append("\r\n").append(field.getKey()).append(": ").append(field.getValue());
        }
        return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void refuseLineBreak(String text) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("line break in an AMI action's field");
        }
    }

    /** Without values: they may hold a secret or a client's number. */
    @Override
    public String toString() {
        return "AmiAction " + name;
    }
}
