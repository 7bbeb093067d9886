package org.trunkline.crm.bitrix24.internal.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** The page's texts in one language; a text that is missing shows its key. */
final class Words {

    private static final Words RUSSIAN = new Words("ru");
    private static final Words ENGLISH = new Words("en");

    private final String language;
    private final Properties texts = new Properties();

    private Words(String language) {
        this.language = language;
        try (InputStream file =
                Words.class.getResourceAsStream("app_" + language + ".properties")) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Russian for portals that say so, English for all others. */
    static Words of(Optional<String> language) {
        return language.filter("ru"::equalsIgnoreCase).isPresent() ? RUSSIAN : ENGLISH;
    }

    String language() {
        return language;
    }

    String get(String key) {
        return texts.getProperty(key, key);
    }

    /** With the value in place of {@code {0}}. */
    String get(String key, String value) {
        return get(key).replace("{0}", value);
    }
}
