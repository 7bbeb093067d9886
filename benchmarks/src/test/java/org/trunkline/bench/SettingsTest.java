package org.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void secondsAreOptional() {
        assertThat(Settings.parse("popup").seconds()).isEmpty();
        assertThat(Settings.parse("popup", "--seconds", "600").seconds()).contains(600);
        assertThat(Settings.parse("popup").benchmark()).isEqualTo("popup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "0", "-1", "many", "99999", "999999999999", ""})
    void impossibleSecondsAreRefusedByName(String seconds) {
        assertThatThrownBy(() -> Settings.parse("popup", "--seconds", seconds))
                .hasMessageContaining("--seconds '" + seconds + "'")
                .hasMessageContaining("from 10 to 86400");
    }

    @Test
    void unknownOptionsAreRefusedByName() {
        assertThatThrownBy(() -> Settings.parse("popup", "--fast")).hasMessageContaining("--fast");
        assertThatThrownBy(() -> Settings.parse("popup", "--seconds"))
                .hasMessageContaining("--seconds");
    }
}
