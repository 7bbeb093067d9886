package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.trunkline.model.Json;
import org.trunkline.rules.Presets;

/** What settings may say, the same for every company. */
final class CatalogRoutes extends JsonRoutes {

    private static final String SCHEMA = "/settings.schema.json";

    private final JsonNode schema = schema();

    @Override
    void routes() {
        rest("/api/v1/presets").get().to("direct:list-presets");
        rest("/api/v1/settings-schema").get().to("direct:show-settings-schema");

        from("direct:list-presets").routeId("list-presets").process(answer(r -> presets()));

        from("direct:show-settings-schema")
                .routeId("show-settings-schema")
                .process(answer(r -> schema));
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

    private static JsonNode schema() {
        try (InputStream in = CatalogRoutes.class.getResourceAsStream(SCHEMA)) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle lacks " + SCHEMA, e);
        }
    }
}
