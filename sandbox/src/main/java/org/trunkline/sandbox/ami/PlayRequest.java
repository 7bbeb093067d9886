package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.BadRequest;

/**
 * What to replay, and how.
 *
 * @param speed 1 = as recorded, 10 = ten times as fast
 * @param clients numbers that stand in for the recorded outside parties, in order of appearance
 * @param did stands in for the company's number
 * @param originated the action that the replay answers
 * @param recordings where recordings are said to be, and are written
 */
record PlayRequest(
        String capture,
        double speed,
        List<String> clients,
        Optional<String> did,
        Optional<Path> recordings,
        Optional<Originated> originated) {
    private static final double FASTEST = 10_000;

    static PlayRequest of(JsonNode document, Optional<Path> recordings) {
        double speed = document.path("speed").asDouble(1);
        if (speed <= 0 || speed > FASTEST) {
            throw new BadRequest("/speed: give a number above 0 and up to " + (int) FASTEST);
        }
        List<String> clients = new ArrayList<>();
        if (document.hasNonNull("client")) {
            clients.add(digits(document.get("client").asText(), "/client"));
        }
        document.path("clients").forEach(n -> clients.add(digits(n.asText(), "/clients")));
        Optional<String> did =
                Optional.ofNullable(document.get("did"))
                        .filter(node -> !node.isNull())
                        .map(node -> digits(node.asText(), "/did"));
        Optional<Path> folder =
                Optional.ofNullable(document.get("recordings"))
                        .filter(node -> !node.isNull())
                        .map(node -> Path.of(node.asText()))
                        .or(() -> recordings);
        return new PlayRequest(
                document.path("capture").asText(), speed, clients, did, folder, Optional.empty());
    }

    private static String digits(String number, String where) {
        String digits = number.replaceAll("\\D", "");
        if (digits.isEmpty()) {
            throw new BadRequest(where + ": \"" + number + "\" holds no digits");
        }
        return digits;
    }
}
