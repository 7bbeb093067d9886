package org.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void theLineHasNameFiguresLimitAndRatio() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50", 12.0);
        figures.put("p95", 61.23456789);
        figures.put("calls", 1200.0);
        figures.put("eventsPerSecond", 123456.789);

        assertThat(new Outcome("popup", figures, 2.5, 0.0408).json())
                .isEqualTo(
                        "{\"name\":\"popup\",\"figures\":{\"p50\":12,\"p95\":61.235,\"calls\":1200,"
                                + "\"eventsPerSecond\":123460},\"limit\":2.5,\"ratio\":0.0408}");
    }

    @Test
    void whatIsNoNumberIsNotTold() {
        Outcome outcome = new Outcome("popup", Map.of(), 0, Double.NaN);

        assertThatThrownBy(outcome::json).isInstanceOf(IllegalArgumentException.class);
    }
}
