package org.trunkline.rules.internal;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.At;

/**
 * How much of a record the CRM shows by now (rules I2, I3, O12).
 *
 * @param changesAt when the clock alone makes it more
 */
record Writing(Written written, Optional<Instant> changesAt, Part part) {

    /**
     * @param heldUntil when the entities get their responsible, and with him the record
     */
    static Writing of(
            Segment segment, Settings settings, Optional<Instant> heldUntil, Instant now) {
        boolean talked = !segment.talkers().isEmpty();
        if (heldUntil.isPresent()) {
            return later(
                    Written.NOT_YET,
                    heldUntil.get(),
                    "O12",
                    "/responsible/changeAfter",
                    "with its responsible");
        }
        if (!segment.over()) {
            return talked && settings.record().at() == At.ANSWER
                    ? now(Written.WITHOUT_DURATION, "I2", "/record/at", "it was answered")
                    : now(Written.NOT_YET, "I2", "/record/at", "it goes on");
        }
        Optional<Instant> duration =
                segment.endedAt()
                        .filter(end -> talked)
                        .map(end -> end.plus(settings.recordings().durationAfter()))
                        .filter(at -> at.isAfter(now));
        return duration.map(
                        at ->
                                later(
                                        Written.WITHOUT_DURATION,
                                        at,
                                        "I3",
                                        "/recordings/durationAfter",
                                        "the duration follows"))
                .orElseGet(() -> now(Written.WHOLE, "I2", "/record/at", "it is over"));
    }

    private static Writing later(
            Written written, Instant at, String rule, String setting, String reason) {
        return new Writing(
                written, Optional.of(at), part(written, rule, setting, reason + " at " + at));
    }

    private static Writing now(Written written, String rule, String setting, String reason) {
        return new Writing(written, Optional.empty(), part(written, rule, setting, reason));
    }

    private static Part part(Written written, String rule, String setting, String reason) {
        String value =
                switch (written) {
                    case NOT_YET -> "nothing";
                    case WITHOUT_DURATION -> "without duration";
                    case WHOLE -> "whole";
                };
        return new Part("history", value, rule, setting, reason);
    }
}
