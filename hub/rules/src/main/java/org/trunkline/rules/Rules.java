package org.trunkline.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.model.WantedEntities;
import org.trunkline.rules.internal.Activities;
import org.trunkline.rules.internal.CallFilter;
import org.trunkline.rules.internal.Cards;
import org.trunkline.rules.internal.Entities;
import org.trunkline.rules.internal.EntityPlan;
import org.trunkline.rules.internal.Missed;
import org.trunkline.rules.internal.People;
import org.trunkline.rules.internal.Recordings;
import org.trunkline.rules.internal.Responsible;
import org.trunkline.rules.internal.Segment;
import org.trunkline.rules.internal.Values;

/**
 * The heart of the hub: what a CRM should hold of a call. Pure functions; the same arguments always
 * give the same decision, and each part and each omission says why (rule X5).
 */
public final class Rules {

    private Rules() {}

    /** Decides for one integration. */
    public static Decision decide(Situation situation, Settings settings) {
        Call call = situation.call();
        PbxAccount account = situation.account();
        Optional<Part> silence = silence(call, account, settings);
        if (silence.isPresent()) {
            return new Decision(List.of(), List.of(silence.get()));
        }
        People people = new People(account, situation.integration());
        boolean byHub = settings.entities().createBy() == CreateBy.HUB;
        Responsible responsible =
                new Responsible(
                        settings.responsible(),
                        settings.record(),
                        settings.saveAll().user(),
                        byHub
                                ? new Missed(call, situation.client(), people, settings)
                                        .responsible()
                                : Optional.empty(),
                        people);
        Cards cards = new Cards(settings.popup(), people, situation.onAnotherCall());
        boolean noRecords =
                CallFilter.leavesRecordsOut(
                        settings.filters().of(call.direction().orElseThrow()),
                        settings.recordings());
        List<CallRecord> records = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (Segment segment : Segment.of(call)) {
            Responsible.Choice choice = responsible.of(segment);
            parts.add(choice.part());
            choice.user()
                    .ifPresent(
                            user -> {
                                Cards.Choice shown = cards.of(segment);
                                Entities.Choice entities =
                                        Entities.of(segment, account, settings.entities());
                                Recordings.Choice recordings =
                                        Recordings.of(segment, settings.recordings(), noRecords);
                                Activities.Choice activity = Activities.of(segment, noRecords);
                                parts.addAll(
                                        List.of(
                                                shown.part(),
                                                entities.part(),
                                                recordings.part(),
                                                activity.part()));
                                records.add(
                                        new CallRecord(
                                                segment.key(),
                                                call.direction().orElseThrow(),
                                                call.client().orElseThrow(),
                                                call.line(),
                                                segment.startedAt(),
                                                user,
                                                choice.fallbacks(),
                                                shown.users(),
                                                entities.create(),
                                                segment.outcome(user),
                                                recordings.attached(),
                                                activity.activity()));
                            });
        }
        Optional<WantedEntities> entities = Optional.empty();
        if (byHub && !records.isEmpty()) {
            EntityPlan.Choice plan =
                    EntityPlan.of(
                            Segment.of(call).get(0),
                            situation.client(),
                            people,
                            settings,
                            new Values(call, account, situation.client(), situation.zone()),
                            situation.now());
            entities = plan.wanted();
            parts.addAll(plan.parts());
        }
        return new Decision(List.copyOf(records), entities, List.copyOf(parts));
    }

    /** Why the CRM hears nothing of a call, where that does not depend on who took part. */
    private static Optional<Part> silence(Call call, PbxAccount account, Settings settings) {
        if (call.mergedInto().isPresent()) {
            return nothing("X1", "", "part of call " + call.mergedInto().get());
        }
        if (call.direction().isEmpty()) {
            return nothing("T10", "", "the PBX has not said yet which way the call goes");
        }
        Direction direction = call.direction().get();
        if (direction == Direction.INTERNAL) {
            return nothing("T10", "", "a call between employees has no client");
        }
        if (call.client().isEmpty()) {
            return nothing("T10", "", "the client's number is hidden: nobody to write it for");
        }
        if (direction == Direction.INBOUND && !settings.record().incoming()) {
            return nothing("K2", "/record/incoming", "incoming calls are not uploaded");
        }
        if (direction == Direction.OUTBOUND && !settings.record().outgoing()) {
            return nothing("K2", "/record/outgoing", "outgoing calls are not uploaded");
        }
        return CallFilter.refusal(call, account, settings.filters());
    }

    private static Optional<Part> nothing(String rule, String setting, String reason) {
        return Optional.of(new Part("record", "nothing", rule, setting, reason));
    }
}
