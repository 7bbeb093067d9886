package org.trunkline.pbx.asterisk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Event;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Snapshot;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Unlisted;

/** What is heard before the first list of channels. */
class FirstListTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Snapshot LIST = new Snapshot(List.of(), true, NOW);

    private final FirstList list = new FirstList();

    private static Event event(String name) {
        return new Event(AmiMessage.of("Event", name), NOW);
    }

    @Test
    void theListGoesFirst_thenWhatWaitedForIt_thenWhatCame() {
        assertThat(list.inOrder(List.of(event("DialBegin")))).isEmpty();
        assertThat(list.inOrder(List.of(event("DialEnd"), LIST, event("Hangup"))))
                .containsExactly(LIST, event("DialBegin"), event("DialEnd"), event("Hangup"));
    }

    @Test
    void aLaterListStaysInItsPlace() {
        list.inOrder(List.of(LIST));
        assertThat(list.inOrder(List.of(event("Hangup"), LIST)))
                .containsExactly(event("Hangup"), LIST);
    }

    @Test
    void wherePbxListsNothingNobodyWaitsForIt() {
        list.inOrder(List.of(event("Newchannel")));
        assertThat(list.inOrder(List.of(new Unlisted(), event("Hangup"))))
                .containsExactly(new Unlisted(), event("Newchannel"), event("Hangup"));
    }
}
