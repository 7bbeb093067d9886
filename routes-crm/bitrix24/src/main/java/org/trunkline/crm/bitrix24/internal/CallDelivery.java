package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.Fault;
import org.trunkline.model.Recording;
import org.trunkline.model.StepLog;

/**
 * Brings one call to its wanted state: first all its records, then their recordings, for a
 * recording may come long after. What is wrong with one part keeps no other part back.
 */
final class CallDelivery {

    private final Site site;
    private final RecordingFolder folder;
    private final String call;
    private final StepLog steps;
    private final List<Fault> faults = new ArrayList<>();

    /** By record: where the portal wants its recording. */
    private final Map<String, JsonNode> uploads = new HashMap<>();

    CallDelivery(Site site, RecordingFolder folder, String call, StepLog steps) {
        this.site = site;
        this.folder = folder;
        this.call = call;
        this.steps = steps;
    }

    void bring(Wanted wanted) {
        if (wanted.records().isEmpty()) {
            part(() -> new Retraction(site, steps).bring());
        }
        EntityDelivery entities = new EntityDelivery(site, call, wanted, steps);
        part(entities::bring);
        // What the records hang on is not there yet; a person's cure would take too long.
        boolean held = worthWaiting();
        for (CallRecord record : wanted.records()) {
            RecordDelivery delivery = delivery(record, entities);
            // Of a transfer's first record too: its activity hangs on what the call's end makes.
            boolean early = !wanted.ended() && !record.createEntities();
            part(
                    () ->
                            delivery.bring(held || early, () -> recording(record, wanted))
                                    .ifPresent(where -> uploads.put(record.key(), where)));
            if (!delivery.registered() && worthWaiting()) {
                // The first one makes the client on whom the others hang.
                break;
            }
        }
        for (CallRecord record : wanted.records()) {
            RecordDelivery delivery = delivery(record, entities);
            delivery.finishedCall()
                    .ifPresent(
                            id -> {
                                part(delivery::settleActivity);
                                afterwards(id, record, wanted);
                            });
        }
        wanted.decision()
                .notices()
                .forEach(
                        notice ->
                                part(
                                        () ->
                                                new NoticeDelivery(site, call, steps)
                                                        .bring(notice, entities.worthSeeing())));
        wanted.decision()
                .changed()
                .ifPresent(changed -> part(() -> new ChangedDelivery(site, steps).bring(changed)));
        worst();
    }

    private RecordDelivery delivery(CallRecord record, EntityDelivery entities) {
        return new RecordDelivery(site, call, record, entities.pin(), entities.alsoOn(), steps);
    }

    private void afterwards(String callId, CallRecord record, Wanted wanted) {
        part(() -> new TranscriptDelivery(site, record, steps).bring(callId));
        Attachment attachment = attachment(record, wanted);
        Optional<JsonNode> where = Optional.ofNullable(uploads.get(record.key()));
        for (Recording recording : record.recordings()) {
            part(() -> attachment.bring(callId, recording, where));
        }
    }

    private Optional<String> recording(CallRecord record, Wanted wanted) {
        return attachment(record, wanted).ready();
    }

    private Attachment attachment(CallRecord record, Wanted wanted) {
        return new Attachment(site, folder, record, wanted.recordings(), steps);
    }

    private void part(Runnable deed) {
        try {
            deed.run();
        } catch (Fault fault) {
            faults.add(fault);
        }
    }

    private boolean worthWaiting() {
        return faults.stream().anyMatch(fault -> !(fault instanceof Fault.Data));
    }

    /** Without authorisation nothing works; what waiting helps is worth waiting for. */
    private void worst() {
        throwFirst(Fault.Auth.class::isInstance);
        throwFirst(Fault.Retryable.class::isInstance);
        throwFirst(any -> true);
    }

    private void throwFirst(Predicate<Fault> kind) {
        faults.stream()
                .filter(kind)
                .findFirst()
                .ifPresent(
                        fault -> {
                            throw fault;
                        });
    }
}
