package org.trunkline.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BareKarafTest {

    @Test
    void onlyTheHubsOwnFeaturesGo() throws IOException {
        String cfg =
                BareKaraf.withoutHub(
                        """
                        # comment
                        featuresRepositories = \\
                            mvn:org.trunkline/trunkline-features/1/xml/features, \\
                            mvn:org.apache.karaf.features/standard/4/xml/features
                        featuresBoot = \\
                            (wrap), \\
                            trunkline/1, \\
                            ssh/4
                        autoRefresh=true
                        """);

        assertThat(cfg)
                .contains(
                        "featuresRepositories = mvn:org.apache.karaf.features/standard/4/xml/features\n")
                .contains("featuresBoot = (wrap),ssh/4\n")
                .doesNotContain("trunkline");
    }
}
