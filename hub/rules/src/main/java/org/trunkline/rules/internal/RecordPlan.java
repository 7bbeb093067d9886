package org.trunkline.rules.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;

/** The record of each segment of a call, with all that hangs on it (sections 2, 3, 5 and 6). */
public final class RecordPlan {

    private final Call call;
    private final People people;
    private final Settings settings;
    private final Instant now;
    private final Responsible responsible;
    private final Cards cards;
    private final boolean leftOutByFilter;
    private final Optional<Began> began;

    public RecordPlan(
            Call call,
            Client client,
            Set<String> onAnotherCall,
            People people,
            CrmKind crm,
            Settings settings,
            Instant now) {
        this.call = call;
        this.now = now;
        this.people = people;
        this.settings = settings;
        began = Began.in(call, people.integration());
        responsible = new Responsible(settings, client, people);
        cards = new Cards(settings.popup(), people, onAnotherCall, crm);
        leftOutByFilter =
                CallFilter.leavesRecordsOut(
                        settings.filters().of(call.direction().orElseThrow()),
                        settings.recordings());
    }

    /**
     * The record, if anybody can stand for it, and why all of it is so.
     *
     * @param changesAt when the clock alone changes the record
     */
    public record Choice(
            Optional<CallRecord> record, Optional<Instant> changesAt, List<Part> parts) {}

    /** Under which CRM user a segment's record stands, and why; empty: no record. */
    public Optional<Part> responsible(Segment segment) {
        Responsible.Choice who = who(segment);
        return who.user().map(user -> who.part());
    }

    /**
     * @param heldUntil see {@link Writing#of}
     */
    public Choice of(Segment segment, Optional<Instant> heldUntil) {
        Responsible.Choice who = who(segment);
        return who.user()
                .map(user -> of(segment, user, who, heldUntil))
                .orElseGet(
                        () ->
                                new Choice(
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(who.part().of(segment.key()))));
    }

    /** T17: a click is its clicker's, up to the first transfer. */
    private Responsible.Choice who(Segment segment) {
        Responsible.Choice otherwise = responsible.of(segment);
        return began(segment)
                .flatMap(Began::clicker)
                .map(
                        part ->
                                new Responsible.Choice(
                                        Optional.of(part.value()), otherwise.others(part), part))
                .orElse(otherwise);
    }

    private Optional<Began> began(Segment segment) {
        return began.filter(b -> segment.main());
    }

    private Choice of(
            Segment segment, String user, Responsible.Choice who, Optional<Instant> heldUntil) {
        Cards.Choice shown =
                began(segment)
                        .filter(Began::isRegistered)
                        .flatMap(Began::clicker)
                        .filter(clicker -> !segment.over())
                        .map(clicker -> Cards.opened(clicker.value()))
                        .orElseGet(() -> cards.of(segment));
        Optional<Entities.Choice> entities =
                Optional.of(settings.entities())
                        .filter(e -> e.createBy() != CreateBy.HUB)
                        .map(e -> Entities.of(segment, people.account(), e));
        Recordings.Choice recordings =
                Recordings.of(segment, settings.recordings(), leftOutByFilter);
        Activities.Choice activity = Activities.of(segment, leftOutByFilter, settings.record());
        Writing writing = Writing.of(segment, settings, heldUntil, now);
        Transcripts.Choice transcript = Transcripts.of(segment, settings.speech());
        CallRecord record =
                new CallRecord(
                        segment.key(),
                        call.direction().orElseThrow(),
                        call.client().orElseThrow(),
                        call.line(),
                        segment.startedAt(),
                        user,
                        who.fallbacks(),
                        shown.users(),
                        entities.filter(Entities.Choice::create).isPresent(),
                        segment.outcome(user),
                        writing.written(),
                        recordings.attached(),
                        transcript.text(),
                        activity.activity(),
                        began(segment).map(Began::record));
        return new Choice(
                Optional.of(record),
                writing.changesAt(),
                Stream.of(
                                Stream.of(who.part(), shown.part()),
                                entities.stream().map(Entities.Choice::part),
                                Stream.of(
                                        writing.part(),
                                        recordings.part(),
                                        activity.part(),
                                        transcript.part()))
                        .flatMap(part -> part)
                        .map(part -> part.of(segment.key()))
                        .toList());
    }
}
