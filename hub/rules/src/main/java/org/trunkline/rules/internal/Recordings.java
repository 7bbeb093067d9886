package org.trunkline.rules.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Recording;
import org.trunkline.model.Settings;

/** Which recordings hang on a record (rule K3). */
public final class Recordings {

    private Recordings() {}

    /** Which, and why. */
    public record Choice(List<Recording> attached, Part part) {}

    public static Choice of(
            Segment segment, Settings.Recordings settings, boolean leftOutByFilter) {
        List<Recording> own =
                segment.call().recordings().stream().filter(r -> of(segment, r)).toList();
        if (!settings.send()) {
            return new Choice(List.of(), part("nothing", "sending recordings is switched off"));
        }
        if (leftOutByFilter) {
            return new Choice(
                    List.of(),
                    new Part(
                            "recording",
                            "nothing",
                            "O2",
                            "/recordings/withFilters",
                            "the call filter asks for an employee or a last operation"));
        }
        if (segment.talkers().isEmpty()) {
            return new Choice(List.of(), part("nothing", "nobody talked"));
        }
        if (own.isEmpty()) {
            return new Choice(own, part("nothing", "the PBX made none so far"));
        }
        return new Choice(
                own,
                part(
                        own.stream().map(Recording::id).collect(Collectors.joining(",")),
                        "attached as soon as complete"));
    }

    /** A recording without a leg covers the whole call and hangs on its first record. */
    private static boolean of(Segment segment, Recording recording) {
        return recording
                .legKey()
                .flatMap(segment.call()::leg)
                .map(segment.legs()::contains)
                .orElse(segment.main());
    }

    private static Part part(String value, String reason) {
        return new Part("recording", value, "K3", "/recordings/send", reason);
    }
}
