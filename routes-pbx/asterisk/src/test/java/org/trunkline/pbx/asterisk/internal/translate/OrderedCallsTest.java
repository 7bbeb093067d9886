package org.trunkline.pbx.asterisk.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Leg;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink.Snapshot;

/** Several phones that the hub has ring together (rule T19); more in the captures callback-…. */
class OrderedCallsTest {

    private static final String KEY = "tl-0123456789abcdef01234567";
    private static final String[] TRIED =
            FromCrm.THE_CLIENT_IS_TRIED.keySet().toArray(String[]::new);

    private final Translator translator = new Translator(Captures.ACCOUNT);
    private final List<CallEvent> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    private void hear(String... fields) {
        now = now.plusMillis(10);
        told.addAll(translator.hear(AmiMessage.of(fields), now));
    }

    private static String channel(int number) {
        return Ordered.channelId(KEY, number, 2);
    }

    private void rings(int number, String extension) {
        hear(
                "Event",
                "Newchannel",
                "Channel",
                "PJSIP/" + extension + "-0000000" + number,
                "ChannelState",
                "0",
                "Context",
                "internal",
                "Uniqueid",
                channel(number),
                "Linkedid",
                channel(number));
        hear(
                "Event",
                "DialBegin",
                "DestChannel",
                "PJSIP/" + extension + "-0000000" + number,
                "DestConnectedLineNum",
                "79167654321",
                "DestUniqueid",
                channel(number),
                "DestLinkedid",
                channel(number));
    }

    private void isNotRegistered(int number, String extension) {
        hear(
                "Event", "OriginateResponse",
                "Response", "Failure",
                "Channel", "PJSIP/" + extension,
                "Reason", "0",
                "Uniqueid", channel(number));
    }

    private void hangsUp(int number, String cause) {
        hear("Event", "Hangup", "Uniqueid", channel(number), "Cause", cause);
    }

    private Call onlyCall() {
        List<Call> calls = Captures.fold(told);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    @Test
    void T19_aPhoneThatIsNotRegisteredEndsNothingWhileAnotherRings() {
        isNotRegistered(1, "209");
        assertThat(onlyCall().state()).isEqualTo(CallState.RINGING);

        rings(2, "202");
        hangsUp(2, "19");

        assertThat(onlyCall().key()).isEqualTo(KEY);
        assertThat(onlyCall().result()).contains(CallResult.MISSED);
        assertThat(onlyCall().legs())
                .extracting(Leg::extension)
                .containsExactly(Optional.of("209"), Optional.of("202"));
        assertThat(translator.calls()).isZero();
    }

    @Test
    void T19_thePhoneThatRefusesFirstEndsNothingBeforeTheOtherWasHeardOf() {
        rings(1, "201");
        hangsUp(1, "17");
        assertThat(onlyCall().ended()).isFalse();

        isNotRegistered(2, "209");

        assertThat(onlyCall().ended()).isTrue();
        assertThat(translator.calls()).isZero();
    }

    @Test
    void T17_noPhoneAtAllIsAFailedCallUnderTheHubsKey() {
        hear(
                "Event", "OriginateResponse",
                "Response", "Failure",
                "Channel", "PJSIP/209",
                "Reason", "0",
                "Exten", "79167654321",
                "Uniqueid", KEY);

        assertThat(onlyCall().key()).isEqualTo(KEY);
        assertThat(onlyCall().result()).contains(CallResult.FAILED);
    }

    /** What the hub writes when somebody sends a callback form. */
    private void aFormCame() {
        told.add(
                new CallEvent(
                        "acme",
                        "office",
                        KEY,
                        Optional.empty(),
                        Optional.of("crm/" + KEY + "/started"),
                        0,
                        now,
                        now,
                        Confidence.FINAL,
                        new Fact.Started(
                                Optional.of(Direction.INBOUND),
                                PhoneNumber.read("+79167654321", "RU"),
                                Optional.empty()),
                        "form"));
    }

    private static AmiMessage listed(int number, String extension) {
        return AmiMessage.of(
                "Event", "CoreShowChannel",
                "Channel", "PJSIP/" + extension + "-0000000" + number,
                "ChannelStateDesc", "Ringing",
                "Context", "internal",
                "Application", "AppDial2",
                "Duration", "00:00:01",
                "Uniqueid", channel(number),
                "Linkedid", channel(number));
    }

    private void lists(AmiMessage... rows) {
        told.addAll(
                translator.resync(new Snapshot(List.of(rows), false, now), Captures.fold(told)));
    }

    private void bridged(String uniqueid) {
        hear(
                "Event", "BridgeEnter",
                "BridgeUniqueid", "b-1",
                "BridgeTechnology", "simple_bridge",
                "Uniqueid", uniqueid);
    }

    private void talksWithTheClient(int number, String extension) {
        hear("Event", "DialEnd", "DestUniqueid", channel(number), "DialStatus", "ANSWER");
        hear(
                "Event", "DialBegin",
                "Channel", "PJSIP/" + extension + "-0000000" + number,
                "Uniqueid", channel(number),
                "Linkedid", channel(number),
                "DestChannel", "PJSIP/trunk-main-00000009",
                "DestContext", "from-trunk",
                "DestCallerIDNum", "79167654321",
                "DestUniqueid", "1700000000.9",
                "DestLinkedid", channel(number));
        bridged(channel(number));
        bridged("1700000000.9");
    }

    @Test
    void T19_aListOfChannelsBetweenRingingAndPickUpLosesNoTalk() {
        aFormCame();
        rings(1, "201");
        rings(2, "202");
        lists(listed(1, "201"), listed(2, "202"));

        talksWithTheClient(1, "201");
        hangsUp(2, "26");
        now = now.plusSeconds(20);
        hear("Event", "Hangup", "Uniqueid", "1700000000.9", "Cause", "16");
        hangsUp(1, "16");

        assertThat(onlyCall().result()).contains(CallResult.ANSWERED);
        assertThat(onlyCall().direction()).contains(Direction.INBOUND);
        assertThat(onlyCall().talkSeconds()).isEqualTo(20);
        assertThat(onlyCall().attributes()).containsAllEntriesOf(FromCrm.THE_CLIENT_IS_TRIED);
        assertThat(onlyCall().legs())
                .filteredOn(Leg::answered)
                .extracting(Leg::extension)
                .containsExactly(Optional.of("201"));
    }

    @Test
    void I6_whoPickedUpIsToldEvenIfNoTrunkTakesTheClient() {
        aFormCame();
        rings(1, "201");
        rings(2, "202");
        assertThat(onlyCall().attributes()).doesNotContainKeys(TRIED);

        hear("Event", "DialEnd", "DestUniqueid", channel(1), "DialStatus", "ANSWER");
        hear("Event", "OriginateResponse", "Response", "Success", "Uniqueid", channel(1));
        hangsUp(2, "26");
        hangsUp(1, "16");

        assertThat(onlyCall().ended()).isTrue();
        assertThat(onlyCall().answeredAt()).isEmpty();
        assertThat(onlyCall().attributes()).containsAllEntriesOf(FromCrm.THE_CLIENT_IS_TRIED);
    }

    @Test
    void T19_aPhoneThatIsNeverHeardOfKeepsNoCallOpen() {
        rings(1, "201");
        hangsUp(1, "19");
        lists();
        assertThat(onlyCall().ended()).as("the other may ring yet").isFalse();

        now = now.plusSeconds(46);
        lists();

        assertThat(onlyCall().result()).contains(CallResult.MISSED);
        assertThat(onlyCall().endedAt().orElseThrow()).isBefore(now.minusSeconds(40));
        assertThat(translator.calls()).isZero();
    }
}
