package org.trunkline.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.rules.internal.CallFilter;
import org.trunkline.rules.internal.EntityPlan;
import org.trunkline.rules.internal.People;
import org.trunkline.rules.internal.RecordPlan;
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
        RecordPlan plan =
                new RecordPlan(
                        call, situation.client(), situation.onAnotherCall(), people, settings);
        List<Segment> segments = Segment.of(call);
        List<RecordPlan.Choice> choices = segments.stream().map(plan::of).toList();
        List<CallRecord> records =
                choices.stream().flatMap(choice -> choice.record().stream()).toList();
        EntityPlan.Choice entities =
                settings.entities().createBy() == CreateBy.HUB && !records.isEmpty()
                        ? EntityPlan.of(
                                segments.get(0),
                                situation.client(),
                                people,
                                settings,
                                new Values(call, account, situation.client(), situation.zone()),
                                situation.now())
                        : EntityPlan.NONE;
        List<Part> parts =
                Stream.concat(
                                choices.stream().flatMap(choice -> choice.parts().stream()),
                                entities.parts().stream())
                        .toList();
        return new Decision(records, entities.wanted(), parts);
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
