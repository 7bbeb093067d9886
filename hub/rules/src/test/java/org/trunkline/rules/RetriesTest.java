package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallbackRequest;
import org.trunkline.model.Decision;
import org.trunkline.model.FromCrm;
import org.trunkline.model.LegResult;
import org.trunkline.model.Setback;

/** The attempts of a request to be called back (rule I6). */
class RetriesTest {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final String ON =
            "{\"callback\":{\"enabled\":true,\"number\":\"+74951000001\"}}";

    /** Asked at the story's start, tried for ten minutes. */
    private static Story request(String integration, int attempt) {
        Story story = Story.inbound().with(ON);
        FromCrm begun =
                new FromCrm(
                        integration,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty());
        begun.attributes().forEach((name, value) -> story.tagged(0, name, value));
        new CallbackRequest(attempt, EVERY, Story.START.plusSeconds(600), Optional.empty())
                .attributes()
                .forEach((name, value) -> story.tagged(0, name, value));
        return story;
    }

    private static Story request() {
        return request("office-main", 1);
    }

    private static Story unanswered(int end) {
        return request().rings(1, "202").leaves(end, "202", LegResult.MISSED).ends(end);
    }

    private static Optional<Retries.Again> again(Story story, int second) {
        return Retries.of(story.call(), Story.START.plusSeconds(second));
    }

    @ParameterizedTest
    @CsvSource({"BUSY, employeeBusy", "MISSED, employeeNoAnswer", "FAILED, noPhone"})
    void I6_busyOrNoAnswerIsTriedAgainAfterHalfAMinute_andTheCrmHearsNothingYet(
            CallResult result, String why) {
        Story story = request().rings(1, "202").ends(20, result).at(25);

        Decision decision = story.decided();

        assertThat(decision.records()).isEmpty();
        assertThat(decision.notices()).isEmpty();
        assertThat(decision.changesAt()).contains(Story.START.plusSeconds(50));
        assertThat(story.part("record").rule()).isEqualTo("I6");
        assertThat(story.part("record").reason())
                .isEqualTo(
                        "attempt 1 reached no employee ("
                                + why
                                + "); again at 2026-11-21T10:00:50Z");
        assertThat(again(story, 49).orElseThrow().isDue(Story.START.plusSeconds(49))).isFalse();
        assertThat(again(story, 50).orElseThrow().isDue(Story.START.plusSeconds(50))).isTrue();
    }

    @Test
    void I6_oneThatIsDueAndCannotBeginIsLookedAtEachFiveSeconds() {
        Story story = unanswered(20);

        assertThat(story.at(60).decided().changesAt()).contains(Story.START.plusSeconds(65));
        assertThat(story.at(598).decided().changesAt()).contains(Story.START.plusSeconds(600));
    }

    @Test
    void I6_onceAnEmployeeAnsweredItIsAnAnsweredIncomingCall() {
        Story story = request().rings(1, "202").answers(4, "202").ends(9);

        assertThat(again(story, 10)).isEmpty();
        assertThat(story.onlyRecord().outcome().orElseThrow().result())
                .isEqualTo(CallResult.ANSWERED);
        assertThat(story.onlyRecord().user()).isEqualTo("8");
        assertThat(story.part("attempt").value()).isEqualTo("1");
    }

    @Test
    void I6_onceAnEmployeePickedUpItIsNotTriedAgainWhateverBecameOfTheClient() {
        Story story = request().rings(1, "202");
        FromCrm.THE_CLIENT_IS_TRIED.forEach((name, value) -> story.tagged(3, name, value));
        story.ends(20, CallResult.BUSY);

        assertThat(again(story, 21)).isEmpty();
        assertThat(story.records()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Setback.class,
            names = {"PBX_REFUSED", "NOT_MAPPED", "OFF", "WRONG_NUMBER"})
    void I6_whatWaitingDoesNotMendIsNotTriedAgain(Setback why) {
        Story story = request();
        FromCrm.attributes(why).forEach((name, value) -> story.tagged(1, name, value));
        story.ends(1, CallResult.FAILED);

        assertThat(again(story, 2)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Setback.class,
            names = {"PBX_AWAY", "LOST"})
    void I6_anAttemptThatCameToNothingByThePbxOrTheHubIsTriedAgain(Setback why) {
        Story story = request();
        FromCrm.attributes(why).forEach((name, value) -> story.tagged(1, name, value));
        story.ends(1, CallResult.FAILED);

        assertThat(again(story, 2).orElseThrow().at()).isEqualTo(Story.START.plusSeconds(31));
    }

    @Test
    void I6_afterTenMinutesItIsAMissedCall() {
        assertThat(again(unanswered(570), 571)).isPresent();
        Story last = unanswered(571).at(572);

        assertThat(again(last, 572)).isEmpty();
        assertThat(last.onlyRecord().outcome().orElseThrow().result()).isEqualTo(CallResult.MISSED);
        assertThat(last.part("attempt").reason()).isEqualTo("the last one: employeeNoAnswer");
    }

    @Test
    void I6_aHubThatWasDownUntilTheTimeWasOverCallsNobodyAnyMore() {
        Story story = unanswered(20);

        assertThat(again(story, 599)).isPresent();
        assertThat(again(story, 600)).isEmpty();
        assertThat(story.at(600).records()).hasSize(1);
        Story nearTheEnd = unanswered(569);
        assertThat(again(nearTheEnd, 658)).as("due at 599, a minute late").isPresent();
        assertThat(again(nearTheEnd, 659)).isEmpty();
    }

    @Test
    void I6_anAttemptThatIsFollowedByAnotherIsNeverWritten() {
        Story story = unanswered(20);
        CallbackRequest.followedBy("abc").forEach((name, value) -> story.tagged(50, name, value));

        Decision decision = story.at(9_999).decided();

        assertThat(decision.records()).isEmpty();
        assertThat(decision.changesAt()).isEmpty();
        assertThat(story.part("record").reason()).endsWith("the next one is call abc");
        assertThat(again(story, 9_999).orElseThrow().isDue(Instant.MAX)).isFalse();
    }

    @Test
    void I6_otherIntegrationsWaitForTheLastAttemptToo() {
        Story elsewhere =
                request("office-other", 1)
                        .with("{}")
                        .rings(1, "202")
                        .leaves(20, "202", LegResult.MISSED)
                        .ends(20)
                        .at(25);

        assertThat(elsewhere.records()).isEmpty();
        assertThat(elsewhere.part("record").rule()).isEqualTo("I6");
    }

    @Test
    void I6_theNextAttemptCarriesTheRequestOn_andNothingOfTheAttemptBefore() {
        Story story = unanswered(20).tagged(0, "site", "a.example").tagged(2, "crmRoute", "0");
        Call failed = story.call();

        Map<String, String> told = CallbackRequest.of(failed).orElseThrow().carriedOn(failed);

        assertThat(told)
                .containsEntry("site", "a.example")
                .containsEntry("crmAttempt", "2")
                .containsEntry("crmRetryUntil", "2026-11-21T10:10:00Z")
                .doesNotContainKeys("crmRoute", "crmIntegration", "crmNextAttempt");
    }

    @Test
    void I6_onceCallbacksAreSwitchedOffNoAttemptFollows_andItIsAMissedCallAtOnce() {
        Story story = unanswered(20).at(25);
        assertThat(story.records()).isEmpty();

        story.with("{\"callback\":{\"enabled\":false}}");

        assertThat(story.onlyRecord().outcome().orElseThrow().result())
                .isEqualTo(CallResult.MISSED);
        CallbackRequest.followedBy("abc").forEach((name, value) -> story.tagged(26, name, value));
        assertThat(story.records()).as("one has begun before").isEmpty();
    }

    /** The hub began it at 10:00:00; the phones rang 19 s, by a clock that is wrong. */
    @ParameterizedTest
    @CsvSource({"-300", "300", "-3600"})
    void I6_aPbxWhoseClockIsWrongNeitherHurriesNorHoldsUpTheNextAttempt(int wrong) {
        Story story = request().rings(wrong + 1, "202");
        story.leaves(wrong + 20, "202", LegResult.MISSED).ends(wrong + 20);

        assertThat(again(story, 21).orElseThrow().at()).isEqualTo(Story.START.plusSeconds(19 + 30));
    }

    @Test
    void I6_clicksAndCallsOfClientsAreNotTriedAgain() {
        assertThat(again(Story.inbound().rings(1, "202").ends(20), 21)).isEmpty();
    }
}
