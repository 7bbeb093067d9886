package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Settings.Audience;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.model.Settings.Talker;

/** Reads {@link Settings} from JSON, with all that is wrong. */
public final class SettingsDocument {

    private SettingsDocument() {}

    /** What was read, usable only without faults. */
    public record Outcome(Settings settings, List<DocumentFault> faults) {}

    /**
     * Settings as given over a preset.
     *
     * @param preset the whole preset
     * @param given merge-patch (RFC 7396) over it
     */
    public static Outcome read(JsonNode preset, JsonNode given) {
        DocumentReader reader = DocumentReader.of(mergePatch(preset, given));
        Settings settings = read(reader);
        return new Outcome(settings, reader.faults());
    }

    private static Settings read(DocumentReader in) {
        DocumentReader popup = in.object("popup");
        DocumentReader record = in.object("record");
        DocumentReader entities = in.object("entities");
        DocumentReader responsible = in.object("responsible");
        DocumentReader recordings = in.object("recordings");
        Settings settings =
                new Settings(
                        new Settings.Popup(
                                popup.flag("enabled", true),
                                popup.oneOf("audience", Audience.class, Audience.RINGING),
                                popup.flag("outgoing", true)),
                        new Settings.Record(
                                record.flag("incoming", true),
                                record.flag("outgoing", true),
                                missedWithoutEmployee(record.object("missedWithoutEmployee"))),
                        new Settings.Entities(
                                entities.oneOf("createBy", CreateBy.class, CreateBy.PORTAL),
                                entities.flag("incomingDirect", true),
                                entities.flag("incomingMultichannel", true),
                                entities.flag("outgoing", true)),
                        new Settings.Responsible(
                                responsible.optionalText("missed"),
                                responsible.optionalText("incomingDefault"),
                                responsible.optionalText("outgoingDefault"),
                                responsible.oneOf("talker", Talker.class, Talker.FIRST)),
                        new Settings.Recordings(recordings.flag("send", true)));
        List.of(popup, record, entities, responsible, recordings, in)
                .forEach(DocumentReader::refuseUnknown);
        return settings;
    }

    /** T13: the switch needs a user. */
    private static Optional<String> missedWithoutEmployee(DocumentReader in) {
        boolean enabled = in.flag("enabled", false);
        Optional<String> user = in.optionalText("user");
        in.refuseUnknown();
        if (enabled && user.isEmpty()) {
            in.fault("user", "is missing", "name the CRM user who gets these calls, or switch off");
        }
        return enabled ? user : Optional.empty();
    }

    /** RFC 7396. */
    static JsonNode mergePatch(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged =
                target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.fields()
                .forEachRemaining(
                        e -> {
                            if (e.getValue().isNull()) {
                                merged.remove(e.getKey());
                            } else {
                                merged.set(
                                        e.getKey(),
                                        mergePatch(merged.path(e.getKey()), e.getValue()));
                            }
                        });
        return merged;
    }
}
