package org.trunkline.bench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fact;
import org.trunkline.store.Journal;

/** Subject and limit write the same kind of rows, and the rows mean what they say. */
class SiteTest {
    @TempDir Path folder;
    private Site site;

    @BeforeEach
    void open() throws InterruptedException {
        site = Site.h2(folder);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void theLimitsRowsAreEventsThatTheHubCanRead() throws Exception {
        try (BareRows rows = new BareRows(site)) {
            assertThat(rows.deed(1, 3).once()).isEqualTo(3);
        }

        List<Journal.Unfolded> unfolded = site.store().journal.unfolded(10);
        assertThat(unfolded)
                .singleElement()
                .extracting(Journal.Unfolded::callKey)
                .isEqualTo("bare-1");
        assertThat(unfolded.get(0).events())
                .hasSize(3)
                .extracting(CallEvent::fact)
                .containsOnly(new Fact.LegRinging("201"));
    }

    @Test
    void theFiveEventsAreAnAnsweredCall() {
        site.store()
                .journal
                .append(
                        IntStream.range(0, Told.EVENTS)
                                .mapToObj(i -> Told.event("1.0", i))
                                .toList());

        Call call =
                site.store().calls.fold(site.store().journal.unfolded(1).get(0), any -> Set.of());

        assertThat(call.ended()).isTrue();
        assertThat(call.legs()).singleElement().matches(leg -> leg.answered() && leg.ended());
    }

    @Test
    void foldingLeavesNothingUnfolded() throws InterruptedException {
        assertThat(Folding.rate(site)).isPositive();
        assertThat(site.store().journal.unfolded(1)).isEmpty();
    }
}
