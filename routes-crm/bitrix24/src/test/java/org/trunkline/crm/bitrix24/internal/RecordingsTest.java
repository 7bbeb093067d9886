package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.model.CallResult;
import org.trunkline.model.Fault;
import org.trunkline.model.RecordingPlace;

/** K3: recordings come when they come, and the call waits for none. */
class RecordingsTest extends AgainstSandbox {

    private static final String ATTACH = "telephony.externalCall.attachRecord";

    @TempDir Path recordings;
    private final CallRecords call =
            inbound().user("7").recording("r1", "a.wav").ended("7", 5, CallResult.ANSWERED);

    @BeforeEach
    void use() {
        place = new RecordingPlace.Folder(recordings.toString());
    }

    @Test
    void K3_aRecordingThatIsThereIsUploaded() throws Exception {
        byte[] sound = old("a.wav", 300_000);

        bring(call);
        bring(call);

        JsonNode record = portal.list("records").get(0);
        assertThat(record.path("SHA256").asText())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(sound)));
        assertThat(steps.states())
                .isEqualTo("registeredAs DONE; register DONE; finish DONE; attach:r1 DONE;");
        assertThat(portal.requests()).containsExactly("batch", "upload");
        assertThat(portal.list("calls").get(0).path("RECORD_FILE_ID").asText())
                .isEqualTo(steps.step("attach:r1").orElseThrow().crmId().orElseThrow());
    }

    @Test
    void K3_aPortalThatAttachesInNoBatchIsAskedAlone() throws Exception {
        old("a.wav", 300_000);
        portal.put("{\"attachInBatch\":false}");

        bring(call);

        assertThat(portal.requests()).containsExactly("batch", ATTACH, "upload");
        assertThat(portal.list("records")).hasSize(1);
    }

    @Test
    void K7_theActivityHasTheRecording() throws Exception {
        old("a.wav", 300_000);

        bring(call);

        assertThat(portal.list("activities")).hasSize(1);
        assertThat(portal.list("activities").get(0).path("FILES")).hasSize(1);
    }

    @Test
    void K3_theCallIsFinishedWithoutItAndItIsAttachedWhenItComes() throws IOException {
        Fault.Retryable notYet = catchThrowableOfType(Fault.Retryable.class, () -> bring(call));

        assertThat(notYet).hasMessageContaining("not there yet");
        assertThat(notYet.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(portal.list("calls").get(0).path("finished").asBoolean()).isTrue();
        assertThat(portal.list("records")).isEmpty();

        Files.write(recordings.resolve("a.wav"), new byte[10]);
        assertThatThrownBy(() -> bring(call)).hasMessageContaining("may still grow");
        deliver(call);

        assertThat(portal.list("records")).hasSize(1);
    }

    @Test
    void K3_aRecordingThatNeverCameIsGivenUpADayAfterItWasFirstLookedFor() {
        CallRecords yesterday = call.startedAt(Instant.now().minus(Duration.ofHours(25)));

        assertThatThrownBy(() -> bring(yesterday))
                .as("a call that came late, after an outage, has its day too")
                .isInstanceOf(Fault.Retryable.class);
        steps.done("awaited:r1", Instant.now().minus(Duration.ofHours(25)).toString());
        bring(yesterday);

        assertThat(steps.step("attach:r1").orElseThrow().error())
                .hasValueSatisfying(e -> assertThat(e).contains("given up after 24 hours"));
        assertThat(portal.list("calls").get(0).path("finished").asBoolean()).isTrue();
    }

    @Test
    void K3_aPortalThatTakesNoRecordingIsAskedLessAndLessOften() throws Exception {
        old("a.wav", 1000);
        portal.fault(
                "{\"kind\":\"status\",\"method\":\"upload\",\"status\":403,"
                        + "\"probability\":1.0,\"forSeconds\":60}");

        Fault.Retryable first = catchThrowableOfType(Fault.Retryable.class, () -> bring(call));
        assertThat(first.retryAfter()).contains(Duration.ofSeconds(3));
        steps.done("awaited:r1", Instant.now().minus(Duration.ofHours(5)).toString());
        Fault.Retryable later = catchThrowableOfType(Fault.Retryable.class, () -> bring(call));

        assertThat(later).hasMessageContaining("did not take the recording");
        assertThat(later.retryAfter()).contains(Duration.ofMinutes(10));
    }

    @Test
    void nothingOutsideTheFolderIsUploaded() throws IOException {
        Path secret = Files.write(recordings.resolveSibling("secret.wav"), new byte[10]);
        CallRecords evil =
                inbound()
                        .user("7")
                        .recording("r1", "../secret.wav")
                        .ended("7", 5, CallResult.ANSWERED);
        try {
            assertThatThrownBy(() -> bring(evil)).isInstanceOf(Fault.Data.class);
        } finally {
            Files.delete(secret);
        }

        assertThat(portal.requests()).containsExactly("batch");
        assertThat(portal.list("calls").get(0).path("finished").asBoolean()).isTrue();
    }

    @Test
    void anUploadThatIsRefusedGetsANewAddress() throws IOException {
        old("a.wav", 1000);
        CallRecords silent = inbound().user("7").ended("7", 5, CallResult.ANSWERED);
        bring(silent);
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"" + ATTACH + "\"}");
        assertThatThrownBy(() -> bring(call)).isInstanceOf(Fault.Retryable.class);
        assertThat(steps.states()).contains("attach:r1 FAILED");
        portal.heal();

        deliver(call);

        assertThat(portal.list("records")).hasSize(1);
    }

    @Test
    void onlyTheFirstOfSeveralIsAttachedForThePortalKeepsOne() throws IOException {
        old("a.wav", 1000);
        old("b.wav", 2000);

        bring(call.recording("r2", "b.wav"));

        assertThat(portal.list("records")).hasSize(1);
        assertThat(steps.step("attach:r2").orElseThrow().error())
                .hasValueSatisfying(e -> assertThat(e).contains("one recording a call"));
    }

    private byte[] old(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(recordings.resolve(name), bytes);
        Files.setLastModifiedTime(
                recordings.resolve(name),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
        return bytes;
    }
}
