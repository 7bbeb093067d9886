package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;

/** The record of each segment of a call, with all that hangs on it (sections 2, 3, 5 and 6). */
public final class RecordPlan {

    private final Call call;
    private final People people;
    private final Settings settings;
    private final Responsible responsible;
    private final Cards cards;
    private final boolean leftOutByFilter;

    public RecordPlan(
            Call call, Client client, Set<String> onAnotherCall, People people, Settings settings) {
        this.call = call;
        this.people = people;
        this.settings = settings;
        boolean byHub = settings.entities().createBy() == CreateBy.HUB;
        responsible =
                new Responsible(
                        settings.responsible(),
                        settings.record(),
                        settings.saveAll().user(),
                        byHub
                                ? new Missed(call, client, people, settings).responsible()
                                : Optional.empty(),
                        people);
        cards = new Cards(settings.popup(), people, onAnotherCall);
        leftOutByFilter =
                CallFilter.leavesRecordsOut(
                        settings.filters().of(call.direction().orElseThrow()),
                        settings.recordings());
    }

    /** The record, if anybody can stand for it, and why all of it is so. */
    public record Choice(Optional<CallRecord> record, List<Part> parts) {}

    public Choice of(Segment segment) {
        Responsible.Choice who = responsible.of(segment);
        return who.user()
                .map(user -> of(segment, user, who))
                .orElseGet(() -> new Choice(Optional.empty(), List.of(who.part())));
    }

    private Choice of(Segment segment, String user, Responsible.Choice who) {
        Cards.Choice shown = cards.of(segment);
        Entities.Choice entities = Entities.of(segment, people.account(), settings.entities());
        Recordings.Choice recordings =
                Recordings.of(segment, settings.recordings(), leftOutByFilter);
        Activities.Choice activity = Activities.of(segment, leftOutByFilter);
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
                        entities.create(),
                        segment.outcome(user),
                        recordings.attached(),
                        activity.activity());
        return new Choice(
                Optional.of(record),
                Stream.of(
                                who.part(),
                                shown.part(),
                                entities.part(),
                                recordings.part(),
                                activity.part())
                        .toList());
    }
}
