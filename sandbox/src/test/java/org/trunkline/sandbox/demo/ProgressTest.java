package org.trunkline.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalHasOneLineThatChangesAndGoesAway() {
        Progress progress = new Progress(out, true);
        progress.step("one");
        progress.step("two");
        progress.done();
        assertThat(text()).isEqualTo("\r\033[Kone\r\033[Ktwo\r\033[K");
    }

    @Test
    void elsewhereEachStepIsALineOnce() {
        Progress progress = new Progress(out, false);
        progress.step("one");
        progress.step("one");
        progress.step("two");
        progress.done();
        assertThat(text().lines()).containsExactly("one", "two");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
