package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Reply;
import org.trunkline.crm.connector.recordings.RecordingFolder;
import org.trunkline.crm.connector.recordings.TemporaryFiles;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/**
 * Hangs a recording on a finished call: reads or fetches it, asks the portal for an upload address
 * and streams the file there. The portal never fetches it itself: PBXs want secrets. Repeating it
 * replaces what hangs there, so a lost reply needs no asking.
 */
final class Attachment {

    /** So long after it was first looked for in vain a recording is given up. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** So long after a PBX first said to come again later it is asked no more. */
    static final Duration POSTPONED = Duration.ofDays(7);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Site site;
    private final RecordingFolder folder;
    private final CallRecord record;
    private final RecordingPlace place;
    private final StepLog steps;

    /**
     * @param place where the recordings are to be had
     */
    Attachment(
            Site site,
            RecordingFolder folder,
            CallRecord record,
            RecordingPlace place,
            StepLog steps) {
        this.site = site;
        this.folder = folder;
        this.record = record;
        this.place = place;
        this.steps = steps;
    }

    /** The file's name, if it is to be attached and known to be whole by now. */
    Optional<String> ready() {
        if (!(place instanceof RecordingPlace.Folder in) || record.recordings().isEmpty()) {
            return Optional.empty();
        }
        Recording recording = record.recordings().get(0);
        try {
            return !is(step(recording), Step.State.DONE)
                            && folder.look(in.directory(), recording.source())
                                    instanceof RecordingFolder.State.Whole whole
                    ? Optional.of(whole.file().getFileName().toString())
                    : Optional.empty();
        } catch (Fault.Data toBeToldLater) {
            // The call is finished without it; bring says what is wrong.
            return Optional.empty();
        }
    }

    private static String step(Recording recording) {
        return "attach:" + recording.id();
    }

    /**
     * @param callId the portal's id of the finished call
     * @param where to upload it, if the portal said so already
     * @throws Fault.Retryable while the recording is not whole
     */
    void bring(String callId, Recording recording, Optional<JsonNode> where) {
        String step = step(recording);
        if (is(step, Step.State.DONE)) {
            return;
        }
        if (!record.recordings().get(0).equals(recording)) {
            giveUp(step, "Bitrix24 keeps one recording a call: an earlier one is attached");
        } else if (place instanceof RecordingPlace.Folder in) {
            read(callId, in.directory(), recording, where);
        } else if (place instanceof RecordingPlace.Api api) {
            fetch(callId, api, recording, where);
        } else if (place instanceof RecordingPlace.Away away) {
            throw new Fault.Retryable(away.why(), nextLook(waited(recording)));
        } else {
            giveUp(step, "not read: " + ((RecordingPlace.Nowhere) place).why());
        }
    }

    private void read(
            String callId, String directory, Recording recording, Optional<JsonNode> where) {
        RecordingFolder.State state = folder.look(directory, recording.source());
        if (state instanceof RecordingFolder.State.Whole whole) {
            String name = whole.file().getFileName().toString();
            attach(recording, callId, whole.file(), name, where);
        } else {
            wait(recording, ((RecordingFolder.State.NotYet) state).why());
        }
    }

    private void fetch(
            String callId, RecordingPlace.Api api, Recording recording, Optional<JsonNode> where) {
        if (!site.fetching().tryAcquire()) {
            throw new Fault.Retryable(
                    "other recordings are fetched for this portal", RecordingFolder.STABLE);
        }
        try {
            Path file = TemporaryFiles.create();
            try {
                if (fetched(api, recording, file)) {
                    attach(recording, callId, file, name(recording), where);
                }
            } finally {
                TemporaryFiles.remove(file);
            }
        } finally {
            site.fetching().release();
        }
    }

    private boolean fetched(RecordingPlace.Api api, Recording recording, Path file) {
        try {
            api.source().fetch(api.company(), api.account(), recording, file.toFile());
            return true;
        } catch (Fault.Data never) {
            giveUp(step(recording), never.getMessage());
        } catch (Fault.Retryable later) {
            Duration asked = later.retryAfter().orElse(Duration.ZERO);
            if (asked.isZero()) {
                wait(recording, later.getMessage());
            } else {
                postpone(recording, later.getMessage(), asked);
            }
        } catch (Fault.Auth closed) {
            throw new Fault.Retryable(
                    closed.getMessage() + ": " + closed.cure(), nextLook(waited(recording)));
        }
        return false;
    }

    /** Busy, or locked: it says nothing of this recording, but not for ever. */
    private void postpone(Recording recording, String why, Duration asked) {
        String step = "postponed:" + recording.id();
        Instant now = site.clock().instant();
        Optional<Instant> since = since(step);
        if (since.isEmpty()) {
            steps.done(step, now.toString());
        } else if (since.get().plus(POSTPONED).isBefore(now)) {
            giveUp(step(recording), why + ", put off by the PBX for 7 days");
            return;
        }
        Duration next = nextLook(waited(recording));
        throw new Fault.Retryable(why, next.compareTo(asked) < 0 ? asked : next);
    }

    /** PBXs with an API give mp3 unless the name says otherwise; Bitrix24 goes by the name. */
    private static String name(Recording recording) {
        String kind = recording.id().toLowerCase(Locale.ROOT).endsWith(".wav") ? ".wav" : ".mp3";
        String last = recording.id().replaceAll("(?i)\\.(mp3|wav)$", "").replaceAll(".*/(?=.)", "");
        String plain = last.replaceAll("[^\\p{Alnum}._-]+", "-").replaceAll("^-|-$", "");
        return (plain.isEmpty() ? "record" : plain) + kind;
    }

    /** Counts from the first time that it was looked for in vain, whenever the call was. */
    private void wait(Recording recording, String why) {
        String since = awaited(recording);
        if (!is(since, Step.State.DONE)) {
            steps.done(since, site.clock().instant().toString());
        }
        Duration waited = waited(recording);
        if (waited.compareTo(PATIENCE) > 0) {
            giveUp(step(recording), why + ", given up after 24 hours");
            return;
        }
        throw new Fault.Retryable(why, nextLook(waited));
    }

    private static String awaited(Recording recording) {
        return "awaited:" + recording.id();
    }

    /** While nothing was looked for: since the call was over. */
    private Duration waited(Recording recording) {
        Instant over =
                record.startedAt()
                        .plusSeconds(record.outcome().map(o -> o.talkSeconds()).orElse(0L));
        Instant since = since(awaited(recording)).orElse(over);
        return Duration.between(since, site.clock().instant());
    }

    private Optional<Instant> since(String step) {
        return steps.step(step).flatMap(Step::crmId).map(Instant::parse);
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

    private void attach(
            Recording recording, String callId, Path file, String name, Optional<JsonNode> where) {
        String step = step(recording);
        steps.begin(step);
        try {
            Reply.Arrived reply = upload(where.orElseGet(() -> ask(callId, name)), file, name);
            JsonNode body = reply.json();
            String fileId = body.path("result").path("FILE_ID").asText();
            if (fileId.isEmpty()) {
                refused(recording, reply, body);
            } else {
                steps.done(step, fileId);
            }
        } catch (Fault fault) {
            steps.failed(step, fault.getMessage());
            throw fault;
        }
    }

    /** The upload address carries the access token: it is used at once and never logged. */
    private Reply.Arrived upload(JsonNode where, Path file, String name) {
        String url = where.path("uploadUrl").asText();
        if (!site.trusts(url)) {
            throw new Fault.Retryable("the portal gave no safe upload address", SOON);
        }
        Reply reply =
                site.courier()
                        .inTurn(
                                Parcel.turn(Lane.BACKLOG),
                                () ->
                                        site.rest()
                                                .upload(
                                                        URI.create(url),
                                                        where.path("fieldName").asText("file"),
                                                        file,
                                                        name));
        if (!(reply instanceof Reply.Arrived arrived)) {
            throw new Fault.Retryable("the recording did not get through", SOON);
        }
        return arrived;
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
     * Whatever is wrong with the authorisation, the next try gets a new address with new tokens; a
     * portal that never takes it is asked ever more seldom.
     */
    private void refused(Recording recording, Reply.Arrived reply, JsonNode body) {
        Bitrix24Refusal refusal =
                new Bitrix24Refusal(
                        "the upload of a recording",
                        reply.status(),
                        body.path("error").asText(),
                        body.path("error_description").asText());
        if (body.has("error") && refusal.fault() instanceof Fault.Data data) {
            throw data;
        }
        wait(recording, "the portal did not take the recording: " + reply.status());
    }
}
