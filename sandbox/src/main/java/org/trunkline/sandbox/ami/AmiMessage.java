package org.trunkline.sandbox.ami;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One message of the Asterisk Manager Interface: its lines in order, bytes kept as Latin-1. */
record AmiMessage(List<String> lines) {
    static final String END = "\r\n";

    static AmiMessage of(String... lines) {
        return new AmiMessage(List.of(lines));
    }

    /** The first header of that name, in any letter case. */
    Optional<String> get(String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon == name.length() && line.regionMatches(true, 0, name, 0, colon)) {
                return Optional.of(line.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }

    String text(String name) {
        return get(name).orElse("");
    }

    boolean isEvent(String name) {
        return get("Event").filter(name::equals).isPresent();
    }

    /** The event classes before the comma-separated "all", for the rights of a reader. */
    List<String> privileges() {
        List<String> classes = new ArrayList<>();
        for (String privilege : text("Privilege").split(",")) {
            if (!privilege.isEmpty() && !privilege.equals("all")) {
                classes.add(privilege);
            }
        }
        return classes;
    }

    /** A copy with one more header right after the first line, as Asterisk puts ActionID. */
    AmiMessage with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        List<String> longer = new ArrayList<>(lines);
        longer.add(1, name + ": " + value);
        return new AmiMessage(longer);
    }

    /** As it goes over the wire, the empty line included. */
    String wire() {
        return String.join(END, lines) + END + END;
    }
}
