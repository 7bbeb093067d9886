package org.trunkline.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a PBX tells of a call, freed of the PBX's own words. A fact may come twice, late or out of
 * order; what it says stays true, so {@link Call} merges by fact.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @Type(value = Fact.Started.class, name = "Started"),
    @Type(value = Fact.LegRinging.class, name = "LegRinging"),
    @Type(value = Fact.LegAnswered.class, name = "LegAnswered"),
    @Type(value = Fact.Held.class, name = "Held"),
    @Type(value = Fact.Transferred.class, name = "Transferred"),
    @Type(value = Fact.Continues.class, name = "Continues"),
    @Type(value = Fact.LegEnded.class, name = "LegEnded"),
    @Type(value = Fact.Reported.class, name = "Reported"),
    @Type(value = Fact.Ended.class, name = "Ended"),
    @Type(value = Fact.Merged.class, name = "Merged"),
    @Type(value = Fact.RecordingReady.class, name = "RecordingReady"),
    @Type(value = Fact.TranscriptReady.class, name = "TranscriptReady"),
    @Type(value = Fact.Tagged.class, name = "Tagged"),
    @Type(value = Fact.CommandResult.class, name = "CommandResult")
})
public sealed interface Fact {

    /**
     * The call exists. What is not known yet is empty and may come with a later {@code Started}.
     */
    record Started(
            Optional<Direction> direction, Optional<PhoneNumber> client, Optional<PhoneNumber> line)
            implements Fact {}

    /** An employee's phone rings (inbound), or an employee dials (outbound). */
    record LegRinging(String extension) implements Fact {}

    /** The employee of this leg began to talk to the client. */
    record LegAnswered() implements Fact {}

    /** The client was put on hold ({@code on}) or taken back. */
    record Held(boolean on) implements Fact {}

    /**
     * This leg came about by a transfer.
     *
     * @param fromLeg key of the leg that handed the call over
     */
    record Transferred(TransferKind kind, String fromLeg) implements Fact {}

    /**
     * What the PBX gives a key of its own is a further part of another leg: the second half of a
     * callback, or a queue that holds the client whom that leg handed over. Facts of both are facts
     * of the one leg.
     *
     * @param leg key of the leg that goes on
     */
    record Continues(String leg) implements Fact {}

    /** This leg is over. An answered leg ends {@code ANSWERED}. */
    record LegEnded(LegResult result) implements Fact {}

    /**
     * The whole call is over.
     *
     * @param result empty: follows from the legs
     */
    record Ended(Optional<CallResult> result) implements Fact {}

    /**
     * The PBX's closing record names an employee but no leg. What was heard of the employee's legs
     * stands; this fills a gap where the hub missed it. It occurred when talk with the client began
     * or, without talk, when the employee was called.
     */
    record Reported(String extension, boolean talked) implements Fact {}

    /**
     * This call became part of another, as a consultation does when the transfer completes: it is
     * no call of its own any more.
     *
     * @param intoCallKey the PBX's key of the call that goes on
     */
    record Merged(String intoCallKey) implements Fact {}

    /**
     * A recording exists or will soon.
     *
     * @param id unique within the call
     * @param source path or address at the PBX
     */
    record RecordingReady(String id, String source) implements Fact {}

    /** The words of a call (rule M5). */
    record TranscriptReady(String text) implements Fact {}

    /** Attributes such as scenario, group, campaign, or a tag. */
    record Tagged(Map<String, String> attributes) implements Fact {}

    /** What became of a command that the CRM gave to the PBX. */
    record CommandResult(String commandId, boolean done, String reason, Instant at)
            implements Fact {}
}
