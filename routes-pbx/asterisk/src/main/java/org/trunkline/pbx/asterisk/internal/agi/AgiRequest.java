package org.trunkline.pbx.asterisk.internal.agi;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Asterisk says of a call before it takes commands: lines {@code agi_NAME: VALUE} up to an
 * empty one ({@code res/res_agi.c}, setup_env).
 */
record AgiRequest(Map<String, String> values) {

    /** Asterisk sends about 25, and one for each argument. */
    private static final int MOST_LINES = 100;

    private static final String PREFIX = "agi_";

    /**
     * Reads all of it.
     *
     * @throws AgiFault if this is something else
     */
    static AgiRequest read(AgiLines lines) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (int count = 0; count < MOST_LINES; count++) {
            String line = lines.next();
            if (line.isEmpty()) {
                return new AgiRequest(Map.copyOf(values));
            }
            int colon = line.indexOf(':');
            if (!line.startsWith(PREFIX) || colon < 0) {
                throw new AgiFault("this is not AGI");
            }
            values.put(line.substring(PREFIX.length(), colon), line.substring(colon + 1).strip());
        }
        throw new AgiFault("more than " + MOST_LINES + " lines");
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** The path of the address that was called; its last part has all that is left. */
    List<String> path(int parts) {
        return List.of(value("network_script").split("/", parts));
    }

    /** {@code unknown} if there is none. */
    String caller() {
        return value("callerid");
    }

    /** The argument that the dialplan gives; else what was dialled. */
    String line() {
        return Stream.of("arg_1", "extension", "dnid")
                .map(this::value)
                .filter(text -> text.chars().anyMatch(Character::isDigit))
                .findFirst()
                .orElse("");
    }

    /** Without values: the path holds a secret. */
    @Override
    public String toString() {
        return "AgiRequest of channel " + Optional.ofNullable(values.get("channel")).orElse("?");
    }
}
