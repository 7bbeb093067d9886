package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Settings.At;
import org.trunkline.model.Settings.Audience;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.model.Settings.Repeat;
import org.trunkline.model.Settings.Talker;

/** Reads {@link Settings} from JSON, with all that is wrong. */
public final class SettingsDocument {

    static final Duration LONGEST = Duration.ofDays(7);

    /** K4. */
    private static final Duration TASK_WITHIN = Duration.ofHours(1);

    private static final String NAMELESS = "Без имени";

    private final DocumentReader in;
    private final List<DocumentFault> warnings = new ArrayList<>();

    private SettingsDocument(DocumentReader in) {
        this.in = in;
    }

    /**
     * What was read, usable only without faults.
     *
     * @param warnings what is allowed but may surprise
     */
    public record Outcome(
            Settings settings, List<DocumentFault> faults, List<DocumentFault> warnings) {}

    /**
     * Settings as given over a preset.
     *
     * @param preset the whole preset
     * @param given merge-patch (RFC 7396) over it
     */
    public static Outcome read(JsonNode preset, JsonNode given) {
        DocumentReader reader = DocumentReader.of(mergePatch(preset, given));
        SettingsDocument document = new SettingsDocument(reader);
        Settings settings = document.read();
        return new Outcome(settings, reader.faults(), List.copyOf(document.warnings));
    }

    private Settings read() {
        Settings settings =
                new Settings(
                        popup(in.object("popup")),
                        record(in.object("record")),
                        entities(in.object("entities")),
                        responsible(in.object("responsible")),
                        saveAll(in.object("saveAll")),
                        onlySwitch("missedGroup", false),
                        filters(in.object("filters")),
                        in.list("templates", SettingsDocument::template),
                        pipelines(in.object("pipelines")),
                        fields(in.object("fields")),
                        recordings(in.object("recordings")),
                        onlySwitch("chat", false),
                        source(in.object("source")),
                        onlySwitch("speech", false),
                        notices(in.object("notify")),
                        CallingDocument.clickToCall(in.object("clickToCall")),
                        CallingDocument.callback(in.object("callback")),
                        CallingDocument.routing(in.object("routing")),
                        onlySwitch("otherTelephony", false));
        in.refuseUnknown();
        new SettingsLinks(settings, in, warnings).check();
        return settings;
    }

    private static Settings.Popup popup(DocumentReader in) {
        return closed(
                in,
                new Settings.Popup(
                        in.flag("enabled", true),
                        in.oneOf("audience", Audience.class, Audience.RINGING),
                        in.flag("outgoing", true)));
    }

    private static Settings.Record record(DocumentReader in) {
        return closed(
                in,
                new Settings.Record(
                        in.flag("incoming", true),
                        in.flag("outgoing", true),
                        in.oneOf("at", At.class, At.END),
                        userIfEnabled(in.object("missedWithoutEmployee")),
                        missedTask(in.object("missedTask"))));
    }

    private static Optional<Duration> missedTask(DocumentReader in) {
        boolean enabled = in.flag("enabled", false);
        Duration within = in.duration("within", TASK_WITHIN, Duration.ofMinutes(1), LONGEST);
        return closed(in, Optional.of(within).filter(any -> enabled));
    }

    private static Settings.Entities entities(DocumentReader in) {
        return closed(
                in,
                new Settings.Entities(
                        in.oneOf("createBy", CreateBy.class, CreateBy.PORTAL),
                        in.oneOf("kind", Settings.Kind.class, Settings.Kind.BY_MODE),
                        in.flag("incomingDirect", true),
                        in.flag("incomingMultichannel", true),
                        in.flag("outgoing", true),
                        in.oneOf("repeat", Repeat.class, Repeat.WHEN_NO_OPEN),
                        in.optionalText("contactName").orElse(NAMELESS),
                        except(in),
                        in.texts("tags")));
    }

    /** The CRM's own list of exceptions can't be read by applications, so there is one here. */
    private static Set<String> except(DocumentReader in) {
        Set<String> numbers = Set.copyOf(in.texts("except"));
        if (!numbers.stream().allMatch(n -> n.matches("\\+[0-9]{5,15}"))) {
            in.fault("except", "must be phone numbers", "write them as +79161234567");
        }
        return numbers;
    }

    private static Settings.Responsible responsible(DocumentReader in) {
        return closed(
                in,
                new Settings.Responsible(
                        in.optionalText("missed"),
                        in.optionalText("incomingDefault"),
                        in.optionalText("outgoingDefault"),
                        in.flag("byEntity", false),
                        in.oneOf("talker", Talker.class, Talker.FIRST),
                        in.list(
                                "rules",
                                rule ->
                                        new Settings.Assignment(
                                                filter(rule, Optional.of(Direction.INBOUND)),
                                                rule.text("user"))),
                        in.duration("changeAfter", Duration.ZERO, Duration.ZERO, LONGEST)));
    }

    /** M2, T13: the switch needs a user. */
    private static Optional<String> userIfEnabled(DocumentReader in) {
        boolean enabled = in.flag("enabled", false);
        Optional<String> user = in.optionalText("user");
        in.refuseUnknown();
        if (enabled && user.isEmpty()) {
            in.fault("user", "is missing", "name the CRM user who gets these calls, or switch off");
        }
        return enabled ? user : Optional.empty();
    }

    private static Settings.SaveAll saveAll(DocumentReader in) {
        Optional<String> user = userIfEnabled(in);
        return new Settings.SaveAll(user.isPresent(), user);
    }

    /** O14: a filter counts only while its switch is on. */
    private static Settings.Filters filters(DocumentReader in) {
        return closed(
                in,
                new Settings.Filters(
                        switched(in.object("incoming"), Direction.INBOUND),
                        switched(in.object("outgoing"), Direction.OUTBOUND)));
    }

    private static Filter switched(DocumentReader in, Direction direction) {
        boolean enabled = in.flag("enabled", false);
        Filter filter = filter(in, Optional.of(direction));
        in.refuseUnknown();
        return enabled ? filter : Filter.EVERY;
    }

    private static Filter filter(DocumentReader in, Optional<Direction> direction) {
        return FilterDocument.read(in, "filter", direction);
    }

    private static Settings.Template template(DocumentReader in) {
        Direction direction = direction(in);
        String text = in.text("text");
        TemplateText.check(in, "text", text);
        return new Settings.Template(
                direction,
                in.oneOf("entity", EntityKind.class),
                filter(in, Optional.of(direction)),
                text);
    }

    /** The settings' own words. */
    private enum Way {
        INCOMING,
        OUTGOING
    }

    private static Direction direction(DocumentReader in) {
        return in.oneOf("direction", Way.class) == Way.INCOMING
                ? Direction.INBOUND
                : Direction.OUTBOUND;
    }

    private static Settings.Pipelines pipelines(DocumentReader in) {
        return closed(
                in,
                new Settings.Pipelines(
                        defaultStage(in, "incoming"),
                        defaultStage(in, "outgoing"),
                        in.list("rules", SettingsDocument::pipelineRule)));
    }

    private static Optional<Settings.Stage> defaultStage(DocumentReader in, String key) {
        DocumentReader stage = in.object(key);
        return in.has(key)
                ? Optional.of(
                        closed(
                                stage,
                                new Settings.Stage(
                                        stage.text("pipeline"), stage.optionalText("stage"))))
                : Optional.empty();
    }

    private static Settings.PipelineRule pipelineRule(DocumentReader in) {
        Direction direction = direction(in);
        return new Settings.PipelineRule(
                direction,
                filter(in, Optional.of(direction)),
                in.oneOf("mode", Filter.Mode.class, Filter.Mode.INCLUDE),
                new Settings.Stage(in.text("pipeline"), Optional.of(in.text("stage"))));
    }

    private static Settings.Fields fields(DocumentReader in) {
        return closed(
                in,
                new Settings.Fields(
                        in.flag("alwaysUpdate", false),
                        in.optionalText("firstCommunicationId"),
                        in.list("map", SettingsDocument::field)));
    }

    private static Settings.Field field(DocumentReader in) {
        String text = in.text("text");
        TemplateText.check(in, "text", text);
        return new Settings.Field(in.text("field"), text);
    }

    private static Settings.Recordings recordings(DocumentReader in) {
        return closed(
                in,
                new Settings.Recordings(
                        in.flag("send", true),
                        in.flag("withFilters", false),
                        in.duration("durationAfter", Duration.ZERO, Duration.ZERO, LONGEST)));
    }

    private static boolean source(DocumentReader in) {
        return closed(in, in.flag("lineNumber", false));
    }

    /** I5: naming the users switches it on, unless the switch itself says otherwise. */
    private static Settings.Notices notices(DocumentReader in) {
        boolean talker = in.flag("talker", false);
        List<String> users = in.texts("missedUsers");
        return closed(in, new Settings.Notices(talker, in.flag("missed", !users.isEmpty()), users));
    }

    private boolean onlySwitch(String key, boolean otherwise) {
        DocumentReader part = in.object(key);
        return closed(part, part.flag("enabled", otherwise));
    }

    static <T> T closed(DocumentReader in, T read) {
        in.refuseUnknown();
        return read;
    }

    /** RFC 7396. */
    public static JsonNode mergePatch(JsonNode target, JsonNode patch) {
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
