package org.trunkline.crm.bitrix24.internal.install;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields that a portal sends, urlencoded, under the names it gives: {@code auth[domain]}. */
public record Form(Map<String, String> fields) {

    static final String TYPE = "application/x-www-form-urlencoded";

    private static final int MOST_FIELDS = 200;

    /**
     * @throws IllegalArgumentException saying what is wrong, if it is no form or a field comes
     *     twice
     */
    static Form read(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text(body).split("&")) {
            int equals = field.indexOf('=');
            String name = decode(equals < 0 ? field : field.substring(0, equals));
            String value = equals < 0 ? "" : decode(field.substring(equals + 1));
            if (!name.isEmpty() && fields.put(name, value) != null) {
                throw new IllegalArgumentException("a field comes twice, send it once");
            }
            if (fields.size() > MOST_FIELDS) {
                throw new IllegalArgumentException("send no more than " + MOST_FIELDS + " fields");
            }
        }
        return new Form(Map.copyOf(fields));
    }

    /** The field, if it is there and not blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(t -> !t.isEmpty());
    }

    /**
     * @throws IllegalArgumentException naming the field
     */
    String required(String name) {
        return text(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing, send it"));
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the form is not UTF-8", e);
        }
    }

    private static String decode(String encoded) {
        String decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        if (decoded.chars().anyMatch(c -> c == 0 || c == '\uFFFD')) {
            throw new IllegalArgumentException("the form is not UTF-8");
        }
        return decoded;
    }

    /** Never the values: they are secrets. */
    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
