package org.trunkline.pbx.asterisk.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Fact;
import org.trunkline.model.Leg;
import org.trunkline.model.LegResult;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Snapshot;
import org.trunkline.pbx.asterisk.internal.ami.EventSelection;

/** What a list of channels makes of the calls, after a gap and after a restart of the hub. */
class ResynchronisationTest {

    /** Later than all captures. */
    private static final Instant LATER = Instant.parse("2026-11-22T09:00:00Z");

    /** Of a loaded machine, between the login and the answer to the first question. */
    private static final Duration LATE_LIST = Duration.ofMillis(500);

    @Test
    void continuesALivingCallAfterARestart() throws IOException {
        List<AmiMessage> messages = Captures.messages("actions");
        int listed = indexOf(messages, "CoreShowChannelsComplete");
        List<AmiMessage> rows = rows(messages, "CoreShowChannel");
        List<CallEvent> told =
                Captures.translate(new Translator(Captures.ACCOUNT), messages.subList(0, listed));
        Translator restarted = new Translator(Captures.ACCOUNT);

        told.addAll(restarted.resync(snapshot(rows, at(620)), Captures.fold(told)));
        told.addAll(Captures.translate(restarted, messages.subList(listed, messages.size())));

        CapturedCallsTest.assertMatches(Captures.fold(told), Captures.expected("actions"));
        assertThat(restarted.channels()).isZero();
    }

    @Test
    void learnsACallThatBeganUnheard() throws IOException {
        List<AmiMessage> messages = Captures.messages("actions");
        int listed = indexOf(messages, "CoreShowChannelsComplete");
        Translator late = new Translator(Captures.ACCOUNT);

        List<CallEvent> told =
                late.resync(snapshot(rows(messages, "CoreShowChannel"), at(620)), List.of());
        Call live = Captures.fold(told).get(0);
        told.addAll(Captures.translate(late, messages.subList(listed, messages.size())));
        Call ended = Captures.fold(told).get(0);

        assertThat(live.state()).isEqualTo(CallState.TALKING);
        assertThat(live.client().orElseThrow().value()).isEqualTo("+79161234567");
        assertThat(live.line().orElseThrow().value()).isEqualTo("+74951000001");
        assertThat(ended.result()).contains(CallResult.ANSWERED);
        assertThat(ended.talkSeconds()).isEqualTo(4); // heard of at 620, over at 624
        assertThat(ended.legs())
                .extracting(leg -> leg.extension().orElseThrow())
                .containsExactly("201");
    }

    /** Clocks of hub and PBX differ: what came before the list is told by the hub's. */
    @ParameterizedTest
    @ValueSource(longs = {-3600, 0, 3600})
    void whatWasHeardBeforeTheListMovesNobodyOutOfTheBridgeItShows(long pbxAhead)
            throws IOException {
        List<AmiMessage> rows = rows(Captures.messages("actions"), "CoreShowChannel");
        AmiMessage client = first(rows);
        Translator late = new Translator(Captures.ACCOUNT);

        late.resync(snapshot(rows, at(620)), List.of());
        late.hear(bridge("Leave", client, 618 + pbxAhead), at(618));
        late.hear(bridge("Enter", client, 619 + pbxAhead), at(619));

        assertThat(colleagueComes(late, client, 621 + pbxAhead)).contains(new Fact.LegAnswered());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 0, 3600})
    void whatIsHeardAfterTheListMovesOutOfTheBridgeItShows(long pbxAhead) throws IOException {
        List<AmiMessage> rows = rows(Captures.messages("actions"), "CoreShowChannel");
        AmiMessage client = first(rows);
        Translator late = new Translator(Captures.ACCOUNT);

        late.resync(snapshot(rows, at(620)), List.of());
        late.hear(bridge("Leave", client, 620 + pbxAhead), at(620));

        assertThat(colleagueComes(late, client, 621 + pbxAhead))
                .doesNotContain(new Fact.LegAnswered());
    }

    /** Into the client's bridge, to speak with whoever is there. */
    private static List<Fact> colleagueComes(Translator late, AmiMessage client, long at) {
        List<CallEvent> told = new ArrayList<>();
        told.addAll(
                late.hear(
                        AmiMessage.of(
                                "Event",
                                "DialBegin",
                                "DestChannel",
                                "PJSIP/202-000000ff",
                                "DestContext",
                                "internal",
                                "DestUniqueid",
                                "colleague",
                                "DestLinkedid",
                                client.get("Linkedid")),
                        at(622)));
        AmiMessage colleague =
                AmiMessage.of("Uniqueid", "colleague", "BridgeId", client.get("BridgeId"));
        told.addAll(late.hear(bridge("Enter", colleague, at), at(622)));
        return told.stream().map(CallEvent::fact).toList();
    }

    private static AmiMessage first(List<AmiMessage> rows) {
        return rows.stream()
                .filter(row -> row.get("Uniqueid").equals(row.get("Linkedid")))
                .findFirst()
                .orElseThrow();
    }

    private static AmiMessage bridge(String what, AmiMessage row, long seconds) {
        return AmiMessage.of(
                "Event",
                "Bridge" + what,
                "Timestamp",
                at(seconds).getEpochSecond() + ".000000",
                "Uniqueid",
                row.get("Uniqueid"),
                "BridgeUniqueid",
                row.get("BridgeId"));
    }

    @Test
    void learnsTheSameFromStatus() throws IOException {
        List<AmiMessage> messages = Captures.messages("actions");
        Translator late = new Translator(Captures.ACCOUNT);

        List<CallEvent> told = late.resync(snapshot(rows(messages, "Status"), at(620)), List.of());

        assertThat(Captures.fold(told))
                .singleElement()
                .satisfies(
                        call ->
                                assertThat(call.client().orElseThrow().value())
                                        .isEqualTo("+79161234567"));
    }

    @Test
    void closesACallWhoseEndWasNotHeard() throws IOException {
        List<AmiMessage> messages = Captures.messages("inbound-answered");
        int bridged = lastIndexOf(messages, "BridgeEnter");
        List<CallEvent> told =
                Captures.translate(
                        new Translator(Captures.ACCOUNT), messages.subList(0, bridged + 1));
        Translator restarted = new Translator(Captures.ACCOUNT);

        told.addAll(restarted.resync(snapshot(List.of(), LATER), Captures.fold(told)));

        Call call = Captures.fold(told).get(0);
        assertThat(call.result()).contains(CallResult.ANSWERED);
        assertThat(call.endedAt()).contains(LATER);
    }

    @Test
    void closesAnUnansweredCallAsMissed() throws IOException {
        List<AmiMessage> messages = Captures.messages("inbound-noanswer");
        List<CallEvent> told =
                Captures.translate(
                        new Translator(Captures.ACCOUNT),
                        messages.subList(0, indexOf(messages, "DialEnd")));
        Translator restarted = new Translator(Captures.ACCOUNT);

        told.addAll(restarted.resync(snapshot(List.of(), LATER), Captures.fold(told)));

        Call call = Captures.fold(told).get(0);
        assertThat(call.result()).contains(CallResult.MISSED);
        assertThat(call.legs())
                .extracting(Leg::result)
                .containsExactly(Optional.of(LegResult.MISSED));
    }

    @Test
    void aChannelHeardOfJustNowIsNotClosedByARoutineList() throws IOException {
        List<AmiMessage> messages = Captures.messages("inbound-answered");
        Translator translator = new Translator(Captures.ACCOUNT);
        Instant heard = at(264);
        for (AmiMessage message : messages.subList(0, lastIndexOf(messages, "BridgeEnter") + 1)) {
            translator.hear(message, heard);
        }

        List<CallEvent> soon =
                translator.resync(new Snapshot(List.of(), false, heard.plusSeconds(1)), List.of());
        List<CallEvent> late =
                translator.resync(new Snapshot(List.of(), false, heard.plusSeconds(60)), List.of());

        assertThat(soon).isEmpty();
        assertThat(Captures.fold(late)).allMatch(Call::ended);
        assertThat(translator.channels()).isZero();
    }

    /** Faults 13: any one event of a call may be missing; nothing stays open. */
    @Property(tries = 400)
    void oneMissingEventLeavesNothingOpen(@ForAll("captures") String capture, @ForAll long seed)
            throws IOException {
        List<AmiMessage> messages = wanted(capture);
        messages.remove(new Random(seed).nextInt(messages.size()));
        Translator translator = new Translator(Captures.ACCOUNT);
        List<CallEvent> told = Captures.translate(translator, messages);

        told.addAll(translator.resync(new Snapshot(List.of(), true, LATER), Captures.fold(told)));

        assertThat(Captures.fold(told)).allMatch(Call::ended);
        assertThat(translator.calls()).isZero();
        assertThat(translator.channels()).isZero();
    }

    /** Faults 14: cut anywhere, and the hub hears again only when all is over. */
    @Property(tries = 400)
    void aCutAnywhereLeavesNothingOpen(@ForAll("captures") String capture, @ForAll long seed)
            throws IOException {
        List<AmiMessage> messages = wanted(capture);
        int cut = new Random(seed).nextInt(messages.size());
        Translator translator = new Translator(Captures.ACCOUNT);
        List<CallEvent> told = Captures.translate(translator, messages.subList(0, cut));

        told.addAll(translator.resync(snapshot(List.of(), LATER), Captures.fold(told)));

        assertThat(Captures.fold(told)).allMatch(Call::ended);
        assertThat(translator.channels()).isZero();
    }

    /** Faults 14: cut and resynchronised while the calls go on; their truth is the same. */
    @Property(tries = 400)
    void aGapWithoutNewsChangesNothing(@ForAll("captures") String capture, @ForAll long seed)
            throws IOException {
        List<AmiMessage> messages = wanted(capture);
        int cut = new Random(seed).nextInt(messages.size());
        Translator translator = new Translator(Captures.ACCOUNT);
        List<CallEvent> told = Captures.translate(translator, messages.subList(0, cut));
        List<Call> open = Captures.fold(told).stream().filter(call -> !call.ended()).toList();

        told.addAll(
                translator.resync(
                        snapshot(ChannelList.after(messages.subList(0, cut), LATER), LATER), open));
        told.addAll(Captures.translate(translator, messages.subList(cut, messages.size())));

        CapturedCallsTest.assertMatches(Captures.fold(told), Captures.expected(capture));
    }

    @Provide
    Arbitrary<String> captures() {
        return Arbitraries.of(Captures.NAMES);
    }

    /**
     * The hub restarts after any event: journal and list of channels make the call whole. Only why
     * nobody answered may be lost, if it was said just then.
     */
    @ParameterizedTest
    @MethodSource("org.trunkline.pbx.asterisk.internal.translate.Captures#names")
    void aRestartAnywhereChangesNothing(String capture) throws IOException {
        List<AmiMessage> messages = Captures.messages(capture);
        for (int cut = 0; cut < messages.size(); cut++) {
            if (EventSelection.isWanted(messages.get(cut))) {
                assertRestartHarmless(capture, messages, cut);
            }
        }
    }

    /**
     * Likewise, and what happened since the login is heard before the list, which shows it already:
     * the list goes first.
     */
    @ParameterizedTest
    @ValueSource(strings = {"blind-transfer", "blind-transfer-refer", "outbound-blind-transfer"})
    void aListThatComesLateAfterARestartChangesNothing(String capture) throws IOException {
        List<AmiMessage> messages = wanted(capture);
        for (int cut = 0; cut < messages.size(); cut++) {
            Instant login = AmiTime.of(messages.get(cut)).orElseThrow();
            for (int heard = 1; cut + heard < messages.size(); heard++) {
                Instant now = AmiTime.of(messages.get(cut + heard - 1)).orElseThrow();
                if (now.isBefore(login.plus(LATE_LIST))) {
                    assertRestartHarmless(capture, messages, cut, heard, now);
                }
            }
        }
    }

    private static void assertRestartHarmless(String capture, List<AmiMessage> messages, int cut)
            throws IOException {
        Instant now = AmiTime.of(messages.get(cut)).orElseThrow();
        assertRestartHarmless(capture, messages, cut, 0, now);
    }

    private static void assertRestartHarmless(
            String capture, List<AmiMessage> messages, int cut, int heard, Instant now)
            throws IOException {
        List<AmiMessage> before = messages.subList(0, cut);
        List<CallEvent> told = Captures.translate(new Translator(Captures.ACCOUNT), before);
        List<Call> open = Captures.fold(told).stream().filter(call -> !call.ended()).toList();
        List<AmiMessage> seen = messages.subList(0, cut + heard);
        Translator restarted = new Translator(Captures.ACCOUNT);

        told.addAll(restarted.resync(snapshot(ChannelList.after(seen, now), now), open));
        told.addAll(Captures.translate(restarted, messages.subList(cut, messages.size())));

        try {
            CapturedCallsTest.assertSameButWhy(Captures.fold(told), Captures.expected(capture));
            assertThat(restarted.channels()).isZero();
        } catch (AssertionError e) {
            throw new AssertionError("restarted before " + messages.get(cut).text(), e);
        }
    }

    private static List<AmiMessage> wanted(String capture) throws IOException {
        return new ArrayList<>(
                Captures.messages(capture).stream().filter(EventSelection::isWanted).toList());
    }

    private static Snapshot snapshot(List<AmiMessage> rows, Instant at) {
        return new Snapshot(rows, true, at);
    }

    /** Seconds after 1795290000, the captures' time. */
    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(1_795_290_000 + seconds);
    }

    private static List<AmiMessage> rows(List<AmiMessage> messages, String event) {
        return messages.stream().filter(message -> message.event().equals(event)).toList();
    }

    private static int indexOf(List<AmiMessage> messages, String event) {
        return messages.indexOf(rows(messages, event).get(0));
    }

    private static int lastIndexOf(List<AmiMessage> messages, String event) {
        List<AmiMessage> rows = rows(messages, event);
        return messages.lastIndexOf(rows.get(rows.size() - 1));
    }
}
