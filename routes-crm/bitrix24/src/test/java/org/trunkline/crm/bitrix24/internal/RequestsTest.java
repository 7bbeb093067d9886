package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;

class RequestsTest {

    @Test
    void registerSaysAllThatThePortalNeeds() {
        Command register =
                Requests.register(
                        "5f0c-main",
                        CallRecords.inbound().line("+74951000001").get(),
                        "7",
                        true,
                        Optional.empty());

        assertThat(register.method()).isEqualTo("telephony.externalCall.register");
        assertThat(register.params())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "USER_ID", 7,
                                "PHONE_NUMBER", "+79161234567",
                                "TYPE", 2,
                                "CALL_START_DATE", "2026-11-21T10:00:00+00:00",
                                "CRM_CREATE", 1,
                                "LINE_NUMBER", "+74951000001",
                                "SHOW", 1,
                                "ADD_TO_CHAT", 0,
                                "EXTERNAL_CALL_ID", "5f0c-main"));
    }

    @Test
    void finishSaysWhoTalkedAndHowLong() {
        Command finish =
                Requests.finish(
                        new ResultOf(0, "CALL_ID"),
                        CallRecords.inbound().ended("8", 42, CallResult.ANSWERED).get(),
                        "8");

        assertThat(finish.params())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "CALL_ID",
                                new ResultOf(0, "CALL_ID"),
                                "USER_ID",
                                8,
                                "DURATION",
                                42L,
                                "STATUS_CODE",
                                "200",
                                "ADD_TO_CHAT",
                                0));
    }

    @ParameterizedTest
    @CsvSource({
        "INBOUND, ANSWERED, 200",
        "INBOUND, MISSED, 304",
        "INBOUND, BUSY, 304",
        "INBOUND, CANCELLED, 304",
        "INBOUND, FAILED, 304",
        "OUTBOUND, ANSWERED, 200",
        "OUTBOUND, MISSED, 304",
        "OUTBOUND, BUSY, 486",
        "OUTBOUND, CANCELLED, 603-S",
        "OUTBOUND, FAILED, 503",
    })
    void O3_statusFollowsDirectionAndResult(Direction direction, CallResult result, String status) {
        assertThat(Requests.status(direction, result)).isEqualTo(status);
    }

    @Test
    void aBatchWritesParametersAsPhpReadsThem() {
        Parcel parcel =
                Parcel.of(
                        Lane.CARDS,
                        new Command("register", Map.of("PHONE_NUMBER", "+7916 &=")),
                        Requests.show(new ResultOf(0, "CALL_ID"), List.of("7", "8")));
        var commands =
                new Envelope(List.of(Parcel.of(Lane.CARDS, new Command("x", Map.of())), parcel))
                        .body()
                        .path("cmd");

        assertThat(commands.path("p1c0").asText())
                .isEqualTo("register?PHONE_NUMBER=%2B7916+%26%3D");
        assertThat(commands.path("p1c1").asText().split("[?&]"))
                .containsExactlyInAnyOrder(
                        "telephony.externalCall.show",
                        "USER_ID%5B0%5D=7",
                        "USER_ID%5B1%5D=8",
                        "CALL_ID=%24result%5Bp1c0%5D%5BCALL_ID%5D");
    }
}
