package org.trunkline.crm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.delivery.internal.Knobs;

class ConfigFileTest {

    @Test
    void theFileThatShipsNamesEveryKeyWithItsDefault() throws Exception {
        Properties shipped = new Properties();
        try (Reader in =
                Files.newBufferedReader(Path.of("../../config/org.trunkline.crm.delivery.cfg"))) {
            shipped.load(in);
        }
        Properties declared = new Properties();
        for (Method key : DeliveryRoutes.Config.class.getDeclaredMethods()) {
            declared.setProperty(key.getName().replace('_', '.'), key.getDefaultValue().toString());
        }

        assertThat(shipped).isEqualTo(declared);
        assertThat(
                        Knobs.read(
                                Integer.parseInt(shipped.getProperty("parallel")),
                                Integer.parseInt(shipped.getProperty("per.portal")),
                                shipped.getProperty("alarm.after")))
                .isEqualTo(Knobs.DEFAULT);
    }
}
