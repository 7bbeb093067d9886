package org.trunkline.pbx.mango.internal.translate;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.PbxAccount;

/** From Mango's words to neutral ones: a function of one message alone (see {@link Role}). */
public final class Translator {

    private static final Set<String> KINDS =
            Set.of("call", "summary", "recording", "record/added", "record/tagged");

    private Translator() {}

    /**
     * The neutral events of one message.
     *
     * @param kind what follows {@code /events/} in the path: {@code call}, {@code summary}, {@code
     *     recording}, {@code record/added}, {@code record/tagged}; of all others (keys pressed,
     *     SMS, files given to be recognised) nothing is told
     * @param json the field of that name, as signed
     * @throws IllegalArgumentException if it cannot be read; names the field
     */
    public static List<CallEvent> translate(
            Company company, PbxAccount account, String kind, String json, Instant received) {
        if (!KINDS.contains(kind)) {
            return List.of();
        }
        NativeMessage message = NativeMessage.read(json);
        Told told =
                new Told(new Told.Envelope(company.id(), account.id(), kind, message, received));
        switch (kind) {
            case "call" -> CallTelling.tell(new CallMessage(message), company.region(), told);
            case "summary" -> SummaryTelling.tell(message, company.region(), account, told);
            case "recording" -> RecordingTelling.recording(message, told);
            default -> RecordingTelling.kept(message, told);
        }
        return told.events();
    }
}
