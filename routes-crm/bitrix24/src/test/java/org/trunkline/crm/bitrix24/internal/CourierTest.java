package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.model.Fault;

/** The courier with a wire of our own and a clock that we turn. */
@Timeout(60)
class CourierTest {

    private static final long HALF_A_BUCKET_AGO = -12_500_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final List<Envelope> carried = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<Envelope, Trip>> wire =
            new AtomicReference<>(CourierTest::answered);
    private final Vitals vitals = new Vitals("acme", "main", java.time.Clock.systemUTC());
    private final Courier<Parcel> courier =
            Dispatch.of(
                            Limits.COMMON,
                            HALF_A_BUCKET_AGO,
                            envelope -> {
                                carried.add(envelope);
                                return wire.get().apply(envelope);
                            },
                            vitals,
                            nanos::get,
                            Clock.systemUTC())
                    .courier();

    @Test
    void aDeadPortalIsProbedEveryFiveSecondsAndHoldsNobodyElse() {
        wire.set(envelope -> new Trip.Unreached("no connection", "look after it"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::send).isInstanceOf(Fault.Retryable.class);
        }
        assertThat(carried).hasSize(3);

        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(this::send)
                        .isInstanceOf(Fault.Retryable.class)
                        .hasMessageContaining("no connection");
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(carried).hasSize(3 + 3);
        assertThat(vitals.health().state()).isEqualTo("retrying");
        assertThat(vitals.health().cure()).isEqualTo("look after it");

        wire.set(CourierTest::answered);
        pass(Duration.ofSeconds(5));
        send();
        send();
        assertThat(vitals.health().state()).isEqualTo("ok");
    }

    @Test
    void whoIsInterruptedWhileWaitingWasNotSentAndNeverWillBe() throws Exception {
        fillTheBucket();
        int before = carried.size();
        AtomicReference<Throwable> told = new AtomicReference<>();
        Thread waiting = sender("interrupted", told);
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        waiting.interrupt();
        waiting.join();
        pass(Duration.ofSeconds(10));
        send();

        assertThat(told.get()).isInstanceOf(Fault.Retryable.class);
        assertThat(carried).hasSize(before + 1);
        assertThat(carried.get(before).method()).isEqualTo("m");
    }

    @Test
    void whoIsInterruptedWhileAnotherCarriesHisParcelIsToldThatNobodyKnows() throws Exception {
        fillTheBucket();
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch arrive = new CountDownLatch(1);
        wire.set(
                envelope -> {
                    inFlight.countDown();
                    awaitQuietly(arrive);
                    return answered(envelope);
                });
        AtomicReference<Throwable> leads = new AtomicReference<>();
        AtomicReference<Throwable> follows = new AtomicReference<>();
        AtomicReference<List<Answer>> answers = new AtomicReference<>();
        Thread leader = sender("leads", leads);
        await().until(() -> leader.getState() == Thread.State.TIMED_WAITING);
        Thread follower = new Thread(() -> answers.set(courier.send(parcel("follows"))), "follows");
        follower.start();
        await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);
        pass(Duration.ofSeconds(2));
        inFlight.await();

        follower.interrupt();
        follower.join();
        arrive.countDown();
        leader.join();

        assertThat(answers.get()).singleElement().isInstanceOf(Answer.Lost.class);
        assertThat(leads.get()).isNull();
        assertThat(follows.get()).isNull();
        assertThat(carried.get(carried.size() - 1).parcels()).hasSize(2);
    }

    @Test
    void whatIsUnderWayIsNotGivenUpWhenThePortalIsAwayForOthers() throws Exception {
        fillTheBucket();
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch arrive = new CountDownLatch(1);
        wire.set(
                envelope -> {
                    if (envelope.parcels().size() < 2) {
                        return new Trip.Unreached("no connection", "");
                    }
                    inFlight.countDown();
                    awaitQuietly(arrive);
                    return answered(envelope);
                });
        AtomicReference<Throwable> leads = new AtomicReference<>();
        AtomicReference<Throwable> follows = new AtomicReference<>();
        AtomicReference<List<Answer>> answers = new AtomicReference<>();
        Thread leader = sender("leads", leads);
        await().until(() -> leader.getState() == Thread.State.TIMED_WAITING);
        Thread follower =
                new Thread(
                        () -> {
                            try {
                                answers.set(courier.send(parcel("follows")));
                            } catch (RuntimeException e) {
                                follows.set(e);
                            }
                        });
        follower.start();
        await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);
        pass(Duration.ofSeconds(2));
        inFlight.await();

        for (int i = 0; i < 4; i++) {
            pass(Duration.ofSeconds(1));
            assertThatThrownBy(this::send).hasMessageContaining("no connection");
        }
        pass(Courier.PATIENCE);
        arrive.countDown();
        leader.join();
        follower.join();

        assertThat(follows.get()).isNull();
        assertThat(answers.get()).singleElement().isInstanceOf(Answer.Result.class);
    }

    @Test
    void whoWaitsIsGivenBackAtOnce_whatIsUnderWayIsNot() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch arrive = new CountDownLatch(1);
        wire.set(
                envelope -> {
                    inFlight.countDown();
                    awaitQuietly(arrive);
                    return answered(envelope);
                });
        AtomicReference<Throwable> underWay = new AtomicReference<>();
        Thread traveller = sender("under way", underWay);
        inFlight.await();
        courier.giveBack();
        arrive.countDown();
        traveller.join();
        assertThat(underWay.get()).isNull();

        wire.set(CourierTest::answered);
        pass(Duration.ofMinutes(1));
        fillTheBucket();
        fillTheBucket();
        AtomicReference<Throwable> waits = new AtomicReference<>();
        Thread waiter = sender("waits", waits);
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        courier.giveBack();
        waiter.join();

        assertThat(waits.get())
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("not sent");
        pass(Duration.ofSeconds(30));
        send(); // the courier goes on
        courier.close();
        assertThatThrownBy(this::send).isInstanceOf(Fault.Retryable.class);
    }

    @Test
    void aWireThatBreaksLeavesNobodyWaiting() throws Exception {
        fillTheBucket();
        wire.set(
                envelope -> {
                    throw new IllegalStateException("broken");
                });
        AtomicReference<Throwable> leads = new AtomicReference<>();
        AtomicReference<List<Answer>> answers = new AtomicReference<>();
        Thread leader = sender("leads", leads);
        await().until(() -> leader.getState() == Thread.State.TIMED_WAITING);
        Thread follower = new Thread(() -> answers.set(courier.send(parcel("follows"))));
        follower.start();
        await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);

        pass(Duration.ofSeconds(2));
        leader.join();
        follower.join();

        assertThat(leads.get()).isInstanceOf(IllegalStateException.class);
        assertThat(answers.get()).singleElement().isInstanceOf(Answer.Lost.class);
    }

    @Test
    void whoWaitedTooLongForAFullPortalIsToldToComeBack() {
        wire.set(
                envelope -> {
                    pass(Courier.PATIENCE);
                    return new Said.Refused(
                            new Bitrix24Refusal(
                                    "m", 503, "QUERY_LIMIT_EXCEEDED", "Too many requests"));
                });

        assertThatThrownBy(this::send).isInstanceOf(Fault.Retryable.class);

        assertThat(carried).hasSize(1);
    }

    @Test
    void aBatchThatThePortalFindsTooLongGoesInParts() throws Exception {
        fillTheBucket();
        wire.set(
                envelope ->
                        envelope.parcels().size() > 2
                                ? new Said.Refused(
                                        new Bitrix24Refusal(
                                                "batch", 400, "ERROR_BATCH_LENGTH_EXCEEDED", ""))
                                : answered(envelope));
        AtomicReference<Throwable> told = new AtomicReference<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(sender("m" + i, told));
        }
        await().until(
                        () ->
                                threads.stream()
                                        .allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
        pass(Duration.ofSeconds(30));
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(told.get()).isNull();
        assertThat(carried.get(carried.size() - 1).parcels()).hasSizeLessThanOrEqualTo(2);
    }

    private static Trip answered(Envelope envelope) {
        return new Said.Answered(
                envelope.parcels().stream()
                        .map(
                                p ->
                                        p.commands().stream()
                                                .map(
                                                        c ->
                                                                (Answer)
                                                                        new Answer.Result(
                                                                                NullNode
                                                                                        .getInstance()))
                                                .toList())
                        .toList(),
                List.of());
    }

    private void fillTheBucket() {
        for (int i = 0; i < 25; i++) {
            send();
        }
    }

    private void send() {
        courier.send(parcel("m"));
    }

    private static Parcel parcel(String method) {
        return Parcel.of(Lane.CARDS, new Command(method, Map.of()));
    }

    private Thread sender(String method, AtomicReference<Throwable> told) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                courier.send(parcel(method));
                            } catch (RuntimeException e) {
                                told.set(e);
                            }
                        });
        thread.start();
        return thread;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
