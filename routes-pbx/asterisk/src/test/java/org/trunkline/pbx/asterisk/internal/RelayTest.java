package org.trunkline.pbx.asterisk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.store.Leases.Standing;

class RelayTest {
    private final GivenLeases leases = new GivenLeases();
    private final List<List<CallEvent>> out = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private boolean broken;
    private final Relay relay = new Relay(leases, "acme", this::take, new Now());

    private final class Now extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private void take(List<CallEvent> events) throws IOException {
        if (broken) {
            throw new IOException("broken");
        }
        out.add(List.copyOf(events));
    }

    @Test
    void keepsTheLastMoments_andHandsThemOnBeforeWhatComesThen() throws Exception {
        leases.become(Standing.STANDBY);
        relay.accept(List.of(event("old")));
        now = now.plus(Relay.KEPT).plusMillis(1);
        relay.accept(List.of(event("1"), event("2")));
        relay.accept(List.of(event("3")));
        assertThat(out).isEmpty();

        leases.become(Standing.SERVING);
        relay.accept(List.of(event("4")));

        assertThat(keys()).containsExactly("1", "2", "3", "4");
        relay.accept(List.of());
        assertThat(keys()).hasSize(4);
    }

    @Test
    void whatCouldNotBeHandedOnIsKept() throws Exception {
        leases.become(Standing.STANDBY);
        for (int i = 0; i < 1_200; i++) {
            relay.accept(List.of(event("" + i)));
        }
        leases.become(Standing.SERVING);
        broken = true;
        assertThatThrownBy(() -> relay.accept(List.of(event("last"))))
                .isInstanceOf(IOException.class);

        broken = false;
        relay.accept(List.of(event("last")));

        assertThat(keys()).hasSize(1_201).doesNotHaveDuplicates().last().isEqualTo("last");
        assertThat(out).as("not a commit each").hasSizeLessThan(10);
    }

    @Test
    void inDoubtNothingIsTakenNorForgotten() throws Exception {
        leases.become(Standing.STANDBY);
        relay.accept(List.of(event("1")));
        leases.become(Standing.DOUBTFUL);
        now = now.plus(Duration.ofHours(1));
        assertThatThrownBy(() -> relay.accept(List.of(event("2"))))
                .isInstanceOf(Fault.Retryable.class);

        leases.become(Standing.SERVING);
        relay.accept(List.of(event("2")));

        assertThat(keys()).containsExactly("1", "2");
    }

    private List<String> keys() {
        return out.stream().flatMap(List::stream).map(CallEvent::callKey).toList();
    }

    private CallEvent event(String key) {
        return new CallEvent(
                "acme",
                "office",
                key,
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                now,
                Confidence.LIVE,
                new Fact.Ended(Optional.empty()),
                "");
    }
}
