package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Json;
import org.trunkline.model.SettingsDocument;

class PresetsTest {

    private static final Path SHIPPED = Path.of("..", "..", "config", "presets");

    @Test
    void everyShippedPresetIsKnownAndFaultless() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(Presets.all().keySet());
        }
        Presets.all()
                .values()
                .forEach(
                        preset ->
                                assertThat(
                                                SettingsDocument.read(
                                                                preset,
                                                                Json.tree(
                                                                        "{\"responsible\":{\"incomingDefault\":\"1\",\"outgoingDefault\":\"2\"}}"))
                                                        .faults())
                                        .isEmpty());
    }

    @Test
    void everyChoiceOfAPresetNamesItsRule() throws IOException {
        for (String name : Presets.all().keySet()) {
            JsonNode preset = Json.tree(Files.readString(SHIPPED.resolve(name + ".json")));
            Iterator<Map.Entry<String, JsonNode>> rules = preset.path("rules").fields();
            rules.forEachRemaining(
                    rule -> {
                        assertThat(rule.getValue().asText()).matches("[TMIKO]\\d+ .+");
                        assertThat(preset.path("settings").at(rule.getKey()).isMissingNode())
                                .as(rule.getKey())
                                .isFalse();
                    });
            preset.path("settings")
                    .fields()
                    .forEachRemaining(
                            section ->
                                    section.getValue()
                                            .fieldNames()
                                            .forEachRemaining(
                                                    key ->
                                                            assertThat(
                                                                            preset.path("rules")
                                                                                    .has(
                                                                                            "/"
                                                                                                    + section
                                                                                                            .getKey()
                                                                                                    + "/"
                                                                                                    + key))
                                                                    .as(section.getKey() + key)
                                                                    .isTrue()));
        }
    }

    @Test
    void unknownPresetIsRefusedByName() {
        assertThatThrownBy(() -> Presets.settings("none", Json.tree("{}")))
                .hasMessageContaining("none")
                .hasMessageContaining("mikopbx-bitrix24");
    }

    @Test
    void settingsThatBecameWrongAreRefusedWithTheirPlace() {
        assertThatThrownBy(
                        () ->
                                Presets.settings(
                                        "mikopbx-bitrix24",
                                        Json.tree("{\"popup\":{\"audience\":\"all\"}}")))
                .hasMessageContaining("/popup/audience");
    }
}
