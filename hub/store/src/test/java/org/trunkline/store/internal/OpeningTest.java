package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private final List<String> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void whatFailsIsTriedUntilItSucceeds() {
        Opening<String> opening =
                opening(
                        () -> {
                            if (tries.incrementAndGet() < 4) {
                                throw new IllegalStateException("not yet");
                            }
                            return "open";
                        });

        opening.start();

        Awaitility.await().untilAsserted(() -> assertThat(published).containsExactly("open"));
        assertThat(tries).hasValue(4);
        opening.close();
        assertThat(published).isEmpty();
    }

    @Test
    void whatSucceedsAtOnceIsThereWhenTheStartReturns() {
        opening(() -> "open").start();

        assertThat(published).containsExactly("open");
    }

    @Test
    void afterTheCloseNothingIsTriedAndNothingPublished() throws InterruptedException {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Opening<String> opening =
                opening(
                        () -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new IllegalStateException("not yet");
                            }
                            making.countDown();
                            await(closed);
                            return "late";
                        });
        opening.start();
        await(making);

        opening.close();
        closed.countDown();

        Awaitility.await()
                .during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(published).isEmpty());
        assertThat(tries).hasValue(2);
    }

    private Opening<String> opening(Supplier<String> make) {
        return new Opening<>(
                "It can't be opened",
                Duration.ofMillis(10),
                make,
                made -> {
                    published.add(made);
                    return () -> published.remove(made);
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
