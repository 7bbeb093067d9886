package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFoldTest {

    private static final PhoneNumber CLIENT = new PhoneNumber("+79161234567", "89161234567");
    private static final PhoneNumber LINE = new PhoneNumber("+74951000001", "74951000001");
    private static final CallEvent STARTED =
            Events.of(
                    0,
                    new Fact.Started(
                            Optional.of(Direction.INBOUND),
                            Optional.of(CLIENT),
                            Optional.of(LINE)));
    private static final CallEvent ENDED = Events.of(20, new Fact.Ended(Optional.empty()));

    @Test
    void anAnsweredCallFromRingToHangUp() {
        CallFold ringing =
                Events.fold(List.of(STARTED, Events.leg(1, "a", new Fact.LegRinging("201"))));
        CallFold talking = ringing.with(Events.leg(4, "a", new Fact.LegAnswered()));
        CallFold ended =
                talking.with(Events.leg(19.5, "a", new Fact.LegEnded(LegResult.ANSWERED)))
                        .with(ENDED);

        assertThat(ringing.call().state()).isEqualTo(CallState.RINGING);
        assertThat(ringing.call().result()).isEmpty();
        assertThat(talking.call().state()).isEqualTo(CallState.TALKING);
        Call call = ended.call();
        assertThat(call.state()).isEqualTo(CallState.ENDED);
        assertThat(call.result()).contains(CallResult.ANSWERED);
        assertThat(call.startedAt()).isEqualTo(Events.at(0));
        assertThat(call.answeredAt()).contains(Events.at(4));
        assertThat(call.endedAt()).contains(Events.at(20));
        assertThat(call.talkSeconds()).isEqualTo(15);
        assertThat(call.client()).contains(CLIENT);
        assertThat(call.line()).contains(LINE);
        assertThat(call.is(Direction.INBOUND)).isTrue();
        assertThat(call.leg("a").orElseThrow().extension()).contains("201");
    }

    @ParameterizedTest(name = "legs {0}, told {1} → {2}")
    @CsvSource({
        "MISSED,,MISSED",
        "BUSY,,BUSY",
        "BUSY BUSY,,BUSY",
        "BUSY MISSED,,MISSED",
        "CANCELLED,,MISSED",
        "CANCELLED ANSWERED,,ANSWERED",
        ",,MISSED",
        ",FAILED,FAILED",
        "CANCELLED,CANCELLED,CANCELLED",
        "ANSWERED,CANCELLED,ANSWERED",
        "MISSED,ANSWERED,MISSED",
    })
    void theResultFollowsFromTheLegsAndWhatThePbxSaid(
            String legs, CallResult told, CallResult expected) {
        CallFold fold = Events.fold(List.of(STARTED));
        int n = 0;
        for (String result : legs == null ? new String[0] : legs.split(" ")) {
            String leg = "leg" + n++;
            fold = fold.with(Events.leg(n, leg, new Fact.LegRinging("20" + n)));
            if (result.equals("ANSWERED")) {
                fold = fold.with(Events.leg(n + 1, leg, new Fact.LegAnswered()));
            }
            fold = fold.with(Events.leg(n + 5, leg, new Fact.LegEnded(LegResult.valueOf(result))));
        }
        fold = fold.with(Events.of(20, new Fact.Ended(Optional.ofNullable(told))));

        assertThat(fold.call().result()).contains(expected);
    }

    @Test
    void aLateMissedLegDoesNotUnanswerTheCall() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "a", new Fact.LegRinging("201")),
                        Events.leg(1, "b", new Fact.LegRinging("202")),
                        Events.leg(3, "a", new Fact.LegAnswered()),
                        Events.leg(18, "a", new Fact.LegEnded(LegResult.ANSWERED)),
                        ENDED,
                        Events.leg(21, "b", new Fact.LegEnded(LegResult.MISSED)),
                        Events.leg(21, "a", new Fact.LegEnded(LegResult.MISSED)));

        assertThat(call.result()).contains(CallResult.ANSWERED);
        assertThat(call.talkSeconds()).isEqualTo(15);
        assertThat(call.legs())
                .extracting(Leg::key, l -> l.result().orElseThrow())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", LegResult.ANSWERED),
                        org.assertj.core.groups.Tuple.tuple("b", LegResult.MISSED));
    }

    @Test
    void whatTheClosingRecordSaysBeatsLiveAndLiveBeatsWhatAQueryShowed() {
        CallEvent polled =
                Events.event(
                        30, Confidence.POLLED, Optional.empty(), new Fact.Ended(Optional.empty()));
        CallEvent live =
                Events.event(
                        20,
                        Confidence.LIVE,
                        Optional.empty(),
                        new Fact.Ended(Optional.of(CallResult.BUSY)));
        CallEvent closing =
                Events.event(
                        25,
                        Confidence.FINAL,
                        Optional.empty(),
                        new Fact.Ended(Optional.of(CallResult.FAILED)));

        assertThat(Events.call(STARTED, polled).endedAt()).contains(Events.at(30));
        assertThat(Events.call(STARTED, polled, live).endedAt()).contains(Events.at(20));
        assertThat(Events.call(STARTED, closing, polled, live).endedAt()).contains(Events.at(25));
        assertThat(Events.call(STARTED, closing, polled, live).result())
                .contains(CallResult.FAILED);
    }

    @Test
    void overlappingTalksCountOnce() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "a", new Fact.LegRinging("201")),
                        Events.leg(2, "a", new Fact.LegAnswered()),
                        Events.leg(8, "b", new Fact.LegRinging("202")),
                        Events.leg(10, "b", new Fact.LegAnswered()),
                        Events.leg(10, "b", new Fact.Transferred(TransferKind.ATTENDED, "a")),
                        Events.leg(12, "a", new Fact.LegEnded(LegResult.ANSWERED)),
                        Events.leg(20, "b", new Fact.LegEnded(LegResult.ANSWERED)),
                        ENDED);

        assertThat(call.talkSeconds()).isEqualTo(18);
        assertThat(call.legs()).extracting(Leg::talkSeconds).containsExactly(10L, 10L);
        Leg taker = call.leg("b").orElseThrow();
        assertThat(taker.transferredFrom()).contains("a");
        assertThat(taker.transfer()).contains(TransferKind.ATTENDED);
    }

    @Test
    void ringingBetweenTwoTalksIsNoTalk() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(2, "a", new Fact.LegAnswered()),
                        Events.leg(7, "a", new Fact.LegEnded(LegResult.ANSWERED)),
                        Events.leg(7, "b", new Fact.LegRinging("202")),
                        Events.leg(11, "b", new Fact.LegAnswered()),
                        Events.leg(20, "b", new Fact.LegEnded(LegResult.ANSWERED)),
                        ENDED);

        assertThat(call.talkSeconds()).isEqualTo(14);
    }

    @Test
    void aLegWhoseEndWasNotHeardEndsWithTheCall() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "a", new Fact.LegRinging("201")),
                        Events.leg(5, "a", new Fact.LegAnswered()),
                        Events.leg(1, "b", new Fact.LegRinging("202")),
                        ENDED);

        assertThat(call.talkSeconds()).isEqualTo(15);
        assertThat(call.legs()).allMatch(Leg::ended);
        assertThat(call.leg("b").orElseThrow().result()).contains(LegResult.MISSED);
    }

    @Test
    void legsStandInOrderOfRingingWhateverTheirKeysAndWhenTheyWereHeardOf() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(6, "1", new Fact.LegRinging("203")),
                        Events.leg(2, "3", new Fact.LegRinging("201")),
                        Events.leg(4, "2", new Fact.LegRinging("202")));

        assertThat(call.legs())
                .extracting(l -> l.extension().orElseThrow())
                .containsExactly("201", "202", "203");
    }

    @Test
    void holdAndCommandsMakeNoLegOfTheirOwn() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(3, "a", new Fact.Held(true)),
                        Events.leg(4, "b", new Fact.CommandResult("c1", true, "", Events.at(4))));

        assertThat(call.legs()).isEmpty();
    }

    @Test
    void aRecordingNamedTwiceIsOneRecordingAndKeepsItsLeg() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(3, "a", new Fact.RecordingReady("r", "2026/r.wav")),
                        Events.of(21, new Fact.RecordingReady("r", "2026/r.wav")));

        assertThat(call.recordings())
                .singleElement()
                .satisfies(recording -> assertThat(recording.legKey()).contains("a"));
    }

    @Test
    void factsOfAPartAreFactsOfTheLegThatItContinues() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "first", new Fact.LegRinging("201")),
                        Events.leg(4, "second", new Fact.Continues("first")),
                        Events.leg(4, "second", new Fact.LegRinging("201")),
                        Events.leg(6, "second", new Fact.LegAnswered()),
                        Events.leg(9, "second", new Fact.LegEnded(LegResult.ANSWERED)),
                        Events.leg(9, "b", new Fact.LegRinging("202")),
                        Events.leg(9, "b", new Fact.Transferred(TransferKind.BLIND, "second")));

        assertThat(call.legs()).extracting(Leg::key).containsExactly("first", "b");
        assertThat(call.legs().get(0).ringingAt()).contains(Events.at(1));
        assertThat(call.legs().get(0).talkSeconds()).isEqualTo(3);
        assertThat(call.legs().get(1).transferredFrom()).contains("first");
    }

    @Test
    void partsThatContinueEachOtherAreNotLost() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "a", new Fact.LegRinging("201")),
                        Events.leg(1, "a", new Fact.Continues("b")),
                        Events.leg(2, "b", new Fact.Continues("a")));

        assertThat(call.legs()).extracting(Leg::extension).containsExactly(Optional.of("201"));
    }

    @Test
    void onlyWhoTalkedCanHandTheClientOver() {
        CallFold rung =
                Events.fold(
                        List.of(
                                STARTED,
                                Events.leg(1, "a", new Fact.LegRinging("201")),
                                Events.leg(9, "b", new Fact.LegRinging("202")),
                                Events.leg(9, "b", new Fact.Transferred(TransferKind.BLIND, "a"))));
        CallFold talked = rung.with(Events.leg(3, "a", new Fact.LegAnswered()));

        assertThat(rung.call().leg("b").orElseThrow().transferredFrom()).isEmpty();
        assertThat(rung.call().leg("b").orElseThrow().transfer()).isEmpty();
        assertThat(talked.call().leg("b").orElseThrow().transferredFrom()).contains("a");
        assertThat(talked.call().leg("b").orElseThrow().transfer()).contains(TransferKind.BLIND);
    }

    @Test
    void whatNeitherRangNorTalkedIsNoLeg() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(3, "menu", new Fact.LegEnded(LegResult.CANCELLED)),
                        Events.leg(3, "menu", new Fact.Transferred(TransferKind.BLIND, "x")));

        assertThat(call.legs()).isEmpty();
    }

    @Test
    void theClosingRecordFillsWhatWasMissedOfALeg() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "a", new Fact.LegRinging("201")),
                        Events.leg(5, "b", new Fact.LegRinging("201")),
                        Events.leg(18, "b", new Fact.LegEnded(LegResult.MISSED)),
                        Events.of(8, new Fact.Reported("201", true)),
                        ENDED);

        assertThat(call.leg("a").orElseThrow().answered()).isFalse();
        assertThat(call.leg("b").orElseThrow().talkSeconds()).isEqualTo(10);
        assertThat(call.legs()).hasSize(2);
    }

    @Test
    void theClosingRecordChangesNothingOfALegThatWasHeardToTalk() {
        Call call =
                Events.call(
                        STARTED,
                        Events.leg(1, "a", new Fact.LegRinging("201")),
                        Events.leg(5, "a", new Fact.LegAnswered()),
                        Events.of(8, new Fact.Reported("201", true)),
                        ENDED);

        assertThat(call.legs())
                .singleElement()
                .satisfies(l -> assertThat(l.talkSeconds()).isEqualTo(15));
    }

    @ParameterizedTest(name = "talked {0} → {1}")
    @CsvSource({"true,ANSWERED", "false,MISSED"})
    void anEmployeeWhomOnlyTheClosingRecordNamesHasALeg(boolean talked, LegResult result) {
        Call call = Events.call(STARTED, Events.of(8, new Fact.Reported("201", talked)), ENDED);

        assertThat(call.legs())
                .singleElement()
                .satisfies(leg -> assertThat(leg.extension()).contains("201"))
                .satisfies(leg -> assertThat(leg.ringingAt()).contains(Events.at(8)))
                .satisfies(leg -> assertThat(leg.result()).contains(result));
    }

    @Test
    void aCallStoredByAnEarlierVersionIsRead() {
        CallFold fold =
                Json.read(
                        "{\"company\":\"acme\",\"account\":\"office\",\"key\":\"1795290262.0\","
                                + "\"firstHeard\":\"2026-11-21T09:00:00.000Z\",\"legs\":{},"
                                + "\"recordings\":{},\"attributes\":{}}",
                        CallFold.class);

        assertThat(fold.with(ENDED).call().ended()).isTrue();
    }

    @Test
    void O14_ofAnAttributeThatChangesTheLatestCounts() {
        CallEvent first = Events.of(3, new Fact.Tagged(Map.of("lastOperation", "menu")));
        CallEvent then = Events.of(8, new Fact.Tagged(Map.of("lastOperation", "queue")));

        assertThat(Events.call(first, then).attributes()).containsEntry("lastOperation", "queue");
        assertThat(Events.call(then, first).attributes()).containsEntry("lastOperation", "queue");
    }

    @Test
    void attributesAndTranscriptAreKept() {
        Call call =
                Events.call(
                        STARTED,
                        Events.of(3, new Fact.Tagged(Map.of("scenario", "sales"))),
                        Events.of(40, new Fact.TranscriptReady("Good day")));

        assertThat(call.attributes())
                .isEqualTo(Map.of("scenario", "sales", "transcript", "Good day"));
    }

    @Test
    void aConsultationThatBecamePartOfAnotherCallSaysSo() {
        assertThat(Events.call(STARTED, Events.of(3, new Fact.Merged("9.9"))).mergedInto())
                .contains("9.9");
    }

    @Test
    void aCallHeardOfInTheMiddleStartsWithTheFirstEvent() {
        Call call = Events.call(ENDED, Events.leg(7, "a", new Fact.LegAnswered()));

        assertThat(call.startedAt()).isEqualTo(Events.at(7));
        assertThat(call.direction()).isEmpty();
        assertThat(call.client()).isEmpty();
    }

    @Test
    void anEventOfAnotherCallIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallFold.of("acme", "office", "2").with(STARTED))
                .withMessageContaining("1795290262.0");
    }

    @Test
    void theIdOfACallIsTheSameEverywhereAndAnotherForAnyOtherCall() {
        assertThat(Call.id("acme", "office", "1")).matches("[0-9a-f]{24}");
        assertThat(Call.id("acme", "office", "1")).isEqualTo(Call.id("acme", "office", "1"));
        assertThat(
                        List.of(
                                Call.id("acme", "office", "1"),
                                Call.id("acme", "office", "2"),
                                Call.id("acme", "office2", "1"),
                                Call.id("acmeo", "ffice", "1")))
                .doesNotHaveDuplicates();
    }
}
