package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.sandbox.http.BadRequest;

/**
 * Which recorded Originate answers one, by the extension that it rings: {@code
 * {"captures":{"201":"originate-employee-busy","*":"originate-click2call-pjsip"},"speed":5}}.
 *
 * @param captures by extension; a star stands for all others
 */
record Answers(Map<String, String> captures, double speed) {
    /** The action is taken, and nothing happens. */
    static final Answers NONE = new Answers(Map.of(), 1);

    static Answers of(JsonNode document) {
        Map<String, String> captures = new HashMap<>();
        document.path("captures")
                .fields()
                .forEachRemaining(e -> captures.put(e.getKey(), e.getValue().asText()));
        for (String capture : captures.values()) {
            if (!capture.startsWith("originate-")) {
                throw new BadRequest("/captures: \"" + capture + "\" answers no Originate");
            }
            Capture.load(capture);
        }
        return new Answers(Map.copyOf(captures), document.path("speed").asDouble(1));
    }

    Optional<String> capture(String extension) {
        return Optional.ofNullable(captures.getOrDefault(extension, captures.get("*")));
    }
}
