package org.trunkline.crm.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.crm.delivery.DeliveryRoutes;

class KnobsTest {

    @Test
    void readsWhatAPersonWrote() {
        assertThat(Knobs.read(1, 2048, " PT1M "))
                .isEqualTo(new Knobs(1, 2048, Duration.ofMinutes(1)));
    }

    /** What is in force if the first configuration is wrong is what is in force without one. */
    @Test
    void theDefaultIsTheOneThatIsDeclared() throws Exception {
        assertThat(
                        Knobs.read(
                                (int) declared("parallel"),
                                (int) declared("per_portal"),
                                (String) declared("alarm_after")))
                .isEqualTo(Knobs.DEFAULT);
    }

    private static Object declared(String key) throws NoSuchMethodException {
        return DeliveryRoutes.Config.class.getMethod(key).getDefaultValue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, PT15M, parallel = 0",
        "2049, 8, PT15M, parallel = 2049",
        "32, -1, PT15M, per.portal = -1",
        "32, 8, PT59S, alarm.after = 'PT59S'",
        "32, 8, a quarter, alarm.after = 'a quarter'"
    })
    void namesTheKeyThatIsWrong(int parallel, int perPortal, String alarmAfter, String named) {
        assertThatThrownBy(() -> Knobs.read(parallel, perPortal, alarmAfter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named);
    }
}
