package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
import org.trunkline.model.FromCrm;
import org.trunkline.model.LegResult;
import org.trunkline.model.Notice;
import org.trunkline.model.Setback;

/** Calls that began by a click in the CRM (rule T17). */
class BeganInCrmTest {

    private static final String ON =
            "{\"clickToCall\":{\"enabled\":true,\"number\":\"+74951000001\"}}";

    private static Story click(String integration, String user) {
        return click(integration, user, Optional.of("externalCall.1"));
    }

    private static Story click(String integration, String user, Optional<String> portalCall) {
        Story story = Story.outbound().with(ON);
        new FromCrm(
                        integration,
                        portalCall,
                        Optional.of(user),
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty())
                .attributes()
                .forEach((name, value) -> story.tagged(0, name, value));
        return story;
    }

    private static Story click() {
        return click("office-main", "8");
    }

    /** As in amoCRM, which registers no calls. */
    private static Story unregisteredClick() {
        return click("office-main", "8", Optional.empty());
    }

    @Test
    void T17_isTheClickersOutgoingCallUnderThePortalsOwnId() {
        CallRecord record = click().rings(1, "202").answers(4, "202").ends(9).onlyRecord();

        assertThat(record.user()).isEqualTo("8");
        assertThat(record.outcome().orElseThrow().result()).isEqualTo(CallResult.ANSWERED);
        assertThat(record.begun().orElseThrow().portalCall()).contains("externalCall.1");
        assertThat(record.begun().orElseThrow().setback()).isEmpty();
        Story talked = click().rings(1, "202").answers(4, "202").ends(9);
        assertThat(talked.decided().notices()).isEmpty();
        assertThat(talked.part("callerId").rule()).isEqualTo("T18");
    }

    @Test
    void T17_theClickersCardStaysOpenUntilItIsOver() {
        assertThat(click().onlyRecord().cards()).containsExactly("8");
        assertThat(click().rings(1, "202").onlyRecord().cards()).containsExactly("8");
        assertThat(click().rings(1, "202").ends(5).onlyRecord().cards()).isEmpty();
    }

    @Test
    void T17_isEndedThoughOutgoingCallsAreNotUploadedOrFilteredOut() {
        String off =
                "{\"record\":{\"outgoing\":false},\"filters\":{\"outgoing\":{\"enabled\":true,"
                        + "\"filter\":{\"param\":\"employee\",\"mode\":\"include\","
                        + "\"values\":[\"203\"]}}}}";

        assertThat(click().with(off).rings(1, "202").ends(5).onlyRecord().user()).isEqualTo("8");
        assertThat(Story.outbound().with(off).rings(1, "202").ends(5).records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "false, BUSY,      EMPLOYEE_BUSY",
        "false, MISSED,    EMPLOYEE_NO_ANSWER",
        "false, FAILED,    NO_PHONE",
        "true,  BUSY,      CLIENT_BUSY",
        "true,  MISSED,    CLIENT_NO_ANSWER",
        "true,  FAILED,    CLIENT_NOT_REACHED",
    })
    void T17_whoClickedIsToldWhyThereWasNoTalk(boolean tried, CallResult result, Setback setback) {
        Story story = click().rings(1, "202").leaves(5, "202", LegResult.MISSED);
        if (tried) {
            FromCrm.THE_CLIENT_IS_TRIED.forEach((name, value) -> story.tagged(3, name, value));
        }
        story.ends(6, result);

        assertThat(story.onlyRecord().begun().orElseThrow().setback()).contains(setback);
        Notice notice = story.decided().notices().get(0);
        assertThat(notice.users()).containsExactly("8");
        assertThat(notice.text()).startsWith("The call to +79167654321 failed: ");
    }

    @Test
    void T17_whereTheCrmRegistersNothingItIsWrittenAsTheClickersOutgoingCall() {
        Story talked = unregisteredClick().rings(1, "202").answers(4, "202").ends(9);

        assertThat(talked.onlyRecord().user()).isEqualTo("8");
        assertThat(talked.onlyRecord().begun().orElseThrow().portalCall()).isEmpty();
        assertThat(talked.onlyRecord().begun().orElseThrow().clicker()).contains("8");
        assertThat(talked.part("callerId").rule()).isEqualTo("T18");
        assertThat(talked.part("responsible").rule()).isEqualTo("T17");
    }

    @Test
    void T17_whereTheCrmRegistersNothingAClickThatRangNoClientIsNotWritten() {
        Story unheard = unregisteredClick().rings(1, "202").ends(5, CallResult.MISSED);
        assertThat(unheard.records()).isEmpty();
        assertThat(unheard.part("record").rule()).isEqualTo("T17");
        assertThat(unheard.decided().notices()).isEmpty();

        Story busy = unregisteredClick().rings(1, "202");
        FromCrm.THE_CLIENT_IS_TRIED.forEach((name, value) -> busy.tagged(3, name, value));
        assertThat(busy.ends(6, CallResult.BUSY).onlyRecord().user()).isEqualTo("8");
    }

    @Test
    void T17_whereTheCrmRegistersNothingItIsLeftOutAsAnyCallOfOurs() {
        String off = "{\"record\":{\"outgoing\":false}}";

        Story left = unregisteredClick().with(off).rings(1, "202").answers(4, "202").ends(9);

        assertThat(left.records()).isEmpty();
        assertThat(left.part("record").rule()).isEqualTo("K2");
    }

    @Test
    void T17_whoGaveUpHimselfIsToldNothing() {
        Story story = click().rings(1, "202");
        FromCrm.THE_CLIENT_IS_TRIED.forEach((name, value) -> story.tagged(3, name, value));
        story.ends(6, CallResult.CANCELLED);

        assertThat(story.decided().notices()).isEmpty();
    }

    @Test
    void T17_whatWasInTheWayBeforeGoesBeforeWhatFollowed() {
        Story story = click();
        FromCrm.attributes(Setback.PBX_AWAY).forEach((name, value) -> story.tagged(1, name, value));
        story.ends(1, CallResult.FAILED);

        assertThat(story.onlyRecord().begun().orElseThrow().setback()).contains(Setback.PBX_AWAY);
        assertThat(story.decided().notices().get(0).text()).contains("PBX can't be reached");
    }

    @Test
    void T17_aClickOfWhichThePbxTellsNothingIsGivenUpByTheClock() {
        Story story = click().at(10);
        assertThat(story.decided().changesAt()).contains(Story.START.plus(FromCrm.PATIENCE));
        Call late = FromCrm.asOf(story.call(), Story.START.plus(FromCrm.PATIENCE), Story.START);

        assertThat(late.ended()).isTrue();
        assertThat(FromCrm.of(late).orElseThrow().setback()).contains(Setback.LOST);
        assertThat(FromCrm.asOf(story.call(), Story.START.plusSeconds(44), Story.START).ended())
                .isFalse();
        assertThat(
                        FromCrm.asOf(
                                        click().rings(1, "202").call(),
                                        Story.START.plusSeconds(99),
                                        Story.START)
                                .ended())
                .isFalse();
    }

    @Test
    void T17_anotherCrmHearsNothingOfAClickThatRangNobody() {
        Story elsewhere = click("office-other", "8").ends(1, CallResult.FAILED);

        assertThat(elsewhere.records()).isEmpty();
        assertThat(elsewhere.part("record").rule()).isEqualTo("T17");
        assertThat(click("office-other", "8").rings(1, "202").ends(5).onlyRecord().begun())
                .isEmpty();
    }

    @Test
    void T17_aClickThatRangNobodyOrIsLeftOutMakesNoEntities() {
        String byHub = "{\"entities\":{\"createBy\":\"hub\",\"outgoing\":true}";
        String leftOut = byHub + ",\"record\":{\"outgoing\":false}}";

        Story talked = click().rings(1, "202").answers(4, "202").ends(9);
        assertThat(talked.with(byHub + "}").decided().entities()).isPresent();
        assertThat(talked.with(leftOut).decided().entities()).isEmpty();
        assertThat(talked.with(leftOut).records()).hasSize(1);
        assertThat(click().with(byHub + "}").ends(1, CallResult.FAILED).decided().entities())
                .isEmpty();
    }

    /** A form of callback, which the hub itself registers. */
    private static Story callback(String settings) {
        Story story = Story.inbound().with(settings);
        new FromCrm(
                        "office-main",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty())
                .attributes()
                .forEach((name, value) -> story.tagged(0, name, value));
        return story.rings(1, "202").answers(4, "202").ends(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"record\":{\"incoming\":false}}",
                "{\"filters\":{\"incoming\":{\"enabled\":true,\"filter\":{\"param\":\"employee\","
                        + "\"mode\":\"include\",\"values\":[\"203\"]}}}}",
            })
    void K2_aCallbackIsLeftOutLikeAnyIncomingCall(String leftOut) {
        assertThat(callback("{}").records()).hasSize(1);
        assertThat(callback(leftOut).records()).isEmpty();
    }

    @Test
    void O14_besideAnotherTelephonyACallbackIsNotRegistered() {
        String beside = "{\"otherTelephony\":{\"enabled\":true}}";

        assertThat(callback(beside).records()).isEmpty();
        assertThat(click().with(beside).rings(1, "202").ends(5).records())
                .as("the portal registered it")
                .hasSize(1);
    }

    @Test
    void T17_aClickIsNotGivenUpWhileThePbxMayHaveYetToBeHeard() {
        Call waiting = click().call();
        Instant heard = Story.START.plusSeconds(100);

        assertThat(FromCrm.asOf(waiting, heard.minusSeconds(1), heard).ended()).isFalse();
        assertThat(FromCrm.asOf(waiting, heard, heard).ended()).isTrue();
    }
}
