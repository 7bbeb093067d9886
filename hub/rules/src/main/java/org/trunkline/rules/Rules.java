package org.trunkline.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.rules.internal.Began;
import org.trunkline.rules.internal.CallFilter;
import org.trunkline.rules.internal.EntityPlan;
import org.trunkline.rules.internal.Notices;
import org.trunkline.rules.internal.OtherTelephony;
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

    /**
     * Whether a decision depends on what the CRM holds under the client's number; until then it
     * need not be asked.
     */
    public static boolean asksForClient(Call call, PbxAccount account, Settings settings) {
        if (settings.otherTelephony()
                || nobodysCall(call).isPresent()
                || leftOut(call, account, settings).isPresent()) {
            return false;
        }
        boolean entities =
                settings.entities().createBy() == CreateBy.HUB
                        && EntityPlan.moment(call, settings).isPresent();
        boolean notices =
                settings.notices().talker() && call.answeredAt().isPresent()
                        || call.ended() && (settings.notices().missed() || settings.chat());
        return entities || notices;
    }

    /** Decides for one integration. */
    public static Decision decide(Situation situation, Settings settings) {
        Call call = situation.call();
        PbxAccount account = situation.account();
        Values values = new Values(call, account, situation.client(), situation.zone());
        Optional<Part> nobodys = nobodysCall(call);
        if (nobodys.isPresent()) {
            return Decision.nothing(List.of(nobodys.get()));
        }
        Optional<Retries.Again> again =
                Retries.of(call, situation.integration(), settings.callback(), situation.now());
        if (again.isPresent()) {
            return again.get().decision(situation.now());
        }
        // What the portal registered by itself it waits for; all else is the hub's to write, or
        // not.
        Optional<Began> began = Began.in(call, situation.integration());
        if (began.filter(Began::isRegistered).isPresent()) {
            boolean leftOut =
                    settings.otherTelephony() || leftOut(call, account, settings).isPresent();
            return wanted(situation, settings, values, !leftOut && began.get().mayMakeEntities());
        }
        if (began.filter(Began::isClickInVain).isPresent()) {
            return Decision.nothing(
                    nothing("T17", "", "the click rang no client").stream().toList());
        }
        if (Began.elsewhereInVain(call, situation.integration())) {
            return Decision.nothing(
                    nothing("T17", "", "began in another CRM and rang nobody").stream().toList());
        }
        if (settings.otherTelephony()) {
            return OtherTelephony.decide(settings, values);
        }
        return leftOut(call, account, settings)
                .map(part -> Decision.nothing(List.of(part)))
                .orElseGet(() -> wanted(situation, settings, values, true));
    }

    /**
     * @param make whether the hub may make and change entities, where that is its own
     */
    private static Decision wanted(
            Situation situation, Settings settings, Values values, boolean make) {
        Call call = situation.call();
        People people = new People(situation.account(), situation.integration());
        List<Segment> segments = Segment.of(call);
        RecordPlan plan =
                new RecordPlan(
                        call,
                        situation.client(),
                        situation.onAnotherCall(),
                        people,
                        situation.crm(),
                        settings,
                        situation.now());
        EntityPlan.Choice entities =
                make && settings.entities().createBy() == CreateBy.HUB
                        ? new EntityPlan(
                                        segments,
                                        situation.client(),
                                        people,
                                        situation.crm(),
                                        settings,
                                        values,
                                        plan.responsible(segments.get(0)),
                                        situation.now())
                                .choose()
                        : EntityPlan.NONE;
        List<RecordPlan.Choice> choices =
                segments.stream().map(segment -> plan.of(segment, entities.changeAt())).toList();
        List<CallRecord> records =
                choices.stream().flatMap(choice -> choice.record().stream()).toList();
        Optional<Began> began = Began.in(call, situation.integration());
        Notices.Choice notices =
                new Notices(call, situation.client(), people, settings, began).of(records);
        Optional<Instant> changesAt =
                choices.stream()
                        .flatMap(choice -> choice.changesAt().stream())
                        .min(Comparator.naturalOrder())
                        .or(entities::changeAt)
                        .or(() -> FromCrm.givenUpAt(call));
        List<Part> parts =
                Stream.of(
                                CallFilter.passed(
                                        call.direction().orElseThrow(), settings.filters())
                                        .stream(),
                                choices.stream().flatMap(choice -> choice.parts().stream()),
                                entities.parts().stream(),
                                began.stream()
                                        .flatMap(
                                                b ->
                                                        b
                                                                .parts(
                                                                        situation.account(),
                                                                        situation.integration(),
                                                                        settings)
                                                                .stream()),
                                notices.parts().stream())
                        .flatMap(part -> part)
                        .toList();
        return new Decision(
                records, entities.wanted(), notices.notices(), Optional.empty(), changesAt, parts);
    }

    /** Why no CRM hears of a call, whatever its settings. */
    private static Optional<Part> nobodysCall(Call call) {
        if (call.mergedInto().isPresent()) {
            return nothing("X1", "", "part of call " + call.mergedInto().get());
        }
        if (call.direction().isEmpty()) {
            return nothing("T10", "", "the PBX has not said yet which way the call goes");
        }
        if (call.is(Direction.INTERNAL)) {
            return nothing("T10", "", "a call between employees has no client");
        }
        if (call.client().isEmpty()) {
            return nothing("T10", "", "the client's number is hidden: nobody to write it for");
        }
        return Optional.empty();
    }

    /** Why the CRM hears nothing of a call, where that does not depend on who took part. */
    private static Optional<Part> leftOut(Call call, PbxAccount account, Settings settings) {
        if (call.is(Direction.INBOUND) && !settings.record().incoming()) {
            return nothing("K2", "/record/incoming", "incoming calls are not uploaded");
        }
        if (call.is(Direction.OUTBOUND) && !settings.record().outgoing()) {
            return nothing("K2", "/record/outgoing", "outgoing calls are not uploaded");
        }
        return CallFilter.refusal(call, account, settings.filters());
    }

    private static Optional<Part> nothing(String rule, String setting, String reason) {
        return Optional.of(new Part("record", "nothing", rule, setting, reason));
    }
}
