package org.trunkline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The last step of a build: each rule of the product is proved, and docs/features.md says by what.
 */
class FeatureTableIT {
    private static final Path ROOT = Path.of(System.getProperty("trunkline.root"));
    private static final long BEGAN = Long.parseLong(System.getProperty("trunkline.build.began"));

    @Test
    void eachRuleIsProved_andThePageSaysByWhat() throws IOException {
        if (System.getProperty("trunkline.features", "").equals("write")) {
            write();
        } else {
            check();
        }
    }

    /** Of the tests' last reports, whenever that was: the next whole build checks it. */
    private static void write() throws IOException {
        Checkout checkout = new Checkout(ROOT, 0);
        FeatureTable table = checkout.table();
        Files.writeString(checkout.page(), table.page());
        System.out.println("Written: " + checkout.page().normalize());
        assertThat(checkout.missing()).as("modules whose tests never ran").isEmpty();
        assertThat(table.faults()).as("faults of the rules").isEmpty();
    }

    private static void check() throws IOException {
        Checkout checkout = new Checkout(ROOT, BEGAN);
        List<String> missing = checkout.missing();
        if (!missing.isEmpty()) {
            String why = "The feature table is not checked: not run in this build were tests of ";
            System.out.println(why + String.join(", ", missing));
            Assumptions.abort(why + missing);
        }
        FeatureTable table = checkout.table();
        assertThat(table.faults()).as("faults of the rules").isEmpty();
        assertThat(Files.readString(checkout.page()))
                .as(
                        "docs/features.md is not what the tests prove; to rewrite it: "
                                + FeatureTable.REWRITE)
                .isEqualTo(table.page());
    }
}
