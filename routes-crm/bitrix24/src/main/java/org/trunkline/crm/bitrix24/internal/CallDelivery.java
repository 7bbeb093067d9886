package org.trunkline.crm.bitrix24.internal;

import java.util.ArrayList;
import java.util.List;
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
        for (CallRecord record : wanted.records()) {
            RecordDelivery delivery = delivery(record);
            part(delivery::bring);
            if (!delivery.registered() && worthWaiting()) {
                // The first one makes the client on whom the others hang.
                break;
            }
        }
        for (CallRecord record : wanted.records()) {
            delivery(record).finishedCall().ifPresent(id -> recordings(id, record, wanted));
        }
        worst();
    }

    private RecordDelivery delivery(CallRecord record) {
        return new RecordDelivery(site, call, record, steps);
    }

    private void recordings(String callId, CallRecord record, Wanted wanted) {
        Attachment attachment = new Attachment(site, folder, steps);
        for (Recording recording : record.recordings()) {
            part(() -> attachment.bring(callId, record, recording, wanted.recordingFolder()));
        }
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
