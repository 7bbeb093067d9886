package org.trunkline.crm.bitrix24.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.bitrix24.internal.directory.LineNotes.OurLines;
import org.trunkline.crm.bitrix24.internal.directory.WantedLines.Wanted;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

class LineChangesTest {

    private static final OurLines NONE = new OurLines(List.of(), Map.of());

    private static final Wanted IVAN = new Wanted("+7001", "+7001, Ivan", false);
    private static final Wanted OLGA = new Wanted("+7002", "+7002, Olga", false);
    private static final Wanted VERA = new Wanted("+7003", "+7003, Vera", false);

    @Test
    void T6_whatWasRefusedIsNotOurs_andWhatMayHaveArrivedIsIfItIsJustAsAskedFor() {
        LineChanges changes =
                LineChanges.of(Map.of("7001", IVAN, "7002", OLGA, "7003", VERA), List.of(), NONE);
        List<Told> told =
                changes.add().stream()
                        .map(
                                line ->
                                        line.equals(IVAN)
                                                ? new Told.Given(Json.tree("{\"ID\":1}"))
                                                : line.equals(OLGA)
                                                        ? new Told.Refused(
                                                                new Fault.Data(
                                                                        "Line already exists", ""))
                                                        : new Told.Refused(
                                                                new Fault.Retryable(
                                                                        "no reply", Duration.ZERO)))
                        .map(Told.class::cast)
                        .toList();

        OurLines ours = changes.after(told);

        assertThat(ours.hold("7001", there("+7001", "Anything"))).isTrue();
        assertThat(ours.hold("7002", there("+7002", "+7002, Olga"))).isFalse();
        assertThat(ours.hold("7003", there("+7003", "+7003, Vera"))).isTrue();
        assertThat(ours.hold("7003", there("+7003", "Mine"))).isFalse();
    }

    private static ExternalLine there(String number, String name) {
        return new ExternalLine(number, name, false, false);
    }
}
