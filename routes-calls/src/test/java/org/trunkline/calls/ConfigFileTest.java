package org.trunkline.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

    @Test
    void theFileThatShipsNamesEveryKeyWithItsDefault() throws Exception {
        Properties shipped = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("../config/org.trunkline.calls.cfg"))) {
            shipped.load(in);
        }
        Object parallel = CallRoutes.Config.class.getMethod("parallel").getDefaultValue();

        assertThat(shipped).containsOnly(java.util.Map.entry("parallel", parallel.toString()));
    }
}
