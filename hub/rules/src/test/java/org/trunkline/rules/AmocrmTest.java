package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Clients.of;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.LegResult;
import org.trunkline.model.Notice;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.Settings.Stage;
import org.trunkline.model.WantedEntities;

/** The rules that only amoCRM knows, by the presets for it. */
class AmocrmTest {

    private static final String ASTERISK = "asterisk-amocrm";
    private static final String T2 = "t2-amocrm";

    private static Story answered() {
        return inbound().rings(1, "201").answers(3, "201").ends(9);
    }

    private static Story missed() {
        return inbound().rings(1, "201").leaves(9, "201", LegResult.MISSED).ends(9);
    }

    private static Story attempt() {
        return outbound().rings(1, "201").ends(9);
    }

    private static Optional<Kind> made(Story story) {
        return story.decided()
                .entities()
                .flatMap(WantedEntities::create)
                .map(WantedEntities.New::kind);
    }

    private static List<Notice> told(Story story) {
        return story.decided().notices();
    }

    // ---- cards ------------------------------------------------------------------------------

    @Test
    void T9_onlyTheEmployeeWhoseNumberRingsSeesTheCard_alsoOfOutgoingCalls() {
        Story incoming = inbound().rings(1, "201").preset(T2);
        assertThat(incoming.onlyRecord().cards()).containsExactly("7");
        assertThat(incoming.part("card").rule()).isEqualTo("T9");
        Story outgoing = outbound().rings(1, "202").preset(T2);
        assertThat(outgoing.onlyRecord().cards()).containsExactly("8");
        assertThat(outgoing.part("card").rule()).isEqualTo("T9");
        Story off = outgoing.with("{\"popup\":{\"outgoing\":false}}");
        assertThat(off.onlyRecord().cards()).isEmpty();
        assertThat(off.part("card").rule()).isEqualTo("T9");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void T9_theSettingSwitchesCardsOfBothDirections(boolean on) {
        String with = "{\"popup\":{\"enabled\":" + on + "}}";
        assertThat(inbound().rings(1, "201").preset(T2).with(with).onlyRecord().cards().isEmpty())
                .isEqualTo(!on);
        assertThat(outbound().rings(1, "201").preset(T2).with(with).onlyRecord().cards().isEmpty())
                .isEqualTo(!on);
    }

    @Test
    void T9_whoIsBusyElsewhereIsStillShownWhoseNumberRings() {
        Story story = inbound().rings(1, "201").rings(1, "202").onAnotherCall("202").preset(T2);
        assertThat(story.onlyRecord().cards()).containsExactly("7", "8");
    }

    // ---- t2: an unknown incoming number ---------------------------------------------------------

    @Test
    void T15_unknownIncomingNumberBecomesDealAndContactInTheChosenPipelinesFirstStage() {
        Story story =
                answered().preset(T2).with("{\"pipelines\":{\"incoming\":{\"pipeline\":\"5\"}}}");
        assertThat(made(story)).contains(Kind.DEAL);
        assertThat(story.decided().entities().orElseThrow().stage())
                .contains(new Stage("5", Optional.empty()));
        assertThat(made(missed().preset(T2))).as("missed").contains(Kind.DEAL);
    }

    @Test
    void T15_orAnEntryInTheUnsorted() {
        String unsorted = "{\"entities\":{\"kind\":\"unsorted\"}}";
        Story story = answered().preset(T2).with(unsorted);
        assertThat(made(story)).contains(Kind.UNSORTED);
        assertThat(story.part("entity").rule()).isEqualTo("T15");
        Story outgoing =
                outbound()
                        .rings(1, "201")
                        .answers(3, "201")
                        .ends(9)
                        .preset(T2)
                        .with("{\"entities\":{\"kind\":\"unsorted\",\"outgoing\":true}}");
        assertThat(made(outgoing)).as("the tray takes incoming ones only").contains(Kind.DEAL);
    }

    @Test
    void T15_knownNumbersAndOutgoingCallsMakeNothing() {
        assertThat(made(answered().preset(T2).knows(of().withContact().client()))).isEmpty();
        assertThat(made(answered().preset(T2).knows(of().withDeal(false).client()))).isEmpty();
        assertThat(made(attempt().preset(T2))).isEmpty();
    }

    @Test
    void T16_T13_aCallThatReachedNobodyIsTiedToTheNamedResponsibleOnly() {
        Story story = inbound(Story.MULTICHANNEL).ends(9).preset(T2);
        assertThat(story.records()).isEmpty();
        assertThat(made(story)).isEmpty();
        Story named =
                story.with(
                        "{\"record\":{\"missedWithoutEmployee\":"
                                + "{\"enabled\":true,\"user\":\"9\"}}}");
        assertThat(named.onlyRecord().user()).isEqualTo("9");
        assertThat(named.part("responsible").rule()).isEqualTo("T13");
        assertThat(made(named)).contains(Kind.DEAL);
    }

    // ---- Asterisk: answered, missed, attempted -------------------------------------------------

    @Test
    void I4_answered_unknownOrWithoutAnOpenDeal_aNewDealOfTheTalker() {
        for (Story story :
                List.of(
                        answered(),
                        answered().knows(of().withContact().client()),
                        answered().knows(of().withContact().withDeal(false).client()),
                        outbound().rings(1, "201").answers(3, "201").ends(9))) {
            assertThat(made(story.preset(ASTERISK))).contains(Kind.DEAL);
            assertThat(story.decided().entities().orElseThrow().responsible()).contains("7");
            assertThat(story.part("entity").rule()).isEqualTo("I4");
        }
    }

    @Test
    void I4_theTalkerWhateverElseTheCrmKnows() {
        for (Clients known :
                List.of(of().withContact().withCompany().withDeal(false), of().withDeal(false))) {
            Story story =
                    inbound()
                            .rings(1, "202")
                            .answers(3, "202")
                            .ends(9)
                            .knows(known.client())
                            .preset(ASTERISK);
            assertThat(story.decided().entities().orElseThrow().responsible()).contains("8");
        }
        Story open = answered().knows(of().withContact().withDeal(true).client());
        assertThat(open.preset(ASTERISK).decided().entities().orElseThrow().reassign())
                .as("an open deal stays whose it is")
                .isEmpty();
    }

    @Test
    void I4_answered_withAnOpenDealNothingNew_onlyTheNotification() {
        Story story = answered().knows(of().withContact().withDeal(true).client()).preset(ASTERISK);
        assertThat(made(story)).isEmpty();
        assertThat(told(story)).singleElement().matches(Notice::link);
    }

    @Test
    void I4_aFailedAttemptIsRecordedAndMakesNoDeal() {
        Story story = attempt().preset(ASTERISK);
        assertThat(story.records()).hasSize(1);
        assertThat(made(story)).isEmpty();
        assertThat(story.part("entity").rule()).isEqualTo("I4");
        assertThat(told(story)).isEmpty();
    }

    @Test
    void I4_madeAtTheAnswer() {
        Story ringing = inbound().rings(1, "201").preset(ASTERISK).at(2);
        assertThat(made(ringing)).isEmpty();
        assertThat(made(ringing.answers(3, "201").at(4))).contains(Kind.DEAL);
    }

    @Test
    void I1_onAnswerTheTalkerIsToldTheClientsDataWithALink() {
        Story story =
                inbound()
                        .rings(1, "201")
                        .answers(3, "201")
                        .knows(of().withContact().withDeal(true).client())
                        .preset(ASTERISK);
        assertThat(told(story))
                .containsExactly(
                        new Notice(
                                "talk/7",
                                List.of("7"),
                                "Разговор с клиентом: Some CONTACT, +79161234567",
                                true));
        assertThat(story.part("notice").rule()).isEqualTo("I1");
        assertThat(told(inbound().rings(1, "201").preset(ASTERISK))).as("ringing").isEmpty();
        assertThat(told(outbound().rings(1, "202").answers(4, "202").preset(ASTERISK)))
                .as("outgoing, once the client answers")
                .extracting(Notice::users)
                .containsExactly(List.of("8"));
        assertThat(told(inbound().rings(1, "209").answers(2, "209").preset(ASTERISK)))
                .as("unmapped")
                .isEmpty();
        assertThat(told(story.with("{\"notify\":{\"talker\":false}}"))).isEmpty();
    }

    @Test
    void I5_missed_unknownOrWithoutAnOpenDeal_unsorted_andTheListIsTold() {
        String list = "{\"notify\":{\"missedUsers\":[\"8\",\"9\"]}}";
        for (Story story :
                List.of(
                        missed(),
                        missed().knows(of().withContact().withDeal(false).client()),
                        inbound(Story.MULTICHANNEL).ends(9))) {
            story.preset(ASTERISK).with(list);
            assertThat(made(story)).contains(Kind.UNSORTED);
            assertThat(story.part("entity").rule()).isEqualTo("I5");
            assertThat(told(story))
                    .singleElement()
                    .satisfies(
                            n -> {
                                assertThat(n.users()).containsExactly("8", "9");
                                assertThat(n.text()).contains("+79161234567");
                                assertThat(n.link()).isFalse();
                            });
        }
    }

    @Test
    void I5_missed_withAnOpenDealEverybodyIsToldWithItsLink() {
        Story story = missed().knows(of().withContact().withDeal(true).client()).preset(ASTERISK);
        assertThat(made(story)).isEmpty();
        assertThat(told(story))
                .containsExactly(
                        new Notice(
                                "missed",
                                List.of(),
                                "Пропущенный звонок: Some CONTACT, +79161234567",
                                true));
        assertThat(told(story.with("{\"notify\":{\"missed\":false}}"))).isEmpty();
    }

    @Test
    void I5_whereTheListNamesNobodyTheDecisionSaysSo() {
        Story story = missed().preset(ASTERISK);
        assertThat(told(story)).isEmpty();
        assertThat(story.part("notice").value()).isEqualTo("nothing");
        assertThat(story.part("notice").setting()).isEqualTo("/notify/missedUsers");
    }

    // ---- when ------------------------------------------------------------------------------

    @Test
    void asksForTheClientOnlyWhenTheAnswerMatters() {
        assertThat(inbound().rings(1, "201").preset(ASTERISK).asksForClient()).isFalse();
        assertThat(inbound().rings(1, "201").answers(2, "201").preset(ASTERISK).asksForClient())
                .isTrue();
        assertThat(inbound().rings(1, "201").answers(2, "201").preset(T2).asksForClient())
                .isFalse();
        assertThat(answered().preset(T2).asksForClient()).isTrue();
        assertThat(answered().asksForClient()).as("the portal makes them").isFalse();
        assertThat(answered().with("{\"chat\":{\"enabled\":true}}").asksForClient()).isTrue();
        assertThat(missed().with("{\"notify\":{\"missed\":true}}").asksForClient()).isTrue();
        assertThat(Story.internal().ends(4).preset(T2).asksForClient()).isFalse();
        assertThat(answered().preset(T2).with("{\"record\":{\"incoming\":false}}").asksForClient())
                .isFalse();
    }

    // ---- what the presets leave off ----------------------------------------------------------

    @Test
    void O3_aMissedCallIsATask_ifThatIsSwitchedOn() {
        String on = "{\"record\":{\"missedTask\":{\"enabled\":true,\"within\":\"PT2H\"}}}";
        assertThat(missed().preset(T2).onlyRecord().activity().callBackWithin()).isEmpty();
        assertThat(missed().preset(T2).with(on).onlyRecord().activity().callBackWithin())
                .contains(Duration.ofHours(2));
        assertThat(answered().preset(T2).with(on).onlyRecord().activity().callBackWithin())
                .as("its talk completes it")
                .isPresent();
        assertThat(attempt().preset(T2).with(on).onlyRecord().activity().callBackWithin())
                .as("our own attempt")
                .isEmpty();
    }

    @Test
    void T15_tagsAreThoseOfTheSettings() {
        var tagged = answered().preset(T2).with("{\"entities\":{\"tags\":[\"t2\"]}}").decided();
        assertThat(tagged.entities().flatMap(WantedEntities::create).orElseThrow().tags())
                .containsExactly("t2");
    }
}
