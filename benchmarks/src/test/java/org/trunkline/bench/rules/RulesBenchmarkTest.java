package org.trunkline.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Decision;
import org.trunkline.model.Filter;
import org.trunkline.model.Settings;
import org.trunkline.rules.Rules;
import org.trunkline.rules.Situation;

class RulesBenchmarkTest {
    private static final Settings ALL = LargeSettings.all();
    private static final Map<String, Situation> CALLS = Calls.all();

    private static Decision decided(String call) {
        return Rules.decide(CALLS.get(call), ALL);
    }

    private static List<String> settings(Decision decision, String what) {
        return decision.parts().stream()
                .filter(part -> part.what().equals(what))
                .map(Decision.Part::setting)
                .toList();
    }

    @Test
    void thereAreTwoHundredRules_nestedAndDifferent() {
        List<Filter> filters =
                Stream.of(
                                ALL.responsible().rules().stream().map(Settings.Assignment::filter),
                                ALL.pipelines().rules().stream().map(Settings.PipelineRule::filter),
                                ALL.templates().stream().map(Settings.Template::filter))
                        .flatMap(all -> all)
                        .toList();

        assertThat(filters.size() + ALL.fields().map().size()).isEqualTo(200);
        assertThat(filters)
                .doesNotHaveDuplicates()
                .allSatisfy(filter -> assertThat(filter.conditions()).hasSizeBetween(3, 5));
    }

    @Test
    void allRulesAreLookedAt_theLastOnesMatch() {
        Decision missed = decided("missed by all ten");

        assertThat(settings(missed, "responsible"))
                .containsOnly("/responsible/rules/" + (LargeSettings.ASSIGNMENTS - 1));
        assertThat(settings(missed, "stage"))
                .containsExactly("/pipelines/rules/" + (LargeSettings.STAGES - 2));
        assertThat(settings(missed, "title"))
                .containsExactlyInAnyOrder("/templates/46", "/templates/48");
        assertThat(missed.entities().orElseThrow().fields()).hasSize(LargeSettings.FIELDS);
    }

    @Test
    void transfersHaveTheirRecords_andEveryCallHasOne() {
        assertThat(decided("two transfers, unmapped last").records()).hasSize(2);
        assertThat(decided("a transfer that nobody answers").records()).hasSize(2);
        assertThat(decided("outgoing, transferred").records()).hasSize(2);
        assertThat(CALLS.keySet())
                .allSatisfy(call -> assertThat(decided(call).records()).isNotEmpty());
    }

    @Test
    void withoutRulesTheSameCallsGetTheirEntitiesToo() {
        assertThat(Rules.decide(CALLS.get("missed by all ten"), LargeSettings.none()).entities())
                .isPresent();
        assertThat(LargeSettings.none().responsible().rules()).isEmpty();
    }
}
