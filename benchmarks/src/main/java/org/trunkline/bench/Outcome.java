package org.trunkline.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run ends with.
 *
 * @param figures by name, in the order of their telling
 * @param limit what nothing on this machine could beat in the same run, in the unit of the figure
 *     that it bounds
 * @param ratio how much of the limit was reached: 1 = all of it. Where less is better, as with
 *     times, the limit divided by the figure
 */
public record Outcome(String name, Map<String, Double> figures, double limit, double ratio) {
    private static final MathContext DIGITS = new MathContext(5);

    public Outcome {
        figures = new LinkedHashMap<>(figures);
    }

    /** One line. */
    String json() {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("name", name);
        ObjectNode all = out.putObject("figures");
        figures.forEach((figure, value) -> all.put(figure, rounded(value)));
        return out.put("limit", rounded(limit)).put("ratio", rounded(ratio)).toString();
    }

    /** Five digits say more than a run can repeat. */
    private static BigDecimal rounded(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a figure is " + value + ": nothing was measured");
        }
        BigDecimal digits = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return digits.scale() < 0 ? digits.setScale(0) : digits;
    }
}
