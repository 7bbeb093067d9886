package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.internal;
import static org.trunkline.rules.Story.outbound;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallRecord.Outcome;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Direction;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;

class RulesTest {

    @Nested
    class WhoSeesTheCard {

        @Test
        void T7_cardOpensForWhosePhoneRings() {
            assertThat(inbound().rings(1, "202").onlyRecord().cards()).containsExactly("8");
            assertThat(inbound().rings(1, "202").part("card").rule()).isEqualTo("T7");
        }

        @Test
        void T7_switchedOffNobodySeesIt() {
            Story story = inbound().rings(1, "202").with("{\"popup\":{\"enabled\":false}}");
            assertThat(story.onlyRecord().cards()).isEmpty();
            assertThat(story.part("card").setting()).isEqualTo("/popup/enabled");
        }

        @Test
        void T7_cardIsGoneWhenTheCallIsOver() {
            Story story = inbound().rings(1, "201").answers(3, "201").ends(9);
            assertThat(story.onlyRecord().cards()).isEmpty();
        }

        @Test
        void T8_ringAllShowsItToEverybodyWhoIsRung() {
            Story story = inbound().rings(1, "201").rings(1, "202").rings(1, "203");
            assertThat(story.onlyRecord().cards()).containsExactly("7", "8", "9");
            assertThat(story.part("card").rule()).isEqualTo("T8");
        }

        @Test
        void T8_notToWhoIsOnAnotherCall() {
            Story story = inbound().rings(1, "201").rings(1, "202").onAnotherCall("202");
            assertThat(story.onlyRecord().cards()).containsExactly("7");
        }

        @Test
        void T8_audienceRingingShowsItToWhoIsOnAnotherCallToo() {
            Story story =
                    inbound()
                            .rings(1, "201")
                            .rings(1, "202")
                            .onAnotherCall("202")
                            .with("{\"popup\":{\"audience\":\"ringing\"}}");
            assertThat(story.onlyRecord().cards()).containsExactly("7", "8");
        }

        @Test
        void T8_cardFollowsTheRinging() {
            Story story =
                    inbound().rings(1, "201").leaves(4, "201", LegResult.MISSED).rings(4, "202");
            assertThat(story.onlyRecord().cards()).containsExactly("8");
        }

        @Test
        void T8_keptForWhoAnswersHiddenForTheOthers() {
            Story story = inbound().rings(1, "201").rings(1, "202").answers(3, "202");
            assertThat(story.onlyRecord().cards()).containsExactly("8");
        }

        @Test
        void K1_outgoingCallShowsItToTheCaller() {
            assertThat(outbound().rings(0, "201").onlyRecord().cards()).containsExactly("7");
            assertThat(outbound().rings(0, "201").answers(5, "201").onlyRecord().cards())
                    .containsExactly("7");
        }

        @Test
        void K1_outgoingSwitchedOff() {
            Story story = outbound().rings(0, "201").with("{\"popup\":{\"outgoing\":false}}");
            assertThat(story.onlyRecord().cards()).isEmpty();
            assertThat(story.part("card").rule()).isEqualTo("K1");
        }

        @Test
        void M1_noCardWhileAnUnmappedEmployeeTalks() {
            Story story =
                    inbound()
                            .rings(1, "201")
                            .rings(1, "209")
                            .answers(3, "209")
                            .with("{\"saveAll\":{\"enabled\":true,\"user\":\"99\"}}");
            assertThat(story.onlyRecord().cards()).isEmpty();
            assertThat(story.part("card").rule()).isEqualTo("M1");
        }

        @Test
        void T7_whoAloneIsRungSeesItThoughOnAnotherCall() {
            Story story = inbound().rings(1, "202").onAnotherCall("202");
            assertThat(story.onlyRecord().cards()).containsExactly("8");
        }
    }

    @Nested
    class WhatIsRecorded {

        @Test
        void T10_answeredCallWithItsTrueTimesAndSeconds() {
            CallRecord record =
                    inbound()
                            .rings(1, "201")
                            .answers(3, "201")
                            .leaves(10, "201", LegResult.ANSWERED)
                            .ends(10)
                            .onlyRecord();
            assertThat(record.direction()).isEqualTo(Direction.INBOUND);
            assertThat(record.startedAt()).isEqualTo(Story.START);
            assertThat(record.outcome()).contains(new Outcome("7", 7, CallResult.ANSWERED));
        }

        @Test
        void T10_noOutcomeWhileItGoesOn() {
            assertThat(inbound().rings(1, "201").answers(3, "201").onlyRecord().outcome())
                    .isEmpty();
        }

        @Test
        void T10_hiddenNumberIsNotWritten() {
            Story story = Story.anonymous().rings(1, "201");
            assertThat(story.records()).isEmpty();
            assertThat(story.part("record").reason()).contains("hidden");
        }

        @Test
        void T10_nothingUntilThePbxSaysWhichWayTheCallGoes() {
            Story story = Story.ofUnknownDirection().rings(1, "201");
            assertThat(story.records()).isEmpty();
            assertThat(story.part("record").reason()).contains("which way");
        }

        @Test
        void T10_callBetweenEmployeesIsNotWritten() {
            assertThat(internal().rings(0, "201").answers(2, "201").ends(5).records()).isEmpty();
        }

        @Test
        void T11_outgoingCallIsTheCallers() {
            CallRecord record = outbound().rings(0, "202").ends(8, CallResult.BUSY).onlyRecord();
            assertThat(record.outcome()).contains(new Outcome("8", 0, CallResult.BUSY));
        }

        @Test
        void K2_withoutUploadNeitherCardNorRecord() {
            Story in = inbound().rings(1, "201").with("{\"record\":{\"incoming\":false}}");
            Story out = outbound().rings(1, "201").with("{\"record\":{\"outgoing\":false}}");
            assertThat(in.records()).isEmpty();
            assertThat(in.part("record").setting()).isEqualTo("/record/incoming");
            assertThat(out.records()).isEmpty();
            assertThat(out.part("record").setting()).isEqualTo("/record/outgoing");
        }

        @Test
        void K2_theDirectionsAreIndependent() {
            assertThat(
                            inbound()
                                    .rings(1, "201")
                                    .with("{\"record\":{\"outgoing\":false}}")
                                    .records())
                    .hasSize(1);
            assertThat(
                            outbound()
                                    .rings(1, "201")
                                    .with("{\"record\":{\"incoming\":false}}")
                                    .records())
                    .hasSize(1);
        }

        @Test
        void K3_recordingHangsOnTheCall() {
            Story story =
                    inbound().rings(1, "201").answers(2, "201").recorded(9, "", "a.wav").ends(9);
            assertThat(story.onlyRecord().recordings()).extracting("id").containsExactly("a.wav");
        }

        @Test
        void K3_sendingSwitchedOff() {
            Story story =
                    inbound()
                            .rings(1, "201")
                            .answers(2, "201")
                            .recorded(9, "", "a.wav")
                            .ends(9)
                            .with("{\"recordings\":{\"send\":false}}");
            assertThat(story.onlyRecord().recordings()).isEmpty();
            assertThat(story.part("recording").setting()).isEqualTo("/recordings/send");
        }

        @Test
        void K3_nothingToHearWhereNobodyTalked() {
            Story story = inbound().rings(1, "201").recorded(9, "", "a.wav").ends(9);
            assertThat(story.onlyRecord().recordings()).isEmpty();
        }

        @Test
        void T13_callThatReachedNobodyGoesToTheNamedUser() {
            Story story =
                    inbound(Story.MULTICHANNEL)
                            .ends(4)
                            .with(
                                    "{\"record\":{\"missedWithoutEmployee\":"
                                            + "{\"enabled\":true,\"user\":\"5\"}}}");
            assertThat(story.onlyRecord().outcome())
                    .contains(new Outcome("5", 0, CallResult.MISSED));
        }

        @Test
        void T13_offAndNobodyNamedItIsNotWritten() {
            Story story = inbound(Story.MULTICHANNEL).ends(4);
            assertThat(story.records()).isEmpty();
            assertThat(story.part("responsible").rule()).isEqualTo("T13");
        }

        @Test
        void T13_anEmployeesOwnNumberIsTheEmployees() {
            Story story =
                    inbound(Story.DIRECT)
                            .ends(4)
                            .with(
                                    "{\"record\":{\"missedWithoutEmployee\":"
                                            + "{\"enabled\":true,\"user\":\"5\"}}}");
            assertThat(story.onlyRecord().user()).isEqualTo("7");
        }

        @Test
        void T13_alsoWhereTheHubMakesEntities_andWhoeverTheClientIs() {
            String defaults =
                    "{\"responsible\":{\"incomingDefault\":\"41\",\"outgoingDefault\":\"42\"}%s}";
            String named =
                    ",\"record\":{\"missedWithoutEmployee\":{\"enabled\":true,\"user\":\"9\"}}";
            for (Client client : List.of(Client.UNKNOWN, Clients.of().withContact().client())) {
                Story story =
                        inbound(Story.MULTICHANNEL).ends(4).preset("t2-bitrix24").knows(client);
                assertThat(story.records()).isEmpty();
                assertThat(story.decided().entities()).isEmpty();
                assertThat(story.with(defaults.formatted("")).records()).isEmpty();
                assertThat(story.with(defaults.formatted(named)).onlyRecord().user())
                        .isEqualTo("9");
            }
        }
    }

    @Nested
    class WhoIsResponsible {

        @Test
        void K5_whileItRingsTheOneCalledFirst() {
            assertThat(inbound().rings(1, "203").rings(2, "201").onlyRecord().user())
                    .isEqualTo("9");
        }

        @Test
        void K5_whoAnswered() {
            Story story = inbound().rings(1, "201").rings(1, "202").answers(3, "202").ends(9);
            assertThat(story.onlyRecord().outcome().map(Outcome::user)).contains("8");
        }

        @Test
        void K5_missedGoesToTheConfiguredUser() {
            Story story =
                    inbound().rings(1, "202").ends(9).with("{\"responsible\":{\"missed\":\"5\"}}");
            assertThat(story.onlyRecord().outcome())
                    .contains(new Outcome("5", 0, CallResult.MISSED));
        }

        @Test
        void K5_missedElseTheFirstWhosePhoneRang() {
            Story story = inbound().rings(2, "201").rings(1, "203").ends(9);
            assertThat(story.onlyRecord().outcome().map(Outcome::user)).contains("9");
        }

        @Test
        void K5_theConfiguredUserIsForMissedCallsOnly() {
            Story story =
                    inbound()
                            .rings(1, "202")
                            .answers(2, "202")
                            .ends(9)
                            .with("{\"responsible\":{\"missed\":\"5\"}}");
            assertThat(story.onlyRecord().outcome().map(Outcome::user)).contains("8");
        }

        @Test
        void K5_whoStandsInIfTheCrmRefusesTheUser() {
            CallRecord record =
                    inbound()
                            .rings(1, "201")
                            .rings(1, "202")
                            .ends(9)
                            .with(
                                    "{\"responsible\":{\"missed\":\"5\","
                                            + "\"incomingDefault\":\"6\"}}")
                            .onlyRecord();
            assertThat(record.user()).isEqualTo("5");
            assertThat(record.fallbackUsers()).containsExactly("6", "7", "8");
        }

        @Test
        void T4_callOfAnUnmappedEmployeeIsIgnored() {
            assertThat(inbound().rings(1, "209").answers(2, "209").ends(9).records()).isEmpty();
            assertThat(outbound().rings(1, "209").ends(9).records()).isEmpty();
        }

        @Test
        void T4_missedByUnmappedEmployeesGoesToTheDefault() {
            Story story =
                    inbound()
                            .rings(1, "209")
                            .ends(9)
                            .with("{\"responsible\":{\"incomingDefault\":\"6\"}}");
            assertThat(story.onlyRecord().outcome().map(Outcome::user)).contains("6");
        }

        @Test
        void T4_M2_whatAnUnmappedColleagueTalkedIsNobodyElses() {
            Story story = inbound().rings(1, "201").rings(1, "209").answers(3, "209").ends(9);
            assertThat(story.records()).isEmpty();
            story.with("{\"responsible\":{\"incomingDefault\":\"6\"}}");
            assertThat(story.onlyRecord().outcome())
                    .contains(new Outcome("6", 6, CallResult.ANSWERED));
        }

        @Test
        void M3_aGroupsCallThatEndedOnAnUnmappedOneIsTheSaveAllUsers_unlessNamedOtherwise() {
            String on = "{\"saveAll\":{\"enabled\":true,\"user\":\"45\"}%s}";
            Story group = inbound(Story.MULTICHANNEL).rings(1, "201").rings(5, "209").ends(9);
            assertThat(group.with(on.formatted("")).onlyRecord().user()).isEqualTo("45");
            assertThat(group.part("responsible").rule()).isEqualTo("M3");
            String named = ",\"missedGroup\":{\"enabled\":true}";
            assertThat(group.with(on.formatted(named)).onlyRecord().user()).isEqualTo("7");
            Story mappedLast = inbound(Story.MULTICHANNEL).rings(1, "209").rings(5, "201").ends(9);
            assertThat(mappedLast.with(on.formatted("")).onlyRecord().user()).isEqualTo("7");
            Story alone = inbound(Story.MULTICHANNEL).rings(1, "209").ends(9);
            assertThat(alone.with(on.formatted(named)).onlyRecord().user()).isEqualTo("45");
            assertThat(alone.part("responsible").rule()).isEqualTo("M2");
        }

        @Test
        void T4_outgoingCallOfAnUnmappedEmployeeGoesToTheDefault() {
            Story story =
                    outbound()
                            .rings(1, "209")
                            .ends(9)
                            .with("{\"responsible\":{\"outgoingDefault\":\"6\"}}");
            assertThat(story.onlyRecord().user()).isEqualTo("6");
        }
    }

    @Nested
    class WhichTalkerCounts {

        /** 201 picked up, 202 joined without a transfer: both talked in one part of the call. */
        private Story shared() {
            return inbound()
                    .rings(1, "201")
                    .rings(2, "202")
                    .answers(3, "201")
                    .answers(5, "202")
                    .leaves(6, "201", LegResult.ANSWERED)
                    .leaves(9, "202", LegResult.ANSWERED)
                    .ends(9);
        }

        @Test
        void O13_firstTalkerByDefault() {
            assertThat(shared().onlyRecord().outcome())
                    .contains(new Outcome("7", 7, CallResult.ANSWERED));
            assertThat(shared().part("responsible").reason()).contains("201");
        }

        @Test
        void O13_lastTalkerBySetting() {
            Story story = shared().with("{\"responsible\":{\"talker\":\"last\"}}");
            assertThat(story.onlyRecord().outcome().map(Outcome::user)).contains("8");
        }

        @Test
        void T4_unmappedTalkerIsStoodInForByTheDefault() {
            Story story =
                    inbound()
                            .rings(1, "201")
                            .rings(1, "209")
                            .answers(3, "209")
                            .ends(9)
                            .with("{\"responsible\":{\"incomingDefault\":\"6\"}}");
            assertThat(story.onlyRecord().outcome().map(Outcome::user)).contains("6");
        }
    }

    @Nested
    class WhatIsMade {

        @Test
        void K4_thePortalMakesWhatIsMissing() {
            assertThat(inbound().rings(1, "201").onlyRecord().createEntities()).isTrue();
            assertThat(outbound().rings(1, "201").onlyRecord().createEntities()).isTrue();
        }

        @Test
        void K4_creationSwitchedOff() {
            Story story =
                    inbound().rings(1, "201").with("{\"entities\":{\"createBy\":\"nobody\"}}");
            assertThat(story.onlyRecord().createEntities()).isFalse();
            assertThat(story.part("entity").setting()).isEqualTo("/entities/createBy");
        }

        @Test
        void K4_thePortalMakesNothingForANumberOnTheExclusionList() {
            String except = "{\"entities\":{\"except\":[\"+79161234567\"]}}";
            assertThat(inbound().rings(1, "201").with(except).onlyRecord().createEntities())
                    .isFalse();
        }

        @Test
        void T14_threeIndependentSwitches() {
            String direct = "{\"entities\":{\"incomingDirect\":false}}";
            String multichannel = "{\"entities\":{\"incomingMultichannel\":false}}";
            String outgoing = "{\"entities\":{\"outgoing\":false}}";
            assertThat(creates(inbound(Story.DIRECT), direct)).isFalse();
            assertThat(creates(inbound(Story.DIRECT), multichannel)).isTrue();
            assertThat(creates(inbound(Story.MULTICHANNEL), multichannel)).isFalse();
            assertThat(creates(inbound(Story.MULTICHANNEL), direct)).isTrue();
            assertThat(creates(outbound(), outgoing)).isFalse();
            assertThat(creates(outbound(), direct)).isTrue();
        }

        @Test
        void T14_lineThatIsNotDescribedCountsAsMultichannel() {
            String off = "{\"entities\":{\"incomingMultichannel\":false}}";
            assertThat(creates(inbound("+74957777777"), off)).isFalse();
        }

        private boolean creates(Story story, String settings) {
            return story.rings(1, "201").with(settings).onlyRecord().createEntities();
        }
    }

    @Nested
    class Transfers {

        private Story blind() {
            return inbound()
                    .rings(1, "201")
                    .answers(2, "201")
                    .leaves(6, "201", LegResult.ANSWERED)
                    .transferred(6, "201", "202", TransferKind.BLIND);
        }

        @Test
        void X1_eachTalkIsARecordOfItsOwn() {
            Story story = blind().answers(8, "202").leaves(13, "202", LegResult.ANSWERED).ends(13);
            assertThat(story.records())
                    .extracting(CallRecord::key, CallRecord::outcome)
                    .containsExactly(
                            tuple("main", Optional.of(new Outcome("7", 4, CallResult.ANSWERED))),
                            tuple("201", Optional.of(new Outcome("8", 5, CallResult.ANSWERED))));
        }

        @Test
        void X1_theFirstTalkIsOverWhileTheTransferRings() {
            CallRecord first = blind().records().get(0);
            CallRecord second = blind().records().get(1);
            assertThat(first.outcome()).isPresent();
            assertThat(first.cards()).isEmpty();
            assertThat(second.outcome()).isEmpty();
            assertThat(second.cards()).containsExactly("8");
            assertThat(second.startedAt()).isEqualTo(Story.START.plusSeconds(6));
        }

        @Test
        void X1_transferThatNobodyAnswersIsMissedForItsOwnLegOnly() {
            Story story = blind().leaves(20, "202", LegResult.MISSED).ends(20);
            assertThat(story.records())
                    .extracting(r -> r.outcome().orElseThrow().result())
                    .containsExactly(CallResult.ANSWERED, CallResult.MISSED);
        }

        @Test
        void X1_transferToABusyPhoneIsBusyForItsOwnLegOnly() {
            Story story = blind().leaves(7, "202", LegResult.BUSY).ends(8);
            assertThat(story.records())
                    .extracting(r -> r.outcome().orElseThrow().result())
                    .containsExactly(CallResult.ANSWERED, CallResult.BUSY);
        }

        @Test
        void K3_recordingOfATransferredPartHangsOnItsOwnRecord() {
            Story story =
                    blind().answers(8, "202")
                            .recorded(8, "201", "first.wav")
                            .recorded(13, "202", "second.wav")
                            .ends(13);
            assertThat(story.records().get(0).recordings())
                    .extracting("id")
                    .containsExactly("first.wav");
            assertThat(story.records().get(1).recordings())
                    .extracting("id")
                    .containsExactly("second.wav");
            assertThat(story.part("recording").value()).isEqualTo("first.wav");
        }

        @Test
        void X1_onlyTheFirstRecordMakesEntities() {
            assertThat(blind().records())
                    .extracting(CallRecord::createEntities)
                    .containsExactly(true, false);
        }

        @Test
        void X1_eachTryToHandOverIsARecordOfItsOwn() {
            Story story =
                    inbound()
                            .rings(1, "201")
                            .answers(3, "201")
                            .transferred(10, "201", "202", TransferKind.BLIND)
                            .leaves(20, "202", LegResult.MISSED)
                            .leaves(30, "201", LegResult.ANSWERED)
                            .transferred(30, "201", "203", TransferKind.BLIND)
                            .answers(32, "203")
                            .recorded(39, "203", "r1")
                            .ends(40);
            assertThat(story.records())
                    .extracting(CallRecord::user, r -> r.outcome().orElseThrow().result())
                    .containsExactly(
                            tuple("7", CallResult.ANSWERED),
                            tuple("8", CallResult.MISSED),
                            tuple("9", CallResult.ANSWERED));
            assertThat(story.records()).extracting(CallRecord::key).doesNotHaveDuplicates();
            assertThat(story.records().get(2).recordings()).hasSize(1);
            assertThat(story.records().get(1).recordings()).isEmpty();
        }

        @Test
        void X1_aTransferToAQueueIsOneRecordThoughItRingsOneAfterAnother() {
            Story story =
                    inbound()
                            .rings(1, "201")
                            .answers(3, "201")
                            .leaves(10, "201", LegResult.ANSWERED)
                            .transferred(10, "201", "202", TransferKind.BLIND)
                            .leaves(20, "202", LegResult.MISSED)
                            .transferred(21, "201", "203", TransferKind.BLIND)
                            .answers(23, "203")
                            .ends(40);
            assertThat(story.records()).extracting(CallRecord::user).containsExactly("7", "9");
        }

        @Test
        void X1_consultationThatBecamePartOfAnotherCallIsNoCall() {
            assertThat(inbound().rings(1, "201").becomesPartOf(5, "0.9").records()).isEmpty();
        }
    }

    @Test
    void X5_eachRecordHasAReasonForEachChoice() {
        assertThat(inbound().rings(1, "201").decided().parts())
                .allSatisfy(
                        part -> {
                            assertThat(part.rule()).matches("[TMIKOX]\\d+");
                            assertThat(part.reason()).isNotBlank();
                        })
                .extracting("what")
                .containsExactly(
                        "responsible",
                        "card",
                        "entity",
                        "history",
                        "recording",
                        "activity",
                        "transcript");
    }
}
