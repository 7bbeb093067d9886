package org.trunkline.sandbox.ami;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When each message of a capture arrived: by the times at which its pieces were received if they
 * were noted, else by the events' own time stamps.
 */
final class Arrivals {
    private final TreeMap<Integer, Double> pieces = new TreeMap<>();
    private double last;

    /**
     * @param timing lines of seconds and the byte at which a piece began
     */
    Arrivals(Optional<String> timing) {
        timing.ifPresent(
                text ->
                        text.lines()
                                .map(line -> line.split(" "))
                                .forEach(
                                        part ->
                                                pieces.put(
                                                        Integer.parseInt(part[1]),
                                                        Double.parseDouble(part[0]))));
    }

    /**
     * Seconds, of any origin; never less than for the message before.
     *
     * @param lastByte where the message ends: it has arrived when this byte has
     */
    double at(AmiMessage message, int lastByte) {
        Map.Entry<Integer, Double> piece = pieces.floorEntry(lastByte);
        double seconds =
                piece != null
                        ? piece.getValue()
                        : message.get("Timestamp").map(Double::parseDouble).orElse(last);
        last = Math.max(last, seconds);
        return last;
    }
}
