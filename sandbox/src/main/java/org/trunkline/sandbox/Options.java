package org.trunkline.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command and {@code --name value} options; an option without a value is a switch. */
record Options(Optional<String> command, Map<String, String> values) {

    static Options parse(List<String> arguments) {
        Optional<String> command = Optional.empty();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                command = command.isEmpty() ? Optional.of(argument) : command;
                continue;
            }
            boolean hasValue = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            values.put(argument.substring(2), hasValue ? arguments.get(++i) : "");
        }
        return new Options(command, values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * @throws IllegalArgumentException naming the option that is not a number
     */
    Optional<Integer> number(String name) {
        return value(name)
                .map(
                        text -> {
                            if (!text.matches("\\d{1,9}")) {
                                throw new IllegalArgumentException(
                                        "--" + name + ": \"" + text + "\" is not a number");
                            }
                            return Integer.parseInt(text);
                        });
    }
}
