package org.trunkline.crm.delivery.internal.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trunkline.http.FileBody;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.RecordingSource;
import org.trunkline.store.internal.TestClock;

@Timeout(60)
class FetchedRecordingsTest implements RecordingSource {

    private static final Recording RECORDING = new Recording("r", "r", Optional.empty());

    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final TestClock clock = new TestClock();
    private FetchedRecordings fetched = new FetchedRecordings(clock, Duration.ofSeconds(30));

    @AfterEach
    void close() {
        mayEnd.countDown();
        fetched.close();
    }

    @Override
    public PbxKind kind() {
        return PbxKind.MANGO;
    }

    /** A slow PBX. */
    @Override
    public void fetch(String company, PbxAccount account, Recording recording, File file) {
        fetches.incrementAndGet();
        try {
            mayEnd.await(30, TimeUnit.SECONDS);
            Files.write(file.toPath(), new byte[5]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a fetch must not be interrupted", e);
        }
    }

    private long size(String call) {
        PbxAccount account =
                new PbxAccount(
                        "cloud",
                        PbxKind.MANGO,
                        "",
                        0,
                        false,
                        "",
                        Optional.empty(),
                        java.util.List.of(),
                        java.util.List.of(),
                        Optional.empty());
        RecordingPlace.Api api = new RecordingPlace.Api("acme", account, this);
        try (FileBody body = fetched.open(new Seal("acme", call, "r"), api, RECORDING, () -> {})) {
            return body.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoAsksWhileItIsFetchedWaitsForTheSameFetch() {
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> size("x"));
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> size("x"));
        await().until(() -> fetches.get() == 1);
        mayEnd.countDown();

        assertThat(first.join()).isEqualTo(5);
        assertThat(second.join()).isEqualTo(5);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aSlowPbxKeepsNobodyWaitingForLong_andIsAskedOnceAllTheSame() {
        fetched = new FetchedRecordings(clock, Duration.ofMillis(50));

        assertThatThrownBy(() -> size("x"))
                .isInstanceOfSatisfying(
                        Fault.Retryable.class,
                        later -> assertThat(later.retryAfter()).hasValue(Duration.ofSeconds(2)));
        mayEnd.countDown();
        await().ignoreExceptionsInstanceOf(Fault.Retryable.class).until(() -> size("x") == 5);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void notMoreThanFourAreFetchedAtOnce_andNotAllThreadsWait() {
        fetched = new FetchedRecordings(clock, Duration.ofMillis(50));
        for (int i = 0; i < 40; i++) {
            String call = "x" + i;
            assertThatThrownBy(() -> size(call)).isInstanceOf(Fault.Retryable.class);
        }

        assertThat(fetches).hasValue(4);
    }
}
