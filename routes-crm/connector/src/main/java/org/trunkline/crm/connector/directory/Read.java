package org.trunkline.crm.connector.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.trunkline.model.Fault;

/**
 * What came of reading one part of a portal's set-up.
 *
 * @param <T> the part
 */
public sealed interface Read<T> {

    /** All of it. */
    record Whole<T>(T value) implements Read<T> {}

    /**
     * Not, or not all of it: what was known stands.
     *
     * @param cure empty where waiting is all
     */
    record Failed<T>(String why, String cure) implements Read<T> {}

    static <T> Read<T> failed(Fault fault) {
        return new Failed<>(fault.getMessage(), fault.cure());
    }

    /** Reads an answer; a refusal is a failure. */
    static <T> Read<T> of(Told told, Function<JsonNode, Read<T>> reading) {
        return told instanceof Told.Refused refused
                ? failed(refused.why())
                : reading.apply(told.value());
    }

    default T or(T known) {
        return this instanceof Whole<T> whole ? whole.value() : known;
    }

    default boolean whole() {
        return this instanceof Whole<T>;
    }
}
