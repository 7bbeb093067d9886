package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.AtOnce;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.model.CallResult;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.RecordingSource;

/** K3: recordings that only the PBX's API can give. */
class FetchedRecordingsTest extends AgainstSandbox {

    private static final PbxAccount CLOUD =
            new PbxAccount(
                    "office",
                    PbxKind.MANGO,
                    "",
                    0,
                    false,
                    "",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty());

    private final CallRecords call =
            inbound().user("7").recording("MTo=:1", "mango:MTo=:1").ended("7", 5, ANSWERED);

    private static final CallResult ANSWERED = CallResult.ANSWERED;

    /** What the PBX gives. */
    private volatile Supplier<byte[]> sound = () -> new byte[100_000];

    private final List<Path> before = temporary();

    @BeforeEach
    void use() {
        place =
                new RecordingPlace.Api(
                        "acme",
                        CLOUD,
                        new RecordingSource() {
                            @Override
                            public PbxKind kind() {
                                return PbxKind.MANGO;
                            }

                            @Override
                            public void fetch(
                                    String company, PbxAccount pbx, Recording which, File file) {
                                write(file.toPath(), sound.get());
                            }
                        });
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> temporary() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("trunkline-recording-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void nothingIsLeftOnTheDisk() {
        assertThat(temporary()).isSubsetOf(before);
    }

    @Test
    void K3_itIsFetchedAndUploadedOnce_asMp3() {
        bring(call);
        sound =
                () -> {
                    throw new AssertionError("fetched twice");
                };
        bring(call);

        JsonNode record = portal.list("records").get(0);
        assertThat(record.path("SIZE").asInt()).isEqualTo(100_000);
        assertThat(record.path("FILENAME").asText()).isEqualTo("MTo-1.mp3");
        assertThat(record.path("via").asText()).isEqualTo("upload");
        assertThat(steps.states()).contains("attach:MTo=:1 DONE");
    }

    @Test
    void K3_theCallIsFinishedWithoutIt_andThePbxSaysWhenToComeAgain() {
        Duration two = Duration.ofMinutes(2);
        sound =
                () -> {
                    throw new Fault.Retryable("the recording is not there yet", two);
                };

        Fault.Retryable notYet = catchThrowableOfType(Fault.Retryable.class, () -> bring(call));

        assertThat(notYet.retryAfter()).contains(two);
        assertThat(portal.list("calls").get(0).path("finished").asBoolean()).isTrue();
        sound = () -> new byte[10];
        deliver(call);
        assertThat(portal.list("records")).hasSize(1);
    }

    @Test
    void K3_aPbxThatAlwaysPutsItOffIsAskedForAWeek() {
        sound =
                () -> {
                    throw new Fault.Retryable("the vendor is busy", Duration.ofMinutes(2));
                };
        CallRecords old = call.startedAt(Instant.now().minus(Duration.ofDays(30)));
        assertThatThrownBy(() -> bring(old))
                .as("however old the call is")
                .isInstanceOf(Fault.Retryable.class);
        putOffFor(Duration.ofDays(6));
        assertThatThrownBy(() -> bring(old)).isInstanceOf(Fault.Retryable.class);
        putOffFor(Duration.ofDays(7));

        bring(old);

        assertThat(steps.step("attach:MTo=:1").orElseThrow().error())
                .contains("the vendor is busy, put off by the PBX for 7 days");
    }

    private void putOffFor(Duration time) {
        assertThat(steps.states()).contains("postponed:MTo=:1 DONE");
        steps.done("postponed:MTo=:1", Instant.now().minus(time).toString());
    }

    @Test
    void K3_whileThePbxsBundleIsAwayItWaits() {
        RecordingPlace there = place;
        place = new RecordingPlace.Away("the bundle of this PBX is not running");
        assertThatThrownBy(() -> bring(call))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("not running");

        place = there;
        deliver(call);

        assertThat(portal.list("records")).hasSize(1);
    }

    @Test
    void K3_whatCanNeverBeHadIsGivenUpWithANote() {
        sound =
                () -> {
                    throw new Fault.Data("the reply is longer than 5 bytes", "");
                };

        bring(call);

        assertThat(steps.step("attach:MTo=:1").orElseThrow().error())
                .contains("the reply is longer than 5 bytes");
        assertThat(portal.list("calls").get(0).path("finished").asBoolean()).isTrue();
    }

    @Test
    void K3_aPbxThatRefusesTheHubIsNoFaultOfThePortals_andIsWaitedForAsLongAsItTakes() {
        sound =
                () -> {
                    throw new Fault.Auth("t2 refuses a fresh token", "make new ones");
                };
        CallRecords yesterday = call.startedAt(Instant.now().minus(Duration.ofHours(25)));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bring(yesterday))
                    .isInstanceOf(Fault.Retryable.class)
                    .hasMessageContaining("make new ones");
        }

        sound = () -> new byte[10];
        deliver(yesterday);

        assertThat(portal.list("records")).hasSize(1);
    }

    @Test
    void K3_notMoreThanFourAreFetchedAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch fetching = new CountDownLatch(4);
        CountDownLatch sentAway = new CountDownLatch(3);
        sound =
                () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    fetching.countDown();
                    try {
                        fetching.await(10, TimeUnit.SECONDS);
                        sentAway.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    } finally {
                        now.decrementAndGet();
                    }
                    return new byte[10];
                };
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String id = CALL.substring(1) + i;
            calls.add(
                    () -> {
                        try {
                            bring(id, new MemorySteps(), call);
                        } catch (Fault.Retryable later) {
                            sentAway.countDown();
                        }
                        return null;
                    });
        }

        AtOnce.run(calls);

        assertThat(most).hasValue(4);
        assertThat(sentAway.getCount()).isZero();
        assertThat(portal.list("records")).hasSize(4);
    }
}
