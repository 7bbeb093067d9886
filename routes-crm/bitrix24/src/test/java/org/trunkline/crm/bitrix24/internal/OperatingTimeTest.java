package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vendor's: 480 s within ten baskets of a minute, checked before a command runs. */
class OperatingTimeTest {

    private static final long SECOND = 1_000_000_000;

    /** The portal's clock, at the beginning of a minute, when ours shows zero. */
    private static final long NOON = 1_795_348_800;

    private static final List<Command> REGISTER = List.of(new Command(Command.REGISTER, Map.of()));

    private final MethodCosts costs = new MethodCosts();
    private final OperatingTime operating = new OperatingTime(costs);

    @BeforeEach
    void registersTakeOneSecond() {
        for (int i = 0; i < 100; i++) {
            costs.learn(Command.REGISTER, 1);
        }
    }

    @Test
    void whatThePortalDoesNotCountIsNotWaitedFor() {
        operating.learn(
                new Envelope.Spent(Command.REGISTER, 1000, OptionalDouble.empty(), 0, NOON), 0);

        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isZero();
    }

    @Test
    void aMethodRunsUntilItsTimeIsUsedUpAndOthersGoOn() {
        told(0, 479);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isZero();

        told(0, 479.5);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isPositive();
        assertThat(operating.nanosUntilRoom(List.of(new Command(Command.SHOW, Map.of())), 1, 0))
                .isZero();
    }

    @Test
    void whatIsUnderWayCounts() {
        told(0, 470);
        operating.departed(Collections.nCopies(10, REGISTER.get(0)));
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isPositive();

        operating.returned(REGISTER);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isZero();
    }

    @Test
    void aShareIsKeptForCards() {
        told(0, 460);

        assertThat(operating.nanosUntilRoom(REGISTER, 0.95, 0)).isPositive();
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isZero();
    }

    /** 200 s in the first minute and 280 s in the third: room when the first is forgotten. */
    @Test
    void thereIsRoomWhenTheOldestMinuteIsForgotten() {
        operating.learn(spent(30, 200, 200), 30 * SECOND);
        operating.learn(spent(130, 280, 480), 130 * SECOND);

        long wait = operating.nanosUntilRoom(REGISTER, 1, 130 * SECOND);
        assertThat(wait).isBetween(470 * SECOND, 473 * SECOND);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 130 * SECOND + wait)).isZero();
    }

    /** What others spent is known to end when the portal says so, and is asked about then. */
    @Test
    void whatThisHubDidNotSpendIsAskedAboutWhenItMayBeForgotten() {
        operating.learn(
                new Envelope.Spent(
                        Command.REGISTER, 1, OptionalDouble.of(480), NOON + 240, NOON + 10),
                10 * SECOND);

        assertThat(operating.nanosUntilRoom(REGISTER, 1, 10 * SECOND))
                .isBetween(230 * SECOND, 233 * SECOND);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 243 * SECOND)).isZero();
        operating.departed(REGISTER);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 243 * SECOND))
                .as("one asks for all")
                .isPositive();
    }

    @Test
    void aPortalThatRefusesEarlierHasLess() {
        told(0, 300);
        operating.refused(Command.REGISTER);

        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isPositive();
        told(0, 290);
        assertThat(operating.nanosUntilRoom(REGISTER, 1, 0)).isZero();
    }

    private void told(long second, double used) {
        operating.learn(spent(second, 1, used), second * SECOND);
    }

    private static Envelope.Spent spent(long second, double seconds, double used) {
        return new Envelope.Spent(
                Command.REGISTER,
                seconds,
                OptionalDouble.of(used),
                NOON + 600,
                (double) NOON + second);
    }
}
