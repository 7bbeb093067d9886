package org.trunkline.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void readsWhatProcTells() {
        ProcessFigures figures =
                ProcessFigures.parse(
                        List.of("Name:\tjava", "VmHWM:\t  512000 kB", "VmRSS:\t  409600 kB"),
                        "4711 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 90 0 100 200 300");

        assertThat(figures).isEqualTo(new ProcessFigures(400, 500, Duration.ofSeconds(3)));
    }

    @Test
    void thisProcessHasThem() throws IOException {
        ProcessFigures figures = ProcessFigures.of(ProcessHandle.current().pid());

        assertThat(figures.rssMib()).isBetween(10.0, figures.peakRssMib());
        assertThat(figures.cpu()).isPositive();
    }
}
