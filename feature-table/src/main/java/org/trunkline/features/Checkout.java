package org.trunkline.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folder that is built.
 *
 * @param since milliseconds of the epoch; test reports that are older do not count
 */
record Checkout(Path root, long since) {
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");

    /**
     * The modules whose tests were not run in this build: where there are any, the table can't be
     * judged.
     *
     * @throws IOException if the checkout can't be read
     */
    List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Reports reports : modules()) {
            if (reports.missing()) {
                missing.add(reports.module());
            }
        }
        return missing;
    }

    /**
     * The rules as people wrote them, with the tests of all modules.
     *
     * @throws IllegalArgumentException if a rule is written wrongly
     * @throws IOException if the checkout can't be read
     */
    FeatureTable table() throws IOException {
        List<Proof> proofs = new ArrayList<>();
        for (Reports reports : modules()) {
            proofs.addAll(reports.proofs());
        }
        Path list = root.resolve("docs/features.txt");
        return new FeatureTable(RuleList.parse(Files.readAllLines(list)), proofs);
    }

    Path page() {
        return root.resolve("docs/features.md");
    }

    /** All but this one, which has no reports yet when it looks. */
    private List<Reports> modules() throws IOException {
        return MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(module -> !module.equals("feature-table"))
                .map(module -> new Reports(module, root.resolve(module), since))
                .toList();
    }
}
