package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.connector.Parts;
import org.trunkline.crm.connector.recordings.RecordingFolder;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CrmConnector.Wanted;
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
    private final Parts parts = new Parts();

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
            parts.part(() -> new Retraction(site, steps).bring());
        }
        EntityDelivery entities = new EntityDelivery(site, call, wanted, steps);
        parts.part(entities::bring);
        // What the records hang on is not there yet; a person's cure would take too long.
        boolean held = parts.worthWaiting();
        for (CallRecord record : wanted.records()) {
            RecordDelivery delivery = delivery(record, entities);
            // Of a transfer's first record too: its activity hangs on what the call's end makes.
            boolean early = !wanted.ended() && !record.createEntities();
            parts.part(
                    () ->
                            delivery.bring(held || early, () -> recording(record, wanted))
                                    .ifPresent(where -> uploads.put(record.key(), where)));
            if (!delivery.registered() && parts.worthWaiting()) {
                // The first one makes the client on whom the others hang.
                break;
            }
        }
        for (CallRecord record : wanted.records()) {
            RecordDelivery delivery = delivery(record, entities);
            delivery.finishedCall()
                    .ifPresent(
                            id -> {
                                parts.part(delivery::settleActivity);
                                afterwards(id, record, wanted);
                            });
        }
        wanted.decision()
                .notices()
                .forEach(
                        notice ->
                                parts.part(
                                        () ->
                                                new NoticeDelivery(site, call, steps)
                                                        .bring(notice, entities.worthSeeing())));
        wanted.decision()
                .changed()
                .ifPresent(
                        changed ->
                                parts.part(() -> new ChangedDelivery(site, steps).bring(changed)));
        parts.end();
    }

    private RecordDelivery delivery(CallRecord record, EntityDelivery entities) {
        return new RecordDelivery(site, call, record, entities.pin(), entities.alsoOn(), steps);
    }

    private void afterwards(String callId, CallRecord record, Wanted wanted) {
        parts.part(() -> new TranscriptDelivery(site, record, steps).bring(callId));
        Attachment attachment = attachment(record, wanted);
        Optional<JsonNode> where = Optional.ofNullable(uploads.get(record.key()));
        for (Recording recording : record.recordings()) {
            parts.part(() -> attachment.bring(callId, recording, where));
        }
    }

    private Optional<String> recording(CallRecord record, Wanted wanted) {
        return attachment(record, wanted).ready();
    }

    private Attachment attachment(CallRecord record, Wanted wanted) {
        return new Attachment(site, folder, record, wanted.recordings(), steps);
    }
}
