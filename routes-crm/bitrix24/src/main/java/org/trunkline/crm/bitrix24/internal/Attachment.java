package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;
import org.trunkline.model.Recording;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/**
 * Hangs a recording on a finished call: asks the portal for an upload address and streams the file
 * there. Repeating it replaces what hangs there, so a lost reply needs no asking.
 */
final class Attachment {

    /** After this a recording that never came is given up. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Site site;
    private final RecordingFolder folder;
    private final StepLog steps;

    Attachment(Site site, RecordingFolder folder, StepLog steps) {
        this.site = site;
        this.folder = folder;
        this.steps = steps;
    }

    /**
     * @param callId the portal's id of the finished call
     * @param root the recordings' folder
     * @throws Fault.Retryable while the recording is not whole
     */
    void bring(String callId, CallRecord record, Recording recording, Optional<String> root) {
        String step = "attach:" + recording.id();
        if (is(step, Step.State.DONE)) {
            return;
        }
        if (!record.recordings().get(0).equals(recording)) {
            giveUp(step, "Bitrix24 keeps one recording a call: an earlier one is attached");
            return;
        }
        if (root.isEmpty()) {
            giveUp(step, "not read: the PBX's asterisk.recordings.directory is not set");
            return;
        }
        RecordingFolder.State state = folder.look(root.get(), recording.source());
        if (state instanceof RecordingFolder.State.Whole whole) {
            attach(step, callId, whole.file());
        } else {
            wait(step, record, ((RecordingFolder.State.NotYet) state).why());
        }
    }

    private void wait(String step, CallRecord record, String why) {
        Instant over =
                record.startedAt()
                        .plusSeconds(record.outcome().map(o -> o.talkSeconds()).orElse(0L));
        Duration waited = Duration.between(over, site.clock().instant());
        if (waited.compareTo(PATIENCE) > 0) {
            giveUp(step, why + ", given up after 24 hours");
            return;
        }
        throw new Fault.Retryable(why, nextLook(waited));
    }

    /** Soon at first, then a tenth of what was waited already. */
    private static Duration nextLook(Duration waited) {
        Duration tenth = waited.dividedBy(10);
        Duration least = RecordingFolder.STABLE;
        Duration next = tenth.compareTo(least) < 0 ? least : tenth;
        return next.compareTo(LONGEST_WAIT) < 0 ? next : LONGEST_WAIT;
    }

    private void giveUp(String step, String why) {
        if (!is(step, Step.State.FAILED)) {
            steps.failed(step, why);
        }
    }

    private boolean is(String step, Step.State state) {
        return steps.step(step).filter(s -> s.state() == state).isPresent();
    }

    private void attach(String step, String callId, Path file) {
        steps.begin(step);
        try {
            String fileId = upload(callId, file);
            steps.done(step, fileId);
        } catch (Fault fault) {
            steps.failed(step, fault.getMessage());
            throw fault;
        }
    }

    /** The upload address carries the access token: it is used at once and never logged. */
    private String upload(String callId, Path file) {
        JsonNode where = ask(callId, file.getFileName().toString());
        String url = where.path("uploadUrl").asText();
        if (!site.trusts(url)) {
            throw new Fault.Retryable("the portal gave no safe upload address", SOON);
        }
        Reply reply =
                site.courier()
                        .inTurn(
                                Lane.BACKLOG,
                                () ->
                                        site.rest()
                                                .upload(
                                                        URI.create(url),
                                                        where.path("fieldName").asText("file"),
                                                        file));
        if (!(reply instanceof Reply.Arrived arrived)) {
            throw new Fault.Retryable("the recording did not get through", SOON);
        }
        JsonNode body = arrived.json();
        String fileId = body.path("result").path("FILE_ID").asText();
        if (fileId.isEmpty()) {
            throw refused(arrived, body);
        }
        return fileId;
    }

    private JsonNode ask(String callId, String name) {
        Answer answer =
                site.courier().send(Parcel.of(Lane.BACKLOG, Requests.attach(callId, name))).get(0);
        if (answer instanceof Answer.Result result) {
            return result.value();
        }
        if (answer instanceof Answer.Refused refused) {
            throw refused.refusal().fault();
        }
        throw new Fault.Retryable(((Answer.Lost) answer).why(), SOON);
    }

    /**
     * Whatever is wrong with the authorisation, the next try gets a new address with new tokens.
     */
    private static Fault refused(Reply.Arrived reply, JsonNode body) {
        Refusal refusal =
                new Refusal(
                        "the upload of a recording",
                        reply.status(),
                        body.path("error").asText(),
                        body.path("error_description").asText());
        boolean data = body.has("error") && refusal.fault() instanceof Fault.Data;
        return data
                ? refusal.fault()
                : new Fault.Retryable(
                        "the portal did not take the recording: " + reply.status(), SOON);
    }
}
