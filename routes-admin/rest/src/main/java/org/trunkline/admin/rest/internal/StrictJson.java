package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.trunkline.model.Json;

/**
 * JSON that a person wrote: a key given twice is a mistake that he wants to hear of, and so is text
 * after the end.
 */
public final class StrictJson {

    private static final ObjectReader STRICT =
            Json.MAPPER
                    .reader()
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /**
     * It is no JSON.
     *
     * <p>{@code line} and {@code column} from 1.
     */
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;
        private final int column;

        private Broken(JsonProcessingException e) {
            super(e.getOriginalMessage(), e);
            JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            line = Math.max(1, at.getLineNr());
            column = Math.max(1, at.getColumnNr());
        }

        public int line() {
            return line;
        }

        public int column() {
            return column;
        }
    }

    public static JsonNode read(byte[] text) throws Broken {
        try {
            return STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Broken(e);
        } catch (IOException memoryAlwaysReads) {
            throw new UncheckedIOException(memoryAlwaysReads);
        }
    }
}
