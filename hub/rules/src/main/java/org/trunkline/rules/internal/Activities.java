package org.trunkline.rules.internal;

import java.time.Duration;
import java.util.Optional;
import org.trunkline.model.CallRecord.Activity;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Settings;

/** The activity of a call's record (rules O2, O3). */
public final class Activities {

    private Activities() {}

    /** What it is, and why. */
    public record Choice(Activity activity, Part part) {}

    public static Choice of(Segment segment, boolean leftOutByFilter, Settings.Record settings) {
        if (leftOutByFilter) {
            return new Choice(
                    new Activity(false, false, false, Optional.empty()),
                    new Part(
                            "activity",
                            "nothing",
                            "O2",
                            "/recordings/withFilters",
                            "the call filter asks for an employee or a last operation"));
        }
        boolean talked = !segment.talkers().isEmpty();
        // An attempt to reach the client is nobody's to answer.
        Optional<Duration> callBack =
                settings.missedTask().filter(any -> talked || segment.inbound());
        return new Choice(
                new Activity(true, talked, talked, callBack),
                new Part(
                        "activity",
                        talked ? "completed" : "open",
                        "O3",
                        "",
                        talked
                                ? "successful; earlier ones of the client become handled"
                                : "nobody talked to the client"));
    }
}
