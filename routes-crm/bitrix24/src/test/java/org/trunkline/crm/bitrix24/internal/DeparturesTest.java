package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Waiting;

class DeparturesTest {

    private static final long SECOND = 1_000_000_000;

    private static final long HALF_A_BUCKET_AGO = -12_500_000_000L;

    private final Departures departures = new Departures(Limits.COMMON, HALF_A_BUCKET_AGO);

    @Test
    void withRoomAParcelLeavesAtOnceAndAlone() {
        Waiting<Parcel> first = join(Lane.BACKLOG, Command.FINISH);

        assertThat(departures.nanosUntil(first, 0)).isZero();
        assertThat(departures.depart(0)).containsExactly(first);
    }

    @Test
    void backlogBehindBacklogGathersTheLongerTheMoreIsUnderWay() {
        Departures empty = new Departures(Limits.COMMON, -60 * SECOND);
        for (int underWay = 0; underWay < 20; underWay++) {
            Waiting<Parcel> next = join(empty, Lane.BACKLOG, Command.FINISH);
            // 20 of the 40 that the backlog may have: half of the half second that a leak takes.
            assertThat(empty.nanosUntil(next, 0)).isEqualTo(underWay * SECOND / 80);
            empty.depart(0);
        }
        Waiting<Parcel> next = join(empty, Lane.BACKLOG, Command.FINISH);
        assertThat(empty.nanosUntil(next, SECOND / 4 - 1)).isPositive();
        assertThat(empty.nanosUntil(next, SECOND / 4)).isZero();
    }

    @Test
    void aFullBatchAndACardWaitForNoCompany() {
        join(Lane.BACKLOG, Command.FINISH);
        departures.depart(0);
        Waiting<Parcel> head = join(Lane.BACKLOG, Command.REGISTER, Command.FINISH);
        assertThat(departures.nanosUntil(head, 0)).isPositive();
        Waiting<Parcel> card = join(Lane.CARDS, Command.SHOW);
        assertThat(departures.nanosUntil(card, 0)).isZero();
        departures.giveUp(card);

        for (int i = 1; i < 25; i++) {
            join(Lane.BACKLOG, Command.REGISTER, Command.FINISH);
        }

        assertThat(departures.nanosUntil(head, 0)).isZero();
    }

    @Test
    void withoutRoomParcelsWaitAndLeaveTogetherCardsFirst() {
        fillUp(Lane.CARDS);
        Waiting<Parcel> finish = join(Lane.BACKLOG, Command.FINISH);
        Waiting<Parcel> show = join(Lane.CARDS, Command.SHOW);
        Waiting<Parcel> register = join(Lane.CARDS, Command.REGISTER);

        assertThat(departures.head(0)).contains(show);
        assertThat(departures.nanosUntil(show, 0)).isBetween(1L, SECOND);
        assertThat(departures.nanosUntil(show, SECOND)).isZero();
        assertThat(departures.depart(SECOND)).containsExactly(show, register, finish);
    }

    @Test
    void theBacklogLeavesAFifthOfTheBucketToCards() {
        fillUp(Lane.BACKLOG);
        Waiting<Parcel> finish = join(Lane.BACKLOG, Command.FINISH);
        assertThat(departures.nanosUntil(finish, 0)).isPositive();

        int cards = 0;
        for (Waiting<Parcel> card = join(Lane.CARDS, Command.SHOW);
                departures.nanosUntil(card, 0) == 0;
                card = join(Lane.CARDS, Command.SHOW)) {
            departures.giveUp(finish);
            departures.depart(0);
            departures.bucket().replied(0);
            cards++;
        }
        assertThat(cards).isEqualTo(10);
    }

    @Test
    void anExhaustedMethodWaitsAlone() {
        Waiting<Parcel> finish = join(Lane.BACKLOG, Command.FINISH);
        Waiting<Parcel> attach = join(Lane.BACKLOG, Command.ATTACH);
        departures.pause(Command.FINISH, 100 * SECOND);

        assertThat(departures.head(0)).contains(attach);
        assertThat(departures.depart(0)).containsExactly(attach);
        assertThat(departures.head(0)).isEmpty();
        assertThat(departures.nanosPaused(finish, 0)).isEqualTo(100 * SECOND);
        assertThat(departures.head(100 * SECOND)).contains(finish);
    }

    @Test
    void whatWasSentBackLeavesFirstAndInOrder() {
        Waiting<Parcel> first = join(Lane.CARDS, Command.SHOW);
        Waiting<Parcel> second = join(Lane.CARDS, Command.HIDE);
        List<Waiting<Parcel>> left = departures.depart(0);
        Waiting<Parcel> later = join(Lane.CARDS, Command.SHOW);

        departures.rejoin(left);

        assertThat(departures.depart(0)).containsExactly(first, second, later);
    }

    @Test
    void anUploadTravelsAlone() {
        Waiting<Parcel> upload = new Waiting<>(new Parcel(Lane.BACKLOG, List.of()), 0, () -> {});
        departures.join(upload);
        Waiting<Parcel> finish = join(Lane.BACKLOG, Command.FINISH);

        assertThat(departures.depart(0)).containsExactly(upload);
        assertThat(departures.depart(0)).containsExactly(finish);
    }

    @Test
    void groupsAreNeverCut() {
        String[] three = {Command.SHOW, Command.SHOW, Command.SHOW};
        for (int i = 0; i < 20; i++) {
            join(Lane.BACKLOG, three);
        }

        List<Waiting<Parcel>> left = departures.depart(0);

        assertThat(left.stream().mapToInt(w -> w.parcel().commands().size()).sum()).isEqualTo(48);
    }

    private void fillUp(Lane lane) {
        Waiting<Parcel> next = join(lane, Command.SHOW);
        for (; departures.nanosUntil(next, 0) == 0; next = join(lane, Command.SHOW)) {
            departures.depart(0);
            departures.bucket().replied(0);
        }
        departures.giveUp(next);
    }

    private Waiting<Parcel> join(Lane lane, String... methods) {
        return join(departures, lane, methods);
    }

    private static Waiting<Parcel> join(Departures departures, Lane lane, String... methods) {
        List<Command> commands = Arrays.stream(methods).map(m -> new Command(m, Map.of())).toList();
        Waiting<Parcel> waiting = new Waiting<>(new Parcel(lane, commands), 0, () -> {});
        departures.join(waiting);
        return waiting;
    }

    @Test
    void whatAnotherProcessMayHaveSentFillsTheBucket() {
        Bucket bucket = new Bucket(Limits.COMMON, 0);

        assertThat(bucket.nanosUntilRoom(Limits.COMMON.size(), 0)).isEqualTo(500_000_000L);
    }
}
