package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trunkline.model.Json;
import org.trunkline.model.Variable;
import org.trunkline.rules.Presets;

/** What settings may say, the same for every company. */
final class CatalogRoutes extends JsonRoutes {

    private static final String SCHEMA = "/settings.schema.json";

    private final JsonNode schema = schema();

    @Override
    void routes() {
        rest("/api/v1/presets").get().to("direct:list-presets");
        rest("/api/v1/settings-schema").get().to("direct:show-settings-schema");
        rest("/api/v1/template-variables").get().to("direct:list-template-variables");

        from("direct:list-presets").routeId("list-presets").process(answer(r -> presets()));

        from("direct:show-settings-schema")
                .routeId("show-settings-schema")
                .process(answer(r -> schema));

        from("direct:list-template-variables")
                .routeId("list-template-variables")
                .process(answer(r -> variables()));
    }

    /**
     * A preset as people see it.
     *
     * @param rules why each choice is so, by its JSON Pointer
     */
    record PresetView(String id, String title, JsonNode settings, JsonNode rules) {}

    private static Object presets() {
        List<PresetView> items =
                Presets.documents().entrySet().stream()
                        .map(
                                preset ->
                                        new PresetView(
                                                preset.getKey(),
                                                preset.getValue().path("title").asText(),
                                                preset.getValue().path("settings"),
                                                preset.getValue().path("rules")))
                        .toList();
        return Map.of("items", items);
    }

    /** A variable of templates, as written between the brackets. */
    record VariableView(String name, String meaning) {}

    private static Object variables() {
        List<VariableView> items =
                Arrays.stream(Variable.values())
                        .map(variable -> new VariableView(variable.spelled(), variable.meaning()))
                        .toList();
        return Map.of("items", items);
    }

    private static JsonNode schema() {
        try (InputStream in = CatalogRoutes.class.getResourceAsStream(SCHEMA)) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle lacks " + SCHEMA, e);
        }
    }
}
