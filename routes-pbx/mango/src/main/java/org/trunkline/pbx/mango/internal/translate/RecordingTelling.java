package org.trunkline.pbx.mango.internal.translate;

import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;

/**
 * The facts of {@code events/recording}, {@code events/record/added} and {@code
 * events/record/tagged} (VPBX API 1.9, sections 3.1.4, 3.1.8 and 3.1.7). A recording is named
 * {@code mango:ID}; it is asked for by that id.
 */
final class RecordingTelling {

    static final String SCHEME = "mango:";

    private static final long SAVED = 1000;

    private RecordingTelling() {}

    /** Of a recording under way, or one too short to be kept, there is nothing to tell. */
    static void recording(NativeMessage message, Told told) {
        boolean saved =
                message.id("recording_state").equals("Completed")
                        && message.number("completion_code") == SAVED;
        // A recording that was only mailed is not in Mango's store.
        boolean kept = message.text("recipient").filter("Mail"::equals).isEmpty();
        if (saved && kept) {
            told.leg(
                    message.id("call_id"),
                    Confidence.LIVE,
                    message.mustTime("timestamp"),
                    ready(message));
        }
    }

    /** In Mango's store, or gone through its speech analytics: each names the recording. */
    static void kept(NativeMessage message, Told told) {
        told.call(Confidence.LIVE, message.mustTime("timestamp"), ready(message));
    }

    private static Fact ready(NativeMessage message) {
        String id = message.id("recording_id");
        return new Fact.RecordingReady(id, SCHEME + id);
    }
}
