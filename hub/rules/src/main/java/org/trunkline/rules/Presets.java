package org.trunkline.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
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

    private static final List<String> NAMES =
            List.of(
                    "asterisk-amocrm",
                    "mango-amocrm",
                    "mikopbx-bitrix24",
                    "t2-amocrm",
                    "t2-bitrix24",
                    "uis-bitrix24");
    private static final Map<String, JsonNode> DOCUMENTS = load();
    private static final Map<String, JsonNode> SETTINGS = settings(DOCUMENTS);

    private Presets() {}

    /** Each preset whole by its name: {@code title}, {@code rules}, {@code settings}. */
    public static Map<String, JsonNode> documents() {
        return DOCUMENTS;
    }

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
        Map<String, JsonNode> documents = new TreeMap<>();
        for (String name : NAMES) {
            String file = "/presets/" + name + ".json";
            try (InputStream in = Presets.class.getResourceAsStream(file)) {
                documents.put(name, Json.MAPPER.readTree(in));
            } catch (IOException e) {
                throw new UncheckedIOException("the bundle lacks " + file, e);
            }
        }
        return Collections.unmodifiableMap(documents);
    }

    private static Map<String, JsonNode> settings(Map<String, JsonNode> documents) {
        Map<String, JsonNode> settings = new TreeMap<>();
        documents.forEach((name, document) -> settings.put(name, document.path("settings")));
        return Collections.unmodifiableMap(settings);
    }
}
