package org.trunkline.crm.amocrm.internal;

import java.util.Optional;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.model.CallRecord;

/** The words of a talk, as a note beside the call's (rule M5): the call itself has no place. */
record Transcript(Account account, CallRecord record, DeedLog log) {

    /**
     * @param call where the call stands; empty: nowhere, so its words don't either
     */
    void bring(Optional<Note> call) {
        String step = DeedLog.of(record, "transcript");
        if (call.isEmpty() || record.transcript().isEmpty() || log.done(step)) {
            return;
        }
        TextNote note = new TextNote(account, step, record.transcript().orElseThrow(), log);
        if (!note.bring(call.get().on())) {
            log.done(step, "");
        }
    }
}
