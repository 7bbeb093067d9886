package org.trunkline.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trunkline.model.Json;
import org.trunkline.model.Settings;
import org.trunkline.model.SettingsDocument;

/**
 * The presets that come with the product: settings that make the hub behave as one of the known
 * integrations does. The files are {@code config/presets/*.json}; each choice names its rule.
 */
public final class Presets {

    private static final List<String> NAMES = List.of("mikopbx-bitrix24");
    private static final Map<String, JsonNode> SETTINGS = load();

    private Presets() {}

    /** The settings of each preset by its name. */
    public static Map<String, JsonNode> all() {
        return SETTINGS;
    }

    /**
     * The settings of an integration that was accepted before.
     *
     * @param given merge-patch over the preset
     * @throws IllegalArgumentException naming what is wrong, as after a downgrade of the hub
     */
    public static Settings settings(String preset, JsonNode given) {
        JsonNode base = SETTINGS.get(preset);
        if (base == null) {
            throw new IllegalArgumentException(
                    "preset '" + preset + "' is not known; known: " + SETTINGS.keySet());
        }
        SettingsDocument.Outcome outcome = SettingsDocument.read(base, given);
        if (!outcome.faults().isEmpty()) {
            throw new IllegalArgumentException("wrong settings: " + outcome.faults());
        }
        return outcome.settings();
    }

    private static Map<String, JsonNode> load() {
        Map<String, JsonNode> settings = new TreeMap<>();
        for (String name : NAMES) {
            String file = "/presets/" + name + ".json";
            try (InputStream in = Presets.class.getResourceAsStream(file)) {
                settings.put(name, Json.MAPPER.readTree(in).path("settings"));
            } catch (IOException e) {
                throw new UncheckedIOException("the bundle lacks " + file, e);
            }
        }
        return Map.copyOf(settings);
    }
}
