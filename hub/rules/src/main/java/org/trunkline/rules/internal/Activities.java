package org.trunkline.rules.internal;

import org.trunkline.model.CallRecord.Activity;
import org.trunkline.model.Decision.Part;

/** The activity of a call's record (rules O2, O3). */
public final class Activities {

    private Activities() {}

    /** What it is, and why. */
    public record Choice(Activity activity, Part part) {}

    public static Choice of(Segment segment, boolean leftOutByFilter) {
        if (leftOutByFilter) {
            return new Choice(
                    new Activity(false, false, false),
                    new Part(
                            "activity",
                            "nothing",
                            "O2",
                            "/recordings/withFilters",
                            "the call filter asks for an employee or a last operation"));
        }
        boolean talked = !segment.talkers().isEmpty();
        return new Choice(
                new Activity(true, talked, talked),
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
