package org.trunkline.rules.internal;

import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Decision.Part;

/** The words of the talk in its record (rule M5). */
final class Transcripts {

    private Transcripts() {}

    /** The words, and why. */
    record Choice(Optional<String> text, Part part) {}

    /** A PBX tells the words of a whole call; they hang on its first record. */
    static Choice of(Segment segment, boolean wanted) {
        if (!wanted) {
            return nothing("saving texts of talks is switched off");
        }
        Optional<String> text =
                Optional.ofNullable(segment.call().attributes().get(Call.TRANSCRIPT))
                        .filter(words -> segment.main());
        return text.isEmpty()
                ? nothing("the PBX gave none so far")
                : new Choice(text, part("saved", "the PBX gave the words"));
    }

    private static Choice nothing(String reason) {
        return new Choice(Optional.empty(), part("nothing", reason));
    }

    private static Part part(String value, String reason) {
        return new Part("transcript", value, "M5", "/speech/enabled", reason);
    }
}
