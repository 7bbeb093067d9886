package org.trunkline.crm.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Fault;
import org.trunkline.store.internal.TestClock;

final class KeptTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void anAnswerIsKeptAsLongAsWhoeverAsksTakesIt() {
        Kept<Integer> kept = new Kept<>(asked::incrementAndGet, clock);

        assertThat(kept.get(MINUTE)).isEqualTo(1);
        clock.advance(MINUTE.minusSeconds(1));
        assertThat(kept.get(MINUTE)).isEqualTo(1);
        assertThat(kept.get(Duration.ofSeconds(10))).isEqualTo(2);
        assertThat(kept.get(Duration.ZERO)).isEqualTo(3);
        kept.forget();
        assertThat(kept.get(MINUTE)).isEqualTo(4);
    }

    @Test
    void whatWasKeptOutlivesAQuestionThatFailed() {
        Kept<Integer> kept =
                new Kept<>(
                        () -> {
                            if (asked.incrementAndGet() == 2) {
                                throw new Fault.Retryable("down", Duration.ofSeconds(1));
                            }
                            return asked.get();
                        },
                        clock);
        kept.get(MINUTE);

        assertThatThrownBy(() -> kept.get(Duration.ZERO)).isInstanceOf(Fault.Retryable.class);
        assertThat(kept.get(MINUTE)).isEqualTo(1);
        clock.advance(MINUTE);
        assertThat(kept.get(MINUTE)).isEqualTo(3);
    }

    @Test
    void whoComesMeanwhileSharesTheAnswer() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        Kept<Integer> kept =
                new Kept<>(
                        () -> {
                            int mine = asked.incrementAndGet();
                            await(answer);
                            return mine;
                        },
                        clock);
        AtomicInteger sum = new AtomicInteger();
        Thread first = new Thread(() -> sum.addAndGet(kept.get(MINUTE)));
        first.start();
        Awaitility.await().until(() -> asked.get() == 1);
        Thread second = new Thread(() -> sum.addAndGet(kept.get(MINUTE)));
        second.start();
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);

        answer.countDown();
        first.join();
        second.join();

        assertThat(asked).hasValue(1);
        assertThat(sum).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
