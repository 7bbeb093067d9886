package org.trunkline.bench.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.model.Json;
import org.trunkline.model.Settings;
import org.trunkline.rules.Presets;

/**
 * Settings with 200 rules, of which every call has to look at all that are for its kind: each
 * filter is nested and all but the last of its conditions are in doubt, so that nothing is decided
 * early.
 */
final class LargeSettings {
    static final int ASSIGNMENTS = 70;
    static final int STAGES = 60;
    static final int TEMPLATES = 50;
    static final int FIELDS = 20;

    private static final String PRESET = "mikopbx-bitrix24";
    private static final String WITHOUT_RULES =
            """
            {"entities": {"createBy": "hub"},
             "responsible": {"incomingDefault": "901", "outgoingDefault": "902"},
             "source": {"lineNumber": true}}
            """;

    private LargeSettings() {}

    /** The same settings with none of the rules. */
    static Settings none() {
        return Presets.settings(PRESET, Json.tree(WITHOUT_RULES));
    }

    static Settings all() {
        ObjectNode settings = (ObjectNode) Json.tree(WITHOUT_RULES);
        ObjectNode filter =
                settings.putObject("filters").putObject("incoming").put("enabled", true);
        filter.set("filter", condition("scenario", "exclude", values("blocked", 0, 20)));
        ArrayNode assignments = settings.withObjectProperty("responsible").putArray("rules");
        IntStream.range(0, ASSIGNMENTS)
                .forEach(
                        i ->
                                assignments
                                        .addObject()
                                        .put("user", "80" + i)
                                        .set("filter", incoming(i, i == ASSIGNMENTS - 1)));
        pipelines(settings.putObject("pipelines"));
        ArrayNode templates = settings.putArray("templates");
        IntStream.range(0, TEMPLATES).forEach(i -> template(templates.addObject(), i));
        ArrayNode fields = settings.putObject("fields").put("alwaysUpdate", true).putArray("map");
        IntStream.range(0, FIELDS)
                .forEach(
                        i ->
                                fields.addObject()
                                        .put("field", "UF_CRM_" + i)
                                        .put(
                                                "text",
                                                "{{virtual_phone_number}}, {{employee_full_name}}:"
                                                        + " {{talk_time_duration}} s, "
                                                        + i));
        return Presets.settings(PRESET, settings);
    }

    private static void pipelines(ObjectNode pipelines) {
        pipelines.putObject("incoming").put("pipeline", "0").put("stage", "NEW");
        pipelines.putObject("outgoing").put("pipeline", "0").put("stage", "NEW");
        ArrayNode rules = pipelines.putArray("rules");
        for (int i = 0; i < STAGES; i++) {
            boolean inbound = i % 2 == 0;
            ObjectNode rule = rules.addObject();
            rule.put("direction", direction(inbound)).put("pipeline", "1").put("stage", "S" + i);
            rule.set("filter", inbound ? incoming(100 + i, i == STAGES - 2) : outgoing(100 + i));
        }
    }

    private static void template(ObjectNode template, int i) {
        boolean inbound = i % 2 == 0;
        template.put("direction", direction(inbound));
        template.put("entity", i % 4 < 2 ? "deal" : "lead");
        template.put(
                "text", i + ": {{contact_full_name}} {{contact_phone_number}}, {{start_date}}");
        template.set("filter", inbound ? incoming(200 + i, i >= TEMPLATES - 4) : outgoing(200 + i));
    }

    private static String direction(boolean inbound) {
        return inbound ? "incoming" : "outgoing";
    }

    /**
     * Five conditions, three levels deep; of {@link Calls} the last is true where it says so.
     *
     * @param i makes this filter unlike all others
     */
    private static ObjectNode incoming(int i, boolean matches) {
        return joined(
                "all",
                joined(
                        "any",
                        condition("campaign", "include", values("spring-" + i, 0, 5)),
                        condition(
                                "line", "include", Stream.of(Calls.LINE, "+7495222" + (1000 + i)))),
                joined(
                        "any",
                        joined(
                                "all",
                                condition(
                                        "scenario", "include", Stream.of(Calls.SCENARIO, "s" + i)),
                                condition(
                                        "employee",
                                        "exclude",
                                        Stream.concat(Calls.employees(), Stream.of("x" + i)))),
                        condition(
                                "source",
                                "include",
                                matches
                                        ? Stream.of(Calls.SOURCE)
                                        : values("elsewhere-" + i, 0, 5))));
    }

    private static ObjectNode outgoing(int i) {
        return joined(
                "all",
                joined(
                        "any",
                        condition("line", "include", Stream.of("+7495333" + (1000 + i))),
                        condition("employee", "include", Calls.employees())),
                condition("line", "include", Stream.of("+7495444" + (1000 + i))));
    }

    private static ObjectNode joined(String by, ObjectNode... parts) {
        ObjectNode joined = JsonNodeFactory.instance.objectNode();
        ArrayNode all = joined.putArray(by);
        Stream.of(parts).forEach(all::add);
        return joined;
    }

    private static ObjectNode condition(String param, String mode, Stream<String> values) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.put("param", param).put("mode", mode);
        ArrayNode all = condition.putArray("values");
        values.forEach(all::add);
        return condition;
    }

    private static Stream<String> values(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + "-" + i);
    }
}
