package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** The list of channels that Asterisk would give after some events. */
final class ChannelList {
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final Map<String, Instant> born = new LinkedHashMap<>();

    private ChannelList() {}

    static List<AmiMessage> after(List<AmiMessage> heard, Instant now) {
        ChannelList list = new ChannelList();
        heard.forEach(list::hear);
        return list.messages(now);
    }

    private void hear(AmiMessage m) {
        String uniqueid = m.get("Uniqueid");
        switch (m.event()) {
            case "Newchannel" -> {
                rows.put(uniqueid, new LinkedHashMap<>(Map.of("Uniqueid", uniqueid)));
                born.put(uniqueid, AmiTime.of(m).orElseThrow());
                set(m, "Channel", "Linkedid", "Context", "Exten", "CallerIDNum");
            }
            case "NewCallerid" -> set(m, "CallerIDNum");
            case "NewConnectedLine" -> set(m, "ConnectedLineNum");
            case "Newexten" -> {
                set(m, "Context", "Application");
                put(uniqueid, "Exten", m.get("Extension"));
                put(uniqueid, "ApplicationData", m.get("AppData"));
            }
            case "BridgeEnter" -> put(uniqueid, "BridgeId", m.get("BridgeUniqueid"));
            case "BridgeLeave" -> {
                Map<String, String> row = rows.getOrDefault(uniqueid, Map.of());
                if (m.get("BridgeUniqueid").equals(row.get("BridgeId"))) {
                    put(uniqueid, "BridgeId", "");
                }
            }
            case "Hangup" -> rows.remove(uniqueid);
            default -> {
                // changes nothing in the list
            }
        }
    }

    private void set(AmiMessage m, String... keys) {
        for (String key : keys) {
            put(m.get("Uniqueid"), key, m.get(key));
        }
    }

    private void put(String uniqueid, String key, String value) {
        rows.computeIfPresent(
                uniqueid,
                (same, row) -> {
                    row.put(key, value);
                    return row;
                });
    }

    private List<AmiMessage> messages(Instant now) {
        List<AmiMessage> messages = new ArrayList<>();
        rows.forEach(
                (uniqueid, row) -> {
                    long age = Math.max(0, Duration.between(born.get(uniqueid), now).toSeconds());
                    List<Map.Entry<String, String>> fields = new ArrayList<>();
                    fields.add(Map.entry("Event", "CoreShowChannel"));
                    row.forEach((key, value) -> fields.add(Map.entry(key, value)));
                    fields.add(Map.entry("Duration", "00:00:%02d".formatted(Math.min(age, 59))));
                    messages.add(new AmiMessage(fields));
                });
        return messages;
    }
}
