package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a JSON document that a person wrote and collects everything that is wrong with it, each
 * fault with its place and its cure, instead of stopping at the first.
 *
 * <p>Required values that are missing read as a harmless stand-in; whoever reads must look at
 * {@link #faults()} before using the outcome.
 */
public final class DocumentReader {

    /** What {@link #isId} wants, in words. */
    public static final String ID_CURE =
            "use 1 to 64 letters, digits, '.', '-' or '_', the first a letter or digit";

    private final JsonNode node;
    private final String path;
    private final List<DocumentFault> faults;
    private final Set<String> known = new HashSet<>();

    private DocumentReader(JsonNode node, String path, List<DocumentFault> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    /** A reader of a whole document. */
    public static DocumentReader of(JsonNode document) {
        return new DocumentReader(document, "", new ArrayList<>()).mustBeObject();
    }

    /** All that is wrong so far, in the order of the document's reading. */
    public List<DocumentFault> faults() {
        return List.copyOf(faults);
    }

    /** JSON Pointer of this place. */
    public String path() {
        return path;
    }

    public void fault(String key, String message, String cure) {
        faults.add(new DocumentFault(pointer(key), message, cure));
    }

    /** A fault at a place of the whole document, by its JSON Pointer. */
    void faultAt(String pointer, String message, String cure) {
        faults.add(new DocumentFault(pointer, message, cure));
    }

    /** A text that must be there and not be blank. */
    public String text(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty() && !node.hasNonNull(key)) {
            fault(key, "is missing", "give a text");
        }
        return text.orElse("");
    }

    public Optional<String> optionalText(String key) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            fault(key, "must be a text, not empty", "give a text in quotes");
            return Optional.empty();
        }
        return Optional.of(value.textValue().strip());
    }

    /** Whether a text may be an identifier; it stands in addresses, so never {@code ..}. */
    public static boolean isId(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }

    /** An identifier for addresses and keys, see {@link #isId}. */
    public String id(String key) {
        String id = text(key);
        if (!id.isEmpty() && !isId(id)) {
            fault(key, "is no identifier", ID_CURE);
        }
        return id;
    }

    public boolean flag(String key, boolean otherwise) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            fault(key, "must be true or false", "write true or false without quotes");
        }
        return value.asBoolean(otherwise);
    }

    public int integer(String key, int otherwise, int least, int most) {
        JsonNode value = value(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            fault(key, "must be a whole number", "give a number from " + least + " to " + most);
            return otherwise;
        }
        return value.intValue();
    }

    /** A length of time such as {@code PT30S}. */
    public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        Optional<String> text = optionalText(key);
        try {
            Duration read = text.map(Duration::parse).orElse(otherwise);
            if (read.compareTo(least) >= 0 && read.compareTo(most) <= 0) {
                return read;
            }
        } catch (DateTimeException e) {
            // told below like every other wrong duration
        }
        fault(key, "is no length of time from " + least + " to " + most, "write it as PT30S");
        return otherwise;
    }

    /** One of an enumeration's names in lower camel case; the first one where it is wrong. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        String text = text(key);
        Optional<E> found = choice(type, text);
        if (found.isEmpty() && !text.isEmpty()) {
            fault(key, "'" + text + "' is not known", "give one of " + choices(type));
        }
        return found.orElse(type.getEnumConstants()[0]);
    }

    /** Like {@link #oneOf(String, Class)} with a value for where the key is absent. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type, E otherwise) {
        JsonNode value = value(key);
        return value.isMissingNode() || value.isNull() ? otherwise : oneOf(key, type);
    }

    private static <E extends Enum<E>> Optional<E> choice(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> spelled(e).equals(text))
                .findFirst();
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(DocumentReader::spelled)
                .collect(Collectors.joining(", "));
    }

    /** {@code BY_MODE} is written {@code byMode}. */
    public static String spelled(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (String word : value.name().toLowerCase(Locale.ROOT).split("_")) {
            text.append(
                    text.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }

    /** A part of the document; an absent one reads as an empty object. */
    public DocumentReader object(String key) {
        return new DocumentReader(value(key), pointer(key), faults).mustBeObject();
    }

    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    public <T> List<T> list(String key, Function<DocumentReader, T> item) {
        List<T> items = new ArrayList<>();
        List<JsonNode> nodes = array(key);
        for (int i = 0; i < nodes.size(); i++) {
            DocumentReader reader =
                    new DocumentReader(nodes.get(i), pointer(key) + "/" + i, faults).mustBeObject();
            items.add(item.apply(reader));
            reader.refuseUnknown();
        }
        return List.copyOf(items);
    }

    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(key)) {
            if (item.isTextual() && !item.textValue().isBlank()) {
                texts.add(item.textValue());
            } else {
                fault(key, "must hold texts only", "give a list of texts in quotes");
            }
        }
        return List.copyOf(texts);
    }

    private List<JsonNode> array(String key) {
        JsonNode value = value(key);
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else if (!value.isMissingNode() && !value.isNull()) {
            fault(key, "must be a list", "put it into [ ]");
        }
        return items;
    }

    /** To be called last: a key that nobody asked for is a mistake, often a misspelling. */
    public void refuseUnknown() {
        node.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!known.contains(key)) {
                                fault(key, "is not known here", "known: " + sortedKnown());
                            }
                        });
    }

    private String sortedKnown() {
        return known.stream().sorted().collect(Collectors.joining(", "));
    }

    /** The raw part below a key, for documents within the document. */
    public JsonNode value(String key) {
        known.add(key);
        return node.isObject() ? node.path(key) : MissingNode.getInstance();
    }

    private DocumentReader mustBeObject() {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            faults.add(new DocumentFault(path, "must be an object", "put it into { }"));
        }
        return this;
    }

    private String pointer(String key) {
        return path + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
