package org.trunkline.sandbox.ami;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The channels that exist at this moment of the replay, for CoreShowChannels. */
final class LiveChannels {
    /** What a snapshot of a channel shows, in Asterisk's order. */
    private static final List<String> SNAPSHOT =
            List.of(
                    "Channel",
                    "ChannelState",
                    "ChannelStateDesc",
                    "CallerIDNum",
                    "CallerIDName",
                    "ConnectedLineNum",
                    "ConnectedLineName",
                    "Language",
                    "AccountCode",
                    "Context",
                    "Exten",
                    "Priority",
                    "Uniqueid",
                    "Linkedid");

    private record Live(Map<String, String> headers, Instant since) {}

    private final Map<String, Live> byUniqueid = new LinkedHashMap<>();

    synchronized void see(AmiMessage event, Instant now) {
        String id = event.text("Uniqueid");
        if (id.isEmpty()) {
            return;
        }
        if (event.isEvent("Newchannel")) {
            byUniqueid.put(id, new Live(new LinkedHashMap<>(), now));
        }
        Live live = byUniqueid.get(id);
        if (live == null) {
            return;
        }
        for (String name : SNAPSHOT) {
            event.get(name).ifPresent(value -> live.headers().put(name, value));
        }
        switch (event.text("Event")) {
            case "Newexten" -> {
                live.headers().put("Application", event.text("Application"));
                live.headers().put("ApplicationData", event.text("AppData"));
            }
            case "BridgeEnter" -> live.headers().put("BridgeId", event.text("BridgeUniqueid"));
            case "BridgeLeave" -> live.headers().remove("BridgeId");
            case "Hangup" -> byUniqueid.remove(id);
            default -> {}
        }
    }

    /** One CoreShowChannel event each. */
    synchronized List<AmiMessage> show(Instant now) {
        List<AmiMessage> out = new ArrayList<>();
        for (Live live : byUniqueid.values()) {
            List<String> lines = new ArrayList<>();
            lines.add("Event: CoreShowChannel");
            for (String name : SNAPSHOT) {
                lines.add(name + ": " + live.headers().getOrDefault(name, ""));
            }
            for (String name : List.of("Application", "ApplicationData")) {
                lines.add(name + ": " + live.headers().getOrDefault(name, ""));
            }
            Duration age = Duration.between(live.since(), now);
            lines.add(
                    String.format(
                            "Duration: %02d:%02d:%02d",
                            age.toHours(), age.toMinutesPart(), age.toSecondsPart()));
            lines.add("BridgeId: " + live.headers().getOrDefault("BridgeId", ""));
            out.add(new AmiMessage(lines));
        }
        return out;
    }

    synchronized List<String> names() {
        return byUniqueid.values().stream()
                .map(live -> live.headers().getOrDefault("Channel", ""))
                .toList();
    }

    synchronized boolean has(String channel) {
        return names().contains(channel);
    }

    /** A dead PBX has no channels. */
    synchronized void clear() {
        byUniqueid.clear();
    }
}
