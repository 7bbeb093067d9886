package org.trunkline.runtime.internal;

import java.util.Map;
import org.apache.camel.support.DefaultComponent;

/** Reads the options of an endpoint's URI. */
public record Options(DefaultComponent component, Map<String, Object> parameters) {

    private static final int MOST = 2048;

    public static Options of(DefaultComponent component, Map<String, Object> parameters) {
        return new Options(component, parameters);
    }

    /**
     * A number from 1 to 2048.
     *
     * @throws IllegalArgumentException naming the option if it is out of range
     */
    public int count(String name, int otherwise) {
        int value = component.getAndRemoveParameter(parameters, name, Integer.class, otherwise);
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    name + " must be from 1 to " + MOST + ", was " + value);
        }
        return value;
    }
}
