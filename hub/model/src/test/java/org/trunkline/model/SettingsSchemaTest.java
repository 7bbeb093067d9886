package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code config/settings.schema.json} and docs/templates.md tell what the reader takes. */
class SettingsSchemaTest {

    private static final Path ROOT = Path.of("../..");
    private static final JsonNode SCHEMA = schema();

    private static JsonNode schema() {
        try {
            return Json.tree(Files.readString(ROOT.resolve("config/settings.schema.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** JSON Pointers of all objects, lists' items as 0. */
    static List<String> objects() {
        List<String> found = new ArrayList<>();
        walk(SCHEMA, "", found);
        return found;
    }

    private static void walk(JsonNode schema, String at, List<String> found) {
        if (schema.has("properties")) {
            found.add(at);
            schema.path("properties")
                    .fields()
                    .forEachRemaining(e -> walk(e.getValue(), at + "/" + e.getKey(), found));
        }
        if (schema.has("items")) {
            walk(schema.path("items"), at + "/0", found);
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("objects")
    void schemaAndReaderKnowTheSameKeys(String at) {
        JsonNode document = withStranger(at);
        var read = SettingsDocument.read(Json.tree("{}"), document);

        DocumentFault stranger =
                read.faults().stream()
                        .filter(f -> f.path().equals(at + "/stranger"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nothing said of " + document));
        assertThat(stranger.cure()).isEqualTo("known: " + keys(at));
    }

    /** A document with nothing but an unknown key at this place. */
    private static JsonNode withStranger(String at) {
        String json = "{\"stranger\":1}";
        List<String> steps = List.of(at.split("/"));
        for (int i = steps.size() - 1; i > 0; i--) {
            json =
                    steps.get(i).equals("0")
                            ? "[" + json + "]"
                            : "{\"" + steps.get(i) + "\":" + json + "}";
        }
        return Json.tree(json);
    }

    private static String keys(String at) {
        Iterable<String> names = () -> fieldNames(at);
        return StreamSupport.stream(names.spliterator(), false)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static java.util.Iterator<String> fieldNames(String at) {
        JsonNode schema = SCHEMA;
        for (String step : at.split("/")) {
            if (!step.isEmpty()) {
                schema =
                        step.equals("0")
                                ? schema.path("items")
                                : schema.path("properties").path(step);
            }
        }
        return schema.path("properties").fieldNames();
    }

    @Test
    void eachKeyIsDescribedForPeople() {
        List<String> silent = new ArrayList<>();
        SCHEMA.findParents("type").stream()
                .filter(node -> !((ObjectNode) node).hasNonNull("description"))
                .forEach(node -> silent.add(node.toString()));
        assertThat(silent).isEmpty();
    }

    @Test
    void O18_allVariablesAreInTheDocs() throws IOException {
        String docs = Files.readString(ROOT.resolve("docs/templates.md"));
        for (Variable variable : Variable.values()) {
            assertThat(docs).contains("| `" + variable.spelled() + "` | " + variable.meaning());
        }
    }
}
