package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Notice;

class DifferenceTest {

    private static final Part OWNER = new Part("owner", "7", "O9", "/responsible/talker", "");

    @Test
    void X6_theSameDecisionHasNoDifferences() {
        assertThat(Difference.between(of(OWNER), of(OWNER))).isEmpty();
    }

    @Test
    void X6_anotherReasonForTheSameIsNoDifference() {
        Part byDefault = new Part("owner", "7", "O9", "/responsible/incomingDefault", "default");

        assertThat(Difference.between(of(OWNER), of(byDefault))).isEmpty();
    }

    @Test
    void X6_anotherValueComesWithItsRuleAndSetting() {
        Part other = new Part("owner", "8", "O8", "/responsible/rules/0", "");

        assertThat(Difference.between(of(OWNER), of(other)))
                .containsExactly(
                        new Difference(
                                Optional.empty(),
                                "owner",
                                Optional.of("7"),
                                Optional.of("8"),
                                "O8",
                                "/responsible/rules/0"));
    }

    @Test
    void X6_severalOfOneKindArePairedInTheirOrder() {
        Decision now = of(title("Lead"), title("Deal"));

        assertThat(Difference.between(now, of(title("Lead"), title("Sale"))))
                .containsExactly(
                        new Difference(
                                Optional.empty(),
                                "title",
                                Optional.of("Deal"),
                                Optional.of("Sale"),
                                "O18",
                                "/templates"));
        assertThat(Difference.between(now, of(title("Lead"))))
                .extracting(Difference::before, Difference::after)
                .containsExactly(tuple(Optional.of("Deal"), Optional.empty()));
    }

    @Test
    void X6_theSameChoiceOfSeveralRecordsIsToldApart() {
        Part seven = new Part("responsible", "7", "K5", "", "");
        Part eight = new Part("responsible", "8", "K5", "", "");

        assertThat(
                        Difference.between(
                                of(seven.of("main"), seven.of("a"), seven.of("b")),
                                of(eight.of("main"), seven.of("a"), eight.of("b"))))
                .extracting(Difference::record)
                .containsExactly(Optional.of("main"), Optional.of("b"));
    }

    @Test
    void X6_theTextOfAFieldCounts() {
        Part before = new Part("field", "UF_LINE", "O19", "/fields/map", "becomes 1");
        Part after = new Part("field", "UF_LINE", "O19", "/fields/map", "becomes 2");

        assertThat(Difference.between(of(before), of(after)))
                .extracting(Difference::after)
                .containsExactly(Optional.of("UF_LINE becomes 2"));
    }

    @Test
    void X6_whyTheCrmHearsNothingIsNoDifferenceIfItHeardNothingBefore() {
        Part filter = new Part("record", "nothing", "O14", "/filters/incoming", "");
        Part off = new Part("record", "nothing", "K2", "/record/incoming", "");

        assertThat(Difference.between(of(filter), of(off))).isEmpty();
    }

    @Test
    void X6_whatNoPartTellsIsFoundAllTheSame() {
        Decision told =
                new Decision(
                        List.of(),
                        Optional.empty(),
                        List.of(new Notice("missed", List.of("7"), "Missed", true)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(OWNER));

        assertThat(Difference.between(of(OWNER), told))
                .extracting(Difference::what)
                .containsExactly("/notices/0");
    }

    private static Part title(String text) {
        return new Part("title", text, "O18", "/templates", "");
    }

    private static Decision of(Part... parts) {
        return Decision.nothing(Arrays.asList(parts));
    }
}
