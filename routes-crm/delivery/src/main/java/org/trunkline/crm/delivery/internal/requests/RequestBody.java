package org.trunkline.crm.delivery.internal.requests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Json;

/** Reads what a site sends: an object in JSON, or a form. */
final class RequestBody {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String NAME = "[\\p{L}\\p{N}_.:\\[\\]-]{1,64}";
    private static final int MOST_PARAMETERS = 100;

    /** All of them go to a note of the CRM. */
    private static final int MOST_CHARACTERS = 16_384;

    private final SortedMap<String, String> parameters = new TreeMap<>();

    private RequestBody() {}

    /**
     * The parameters that are not empty.
     *
     * @param type of the content; empty: a form
     * @throws Rejected naming the field and the cure
     */
    static SortedMap<String, String> read(String type, byte[] body) {
        RequestBody read = new RequestBody();
        String kind = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (kind.equals(JSON)) {
            read.json(text(body));
        } else if (kind.isEmpty() || kind.equals(FORM)) {
            read.form(text(body));
        } else {
            throw Rejected.malformed("Content-Type: send " + JSON + " or " + FORM);
        }
        return read.checked();
    }

    private void json(String text) {
        JsonNode document;
        try {
            document = Json.tree(text);
        } catch (IllegalArgumentException noJson) {
            throw Rejected.malformed(
                    "the body is no JSON: send an object such as {\"phone\":\"+79161234567\"}");
        }
        if (!document.isObject()) {
            throw Rejected.malformed(
                    "the body is no object: send such as {\"phone\":\"+79161234567\"}");
        }
        document.fields()
                .forEachRemaining(
                        field -> {
                            JsonNode value = field.getValue();
                            if (!value.isNull()) {
                                put(
                                        field.getKey(),
                                        value.isValueNode() ? value.asText() : value.toString());
                            }
                        });
    }

    private void form(String text) {
        for (String field : text.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
            }
        }
    }

    /** Of what comes several times, such as ticked boxes, all. */
    private void put(String name, String value) {
        if (!name.matches(NAME)) {
            throw Rejected.malformed(
                    "a parameter's name is longer than 64 characters, or holds others than"
                            + " letters, digits and _.:-[]: rename it");
        }
        String clean = value.strip();
        if (clean.chars().anyMatch(c -> c == 0 || c == '\uFFFD')) {
            throw Rejected.malformed(name + " is not UTF-8: send it so");
        }
        if (!clean.isEmpty()) {
            parameters.merge(name, clean, (before, another) -> before + ", " + another);
        }
    }

    private SortedMap<String, String> checked() {
        if (parameters.size() > MOST_PARAMETERS) {
            throw Rejected.malformed("send no more than " + MOST_PARAMETERS + " parameters");
        }
        String longest = "";
        int characters = 0;
        for (var parameter : parameters.entrySet()) {
            characters += parameter.getKey().length() + parameter.getValue().length();
            if (parameter.getValue().length() > parameters.getOrDefault(longest, "").length()) {
                longest = parameter.getKey();
            }
        }
        if (characters > MOST_CHARACTERS) {
            throw Rejected.malformed(
                    longest
                            + " is too long: send no more than "
                            + MOST_CHARACTERS
                            + " characters in all");
        }
        return parameters;
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw Rejected.malformed("the body is not UTF-8: send it so");
        }
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed("the form is not urlencoded: encode names and values");
        }
    }
}
