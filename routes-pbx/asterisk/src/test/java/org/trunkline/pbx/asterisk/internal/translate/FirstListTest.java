package org.trunkline.pbx.asterisk.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Event;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Incoming;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.SessionBegan;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Snapshot;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Unlisted;
import org.trunkline.pbx.asterisk.internal.ami.EventSelection;

/** What is heard before a session's first list of channels. */
class FirstListTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Snapshot LIST = new Snapshot(List.of(), true, NOW);

    private static final Snapshot LIST_OF_NONE = new Snapshot(List.of(), true, Instant.EPOCH);

    /** Of a loaded machine, between the login and the answer to the first question. */
    private static final Duration LATE_LIST = Duration.ofMillis(500);

    private final Set<String> known = new HashSet<>();
    private final FirstList list = new FirstList(known::contains);

    private List<Incoming> inOrder(List<? extends Incoming> read) {
        List<Incoming> now = new ArrayList<>();
        for (Incoming one : read) {
            for (Incoming next : list.inOrder(one)) {
                now.add(next);
                if (next instanceof Event event) {
                    known.add(event.message().get("Linkedid"));
                }
            }
        }
        return now;
    }

    private static Event event(String name) {
        return event(name, "1.1", "1.0");
    }

    private static Event event(String name, String uniqueid, String linkedid) {
        return new Event(
                AmiMessage.of("Event", name, "Uniqueid", uniqueid, "Linkedid", linkedid), NOW);
    }

    @Test
    void theListGoesFirst_thenWhatWaitedForIt_thenWhatCame() {
        assertThat(inOrder(List.of(event("DialBegin")))).isEmpty();
        assertThat(inOrder(List.of(event("DialEnd"), LIST, event("Hangup"))))
                .containsExactly(LIST, event("DialBegin"), event("DialEnd"), event("Hangup"));
    }

    @Test
    void aLaterListStaysInItsPlace() {
        inOrder(List.of(LIST));
        assertThat(inOrder(List.of(event("Hangup"), LIST))).containsExactly(event("Hangup"), LIST);
    }

    @Test
    void wherePbxListsNothingNobodyWaitsForIt() {
        inOrder(List.of(event("Newchannel")));
        assertThat(inOrder(List.of(new Unlisted(), event("Hangup"))))
                .containsExactly(new Unlisted(), event("Newchannel"), event("Hangup"));
    }

    @Test
    void aCallHeardFromItsBeginningDoesNotWait() {
        Event begins = event("Newchannel", "2.0", "2.0");
        Event phone = event("Newchannel", "2.1", "2.0");
        Event record = new Event(AmiMessage.of("Event", "Cdr", "UniqueID", "2.0"), NOW);
        Event unheard = event("Hangup", "1.1", "1.0");

        assertThat(inOrder(List.of(begins, unheard, phone, record)))
                .containsExactly(begins, phone, record);
        assertThat(inOrder(List.of(LIST))).containsExactly(LIST, unheard);
    }

    @Test
    void whatFollowsOfACallDoesNotOvertakeAnEventThatWaits() {
        Event begins = event("Newchannel", "2.0", "2.0");
        Event transfer =
                new Event(
                        AmiMessage.of(
                                "Event",
                                "AttendedTransfer",
                                "OrigTransfererLinkedid",
                                "1.0",
                                "SecondTransfererLinkedid",
                                "2.0"),
                        NOW);
        Event ends = event("Hangup", "2.0", "2.0");

        assertThat(inOrder(List.of(begins, transfer, ends))).containsExactly(begins);
        assertThat(inOrder(List.of(LIST))).containsExactly(LIST, transfer, ends);
    }

    @Test
    void everySessionHasAFirstList() {
        Event ofAKnownCall = event("Hangup", "3.0", "3.0");
        inOrder(List.of(LIST, event("Newchannel", "3.0", "3.0")));

        assertThat(inOrder(List.of(new SessionBegan(), event("DialEnd"), ofAKnownCall)))
                .containsExactly(ofAKnownCall);
        assertThat(inOrder(List.of(LIST))).containsExactly(LIST, event("DialEnd"));
    }

    @Test
    void whatWaitsIsBounded() {
        List<Incoming> most = Collections.nCopies(FirstList.MOST, event("DialEnd"));

        assertThat(inOrder(most.subList(1, FirstList.MOST))).isEmpty();
        assertThat(inOrder(List.of(event("DialEnd")))).isEqualTo(most);
        assertThat(inOrder(List.of(event("Hangup")))).containsExactly(event("Hangup"));
    }

    /** The list comes at any moment of a call that began after the login. */
    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.asterisk.internal.translate.Captures#names")
    void aCallThatBeginsBeforeTheListIsToldAsEver(String capture) throws IOException {
        List<AmiMessage> messages = Captures.messages(capture);
        AmiMessage first =
                messages.stream().filter(EventSelection::isWanted).findFirst().orElseThrow();
        for (AmiMessage listed : messages) {
            if (EventSelection.isWanted(listed)) {
                assertToldAsEver(capture, messages, first, listed);
            }
        }
    }

    /** A call heard from its beginning, then a new session, whose list comes late. */
    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.asterisk.internal.translate.Captures#names")
    void aNewSessionAnywhereInAKnownCallChangesNothing(String capture) throws IOException {
        List<AmiMessage> messages =
                Captures.messages(capture).stream().filter(EventSelection::isWanted).toList();
        for (int cut = 0; cut < messages.size(); cut++) {
            Instant late = at(messages, cut).plus(LATE_LIST);
            for (int listed = cut;
                    listed < messages.size() && !at(messages, listed).isAfter(late);
                    listed++) {
                assertToldAsEver(
                        capture,
                        Captures.messages(capture),
                        messages.get(cut),
                        messages.get(listed));
            }
        }
    }

    private static Instant at(List<AmiMessage> messages, int index) {
        return AmiTime.of(messages.get(index)).orElseThrow();
    }

    private static void assertToldAsEver(
            String capture, List<AmiMessage> messages, AmiMessage cut, AmiMessage listed)
            throws IOException {
        List<AmiMessage> before = messages.subList(0, messages.indexOf(listed));
        List<AmiMessage> after = messages.subList(before.size(), messages.size());
        Instant now = AmiTime.of(listed).orElseThrow();
        List<Incoming> all = new ArrayList<>(List.of(LIST_OF_NONE));
        all.addAll(events(before));
        all.add(1 + events(messages.subList(0, messages.indexOf(cut))).size(), new SessionBegan());
        all.add(new Snapshot(ChannelList.after(before, now), true, now));
        all.addAll(events(after));
        Translator translator = new Translator(Captures.ACCOUNT);
        FirstList list = new FirstList(translator::knows);
        List<CallEvent> told = new ArrayList<>();
        for (Incoming read : all) {
            for (Incoming one : list.inOrder(read)) {
                told.addAll(
                        one instanceof Event event
                                ? translator.hear(event.message(), event.receivedAt())
                                : translator.resync((Snapshot) one, open(told)));
            }
        }
        try {
            CapturedCallsTest.assertMatches(Captures.fold(told), Captures.expected(capture));
            assertThat(translator.channels()).isZero();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "new session before " + cut.text() + "\nlisted before " + listed.text(), e);
        }
    }

    private static List<Call> open(List<CallEvent> told) {
        return Captures.fold(told).stream().filter(call -> !call.ended()).toList();
    }

    private static List<Event> events(List<AmiMessage> messages) {
        return messages.stream()
                .filter(EventSelection::isWanted)
                .map(message -> new Event(message, AmiTime.of(message).orElse(NOW)))
                .toList();
    }
}
