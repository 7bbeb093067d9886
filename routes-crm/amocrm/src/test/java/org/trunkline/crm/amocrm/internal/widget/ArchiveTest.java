package org.trunkline.crm.amocrm.internal.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Json;

/**
 * The archive as the bundle carries it: what amocrm.ru/developers/content/integrations/structure
 * and .../requirements ask for.
 */
class ArchiveTest {

    /** Pixels. */
    private static final Map<String, String> LOGOS =
            Map.of(
                    "images/logo_main.png", "400x272",
                    "images/logo_small.png", "108x108",
                    "images/logo.png", "130x100",
                    "images/logo_medium.png", "240x84",
                    "images/logo_min.png", "84x84");

    private static final int LARGEST_IMAGE = 300 * 1024;

    private final Map<String, byte[]> files = new HashMap<>();
    private JsonNode manifest;

    @BeforeEach
    void open() throws IOException {
        try (InputStream archive = getClass().getResourceAsStream("/widget/widget.zip");
                ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        manifest = json("manifest.json");
    }

    private String text(String file) {
        return new String(files.get(file), StandardCharsets.UTF_8);
    }

    private JsonNode json(String file) {
        return Json.tree(text(file));
    }

    private String size(String image) throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(files.get(image)));
        return read.getWidth() + "x" + read.getHeight();
    }

    @Test
    void theManifestNamesWhereNumbersAre() {
        assertThat(manifest.path("locations").toString())
                .contains("everywhere", "ccard", "clist", "lcard", "llist", "comcard", "settings");
        assertThat(manifest.at("/widget/installation").asBoolean()).isTrue();
        assertThat(manifest.at("/widget/init_once").asBoolean()).as("the card stays").isTrue();
    }

    @Test
    void allTextsAreThereInEachLanguage() {
        for (JsonNode lang : manifest.at("/widget/locale")) {
            JsonNode words = json("i18n/" + lang.asText() + ".json");
            for (String key :
                    new String[] {
                        "/widget/name",
                        "/widget/description",
                        "/widget/short_description",
                        "/tour/tour_description",
                        "/settings/hub/name"
                    }) {
                String path = "/" + manifest.at(key).asText().replace('.', '/');
                assertThat(words.at(path).asText()).as(path).isNotBlank();
            }
        }
        assertThat(keys(json("i18n/en.json"))).isEqualTo(keys(json("i18n/ru.json")));
        assertThat(text("i18n/en.json")).doesNotContain(".ru").doesNotContainPattern("[а-яА-Я]");
    }

    private static TreeSet<String> keys(JsonNode words) {
        TreeSet<String> keys = new TreeSet<>();
        words.fields()
                .forEachRemaining(
                        part ->
                                part.getValue()
                                        .fieldNames()
                                        .forEachRemaining(k -> keys.add(part.getKey() + "/" + k)));
        return keys;
    }

    @Test
    void imagesHaveTheSizesThatTheVendorAsksFor() throws IOException {
        for (Map.Entry<String, String> logo : LOGOS.entrySet()) {
            assertThat(size(logo.getKey())).as(logo.getKey()).isEqualTo(logo.getValue());
        }
        for (JsonNode lang : manifest.at("/widget/locale")) {
            for (JsonNode image : manifest.at("/tour/tour_images/" + lang.asText())) {
                assertThat(size(image.asText().substring(1))).isEqualTo("1188x616");
            }
        }
        assertThat(files)
                .allSatisfy((name, bytes) -> assertThat(bytes.length).isLessThan(LARGEST_IMAGE));
    }

    @Test
    void theScriptHoldsNothingThatTheVendorForbids() {
        assertThat(text("script.js"))
                .doesNotContain("eval(", "alert(", "confirm(", "console.", "async: false", "\r");
    }
}
