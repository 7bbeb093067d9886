package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.CallRecord;
import org.trunkline.model.StepLog;

/** The words of a talk, at the finished call (rule M5). */
record TranscriptDelivery(Site site, CallRecord record, StepLog steps) {

    void bring(String callId) {
        RecordLog log = new RecordLog(steps, record);
        Deeds deeds = new Deeds(site, log);
        String step = log.transcript();
        if (record.transcript().isEmpty() || log.done(step)) {
            return;
        }
        Optional<String> there = log.unsure(step) ? there(callId) : Optional.empty();
        log.done(
                step,
                there.orElseGet(
                        () -> deeds.one(step, command(callId)).path("TRANSCRIPT_ID").asText()));
    }

    /** After a lost reply: what the portal's statistics know. */
    private Optional<String> there(String callId) {
        return new Statistics(site.courier())
                .find("CALL_ID", callId)
                .map(row -> row.path("TRANSCRIPT_ID").asText(""))
                .filter(id -> !id.isEmpty() && !id.equals("null") && !id.equals("0"));
    }

    /** Nobody told who said what: all of it stands at the employee's side. */
    private Command command(String callId) {
        long seconds = record.outcome().map(CallRecord.Outcome::talkSeconds).orElse(0L);
        return new Command(
                Command.TRANSCRIPT,
                Map.of(
                        "CALL_ID",
                        callId,
                        "MESSAGES",
                        List.of(
                                Map.of(
                                        "SIDE",
                                        "User",
                                        "START_TIME",
                                        0,
                                        "STOP_TIME",
                                        seconds,
                                        "MESSAGE",
                                        record.transcript().orElseThrow()))));
    }
}
