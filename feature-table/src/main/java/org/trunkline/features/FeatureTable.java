package org.trunkline.features;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules and what proves them.
 *
 * @param proofs all tests that ran, also those that prove no rule
 */
record FeatureTable(RuleList rules, List<Proof> proofs) {
    /** What a person types to have the page written. */
    static final String REWRITE = "mvn verify -pl feature-table -Dtrunkline.features=write";

    private static final String HEAD =
            """
            # What Trunkline does, rule by rule

            The build makes this page of [features.txt](features.txt) and of the reports of its tests: do not edit it. A test
            proves a rule if its name has the rule's id. The build fails where a rule has no test that passed, unless it is
            marked as waiting. Right after a full `mvn verify`, this rewrites the page: `%s`

            The letters say whose rule it is: **T** t2 with Bitrix24 and amoCRM, **M** Mango Office with amoCRM, **I** Asterisk
            with amoCRM, **K** MikoPBX with Bitrix24, **O** UIS with Bitrix24, **X** Trunkline alone.

            %d rules: %d are proved, %d in part, %d wait.
            """;

    FeatureTable {
        proofs = proofs.stream().sorted().toList();
    }

    /** All that is wrong; empty if each rule has its tests and each test its rule. */
    List<String> faults() {
        return Stream.concat(
                        proofs.stream().flatMap(this::faultsOf),
                        rules.rules().map(this::faultOf).flatMap(Optional::stream))
                .toList();
    }

    private Stream<String> faultsOf(Proof proof) {
        Stream<String> unknown =
                proof.ids().stream()
                        .filter(id -> rules.find(id).isEmpty())
                        .map(id -> proof.name() + " names " + id + ", which is not in the list");
        boolean passed = proof.ids().isEmpty() || proof.result() == Proof.Result.PASSED;
        return passed
                ? unknown
                : Stream.concat(unknown, Stream.of(proof.name() + ": " + result(proof)));
    }

    private Optional<String> faultOf(Rule rule) {
        boolean proved = proofsOf(rule).anyMatch(proof -> proof.result() == Proof.Result.PASSED);
        if (rule.state() == Rule.State.LATER) {
            return proved
                    ? Optional.of(
                            rule.id()
                                    + " is marked 'later' but has a test that passed: remove the"
                                    + " mark, or make it 'partly: …'")
                    : Optional.empty();
        }
        return proved
                ? Optional.empty()
                : Optional.of(
                        rule.id()
                                + " has no test that passed: name one after it, or mark the rule"
                                + " 'later: …'");
    }

    /** The page: the same text for the same rules, names and results. */
    String page() {
        StringBuilder page = new StringBuilder();
        page.append(
                HEAD.formatted(
                        REWRITE,
                        rules.rules().count(),
                        count(Rule.State.BUILT),
                        count(Rule.State.PARTLY),
                        count(Rule.State.LATER)));
        for (RuleList.Section section : rules.sections()) {
            page.append("\n## ").append(section.title()).append("\n\n");
            page.append("| id | rule | tests | names |\n|---|---|---|---|\n");
            for (Rule rule : section.rules()) {
                page.append(row(rule));
            }
        }
        return page.toString();
    }

    private long count(Rule.State state) {
        return rules.rules().filter(rule -> rule.state() == state).count();
    }

    private String row(Rule rule) {
        return "| %s | %s | %s | %s |\n"
                .formatted(rule.id(), words(rule), results(rule), names(rule));
    }

    private static String words(Rule rule) {
        return switch (rule.state()) {
            case BUILT -> rule.text();
            case PARTLY -> rule.text() + " *In part, waits for: " + rule.waitsFor() + ".*";
            case LATER -> rule.text() + " *Waits for: " + rule.waitsFor() + ".*";
        };
    }

    private String results(Rule rule) {
        return new TreeMap<>(proofsOf(rule).collect(groupingBy(Proof::result, counting())))
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " " + name(entry.getKey()))
                        .collect(joining(", "));
    }

    private String names(Rule rule) {
        return proofsOf(rule)
                .collect(
                        groupingBy(
                                proof -> proof.module() + " " + proof.test(),
                                TreeMap::new,
                                mapping(proof -> "`" + proof.method() + "`", joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(joining("<br>"));
    }

    private Stream<Proof> proofsOf(Rule rule) {
        return proofs.stream().filter(proof -> proof.ids().contains(rule.id()));
    }

    private static String result(Proof proof) {
        return name(proof.result());
    }

    private static String name(Proof.Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
