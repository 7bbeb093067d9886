package org.trunkline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.features.Proof.Result.FAILED;
import static org.trunkline.features.Proof.Result.PASSED;
import static org.trunkline.features.Proof.Result.SKIPPED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureTableTest {
    private static final RuleList RULES =
            RuleList.parse(
                    List.of(
                            "== 1. Cards",
                            "T7 | A card opens.",
                            "T8 | It follows. | partly: ring groups",
                            "== 2. Calls",
                            "T17 | A click calls. | later: calls from the CRM"));
    private static final Proof OPENS = proof("T7_opens", PASSED);
    private static final Proof FOLLOWS = proof("T8_follows", PASSED);

    private static Proof proof(String method, Proof.Result result) {
        return new Proof("hub/rules", "CardsTest", method, result);
    }

    private static List<String> faults(Proof... proofs) {
        return new FeatureTable(RULES, List.of(proofs)).faults();
    }

    @Test
    void nothingIsWrongWhereEachRuleThatIsBuiltHasItsTest() {
        assertThat(faults(OPENS, FOLLOWS, proof("ofNoRule", FAILED))).isEmpty();
    }

    @Test
    void oneTestMayProveSeveralRules() {
        assertThat(faults(proof("opensAndFollows_T7_T8", PASSED))).isEmpty();
        assertThat(faults(proof("T7_T8_opensAndFollows", PASSED))).isEmpty();
    }

    @Test
    void anIdIsAWordOfTheNameNotAPartOfOne() {
        assertThat(faults(OPENS, proof("T80_tones", PASSED), proof("T8follows", PASSED)))
                .containsExactly(
                        "hub/rules CardsTest.T80_tones names T80, which is not in the list",
                        "T8 has no test that passed: name one after it, or mark the rule 'later: …'");
    }

    @Test
    void aRuleThatIsBuiltWithoutTestIsAFault() {
        assertThat(faults(FOLLOWS))
                .containsExactly(
                        "T7 has no test that passed: name one after it, or mark the rule 'later: …'");
    }

    @Test
    void aRuleThatIsPartlyBuiltWithoutTestIsAFault() {
        assertThat(faults(OPENS)).singleElement().asString().startsWith("T8 has no test");
    }

    @Test
    void aRuleThatWaitsWithATestIsAFault() {
        assertThat(faults(OPENS, FOLLOWS, proof("T17_rings", PASSED)))
                .containsExactly(
                        "T17 is marked 'later' but has a test that passed: remove the mark, or make"
                                + " it 'partly: …'");
    }

    @ParameterizedTest
    @EnumSource(
            value = Proof.Result.class,
            names = {"FAILED", "SKIPPED"})
    void aProvingTestThatDidNotPassIsAFault_thoughAnotherDid(Proof.Result result) {
        assertThat(faults(OPENS, FOLLOWS, proof("T7_forEach", result)))
                .containsExactly("hub/rules CardsTest.T7_forEach: " + result.name().toLowerCase());
    }

    @Test
    void aRuleWhoseOnlyTestWasSkippedIsNotProved() {
        assertThat(faults(FOLLOWS, proof("T7_opens", SKIPPED)))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("T7 has no test that passed");
    }

    @Test
    void thePageHasRulesMarksResultsAndNames() {
        String page =
                new FeatureTable(
                                RULES,
                                List.of(
                                        OPENS,
                                        FOLLOWS,
                                        proof("T7_again", FAILED),
                                        new Proof("hub/model", "FoldTest", "T7_folds", PASSED)))
                        .page();

        assertThat(page)
                .contains("3 rules: 1 are proved, 1 in part, 1 wait.\n")
                .contains(FeatureTable.REWRITE)
                .endsWith(
                        """

                        ## 1. Cards

                        | id | rule | tests | names |
                        |---|---|---|---|
                        | T7 | A card opens. | 2 passed, 1 failed | hub/model FoldTest: `T7_folds`<br>hub/rules CardsTest: `T7_again`, `T7_opens` |
                        | T8 | It follows. *In part, waits for: ring groups.* | 1 passed | hub/rules CardsTest: `T8_follows` |

                        ## 2. Calls

                        | id | rule | tests | names |
                        |---|---|---|---|
                        | T17 | A click calls. *Waits for: calls from the CRM.* |  |  |
                        """);
    }

    @Test
    void theOrderOfTheReportsDoesNotMatter() {
        List<Proof> proofs = new ArrayList<>(List.of(OPENS, FOLLOWS, proof("T7_again", PASSED)));
        String page = new FeatureTable(RULES, proofs).page();
        Collections.reverse(proofs);

        assertThat(new FeatureTable(RULES, proofs).page()).isEqualTo(page);
    }
}
