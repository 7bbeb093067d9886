package org.trunkline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void aSwitchTakesNoValueFromTheNextOption() {
        Options options =
                Options.parse(List.of("demo", "--exit", "--hub", "http://h", "--speed", "3"));
        assertThat(options.command()).contains("demo");
        assertThat(options.has("exit")).isTrue();
        assertThat(options.value("exit")).isEmpty();
        assertThat(options.value("hub")).contains("http://h");
        assertThat(options.number("speed")).contains(3);
    }

    @Test
    void whatIsNoNumberIsNamed() {
        Options options = Options.parse(List.of("--port", "x"));
        assertThatThrownBy(() -> options.number("port"))
                .hasMessage("--port: \"x\" is not a number");
    }
}
