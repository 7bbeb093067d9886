package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Company;
import org.trunkline.model.Decision;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Leg;
import org.trunkline.model.LegResult;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Recording;
import org.trunkline.model.Step;
import org.trunkline.model.TransferKind;
import org.trunkline.store.Work;

/** A call as people and programs read it (contracts.md, "Reading what happened"). */
record CallView(
        String id,
        String pbx,
        String pbxCallId,
        Optional<Direction> direction,
        Optional<String> client,
        Optional<String> line,
        CallState state,
        Optional<CallResult> result,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Optional<Instant> endedAt,
        long talkSeconds,
        List<LegView> legs,
        List<RecordingView> recordings,
        Map<String, String> attributes,
        Optional<List<EventView>> events,
        Optional<List<DecisionView>> decisions,
        Optional<List<StepView>> steps) {

    /** As in a list, without what happened inside. */
    static CallView of(Call call, Optional<Company> company, List<Work.Taken> taken) {
        Optional<PbxAccount> account = company.flatMap(c -> c.account(call.account()));
        return new CallView(
                call.id(),
                call.account(),
                call.key(),
                call.direction(),
                call.client().map(PhoneNumber::value),
                call.line().map(PhoneNumber::value),
                call.state(),
                call.result(),
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.talkSeconds(),
                call.legs().stream().map(l -> LegView.of(l, account)).toList(),
                call.recordings().stream().map(r -> RecordingView.of(r, taken)).toList(),
                call.attributes(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    CallView with(List<CallEvent> heard, List<Work.Decided> decided, List<Work.Taken> taken) {
        return new CallView(
                id,
                pbx,
                pbxCallId,
                direction,
                client,
                line,
                state,
                result,
                startedAt,
                answeredAt,
                endedAt,
                talkSeconds,
                legs,
                recordings,
                attributes,
                Optional.of(heard.stream().map(EventView::of).toList()),
                Optional.of(decided.stream().map(DecisionView::of).toList()),
                Optional.of(taken.stream().map(StepView::of).toList()));
    }

    record LegView(
            String id,
            Optional<String> employee,
            Optional<String> extension,
            Optional<Instant> ringingAt,
            Optional<Instant> answeredAt,
            Optional<Instant> endedAt,
            Optional<LegResult> result,
            Optional<String> transferredFrom,
            Optional<TransferKind> transfer) {

        static LegView of(Leg leg, Optional<PbxAccount> account) {
            return new LegView(
                    leg.key(),
                    leg.extension()
                            .flatMap(e -> account.flatMap(a -> a.byExtension(e)))
                            .map(Employee::id),
                    leg.extension(),
                    leg.ringingAt(),
                    leg.answeredAt(),
                    leg.endedAt(),
                    leg.result(),
                    leg.transferredFrom(),
                    leg.transfer());
        }
    }

    record RecordingView(String id, String source, String state) {

        static RecordingView of(Recording recording, List<Work.Taken> taken) {
            return new RecordingView(
                    recording.id(), recording.source(), RecordingState.of(recording, taken));
        }
    }

    record EventView(
            String type,
            Instant at,
            Optional<String> leg,
            @JsonProperty("native") String nativeText) {

        static EventView of(CallEvent event) {
            return new EventView(
                    event.fact().getClass().getSimpleName(),
                    event.occurredAt(),
                    event.legKey(),
                    event.nativeText());
        }
    }

    record DecisionView(String integration, Instant at, List<PartView> parts) {

        static DecisionView of(Work.Decided decided) {
            return new DecisionView(
                    decided.integration(),
                    decided.at(),
                    decided.decision().parts().stream().map(PartView::of).toList());
        }
    }

    record PartView(
            Optional<String> record,
            String what,
            String value,
            String rule,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String setting,
            String reason) {

        static PartView of(Decision.Part part) {
            return new PartView(
                    part.record(),
                    part.what(),
                    part.value(),
                    part.rule(),
                    part.setting(),
                    part.reason());
        }
    }

    record StepView(
            String integration,
            String name,
            Step.State state,
            Optional<String> crmId,
            int attempts,
            Optional<String> error) {

        static StepView of(Work.Taken taken) {
            Step step = taken.step();
            return new StepView(
                    taken.integration(),
                    step.name(),
                    step.state(),
                    step.crmId(),
                    step.attempts(),
                    step.error());
        }
    }
}
