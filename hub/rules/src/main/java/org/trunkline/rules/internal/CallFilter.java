package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Direction;
import org.trunkline.model.Filter;
import org.trunkline.model.Filter.Mode;
import org.trunkline.model.Filter.Param;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Settings;

/** Which calls count at all (rules O14, O15). */
public final class CallFilter {

    private CallFilter() {}

    /** Why the CRM must not hear of this call now; empty: it may. */
    public static Optional<Part> refusal(Call call, PbxAccount account, Settings.Filters filters) {
        Direction direction = call.direction().orElseThrow();
        Filter filter = filters.of(direction);
        String setting = setting(direction);
        if (direction == Direction.INBOUND && asksForAcceptance(filter) && !accepted(call)) {
            return refused(
                    "O15",
                    setting,
                    call.ended()
                            ? "nobody accepted it, and the filter asks who did"
                            : "the filter asks what is known once an employee accepts it");
        }
        return new Traits(call, account).match(filter)
                ? Optional.empty()
                : refused("O14", setting, "the filter leaves it out");
    }

    /** That it may, where a filter had a say. */
    public static Optional<Part> passed(Direction direction, Settings.Filters filters) {
        return filters.of(direction).conditions().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Part(
                                "filter",
                                "passes",
                                "O14",
                                setting(direction),
                                "the filter lets it pass"));
    }

    private static String setting(Direction direction) {
        return direction == Direction.INBOUND
                ? "/filters/incoming/filter"
                : "/filters/outgoing/filter";
    }

    /**
     * O2: where the filter asks for an employee or a last operation, activity and recording come
     * only with the second switch on and by an include.
     */
    public static boolean leavesRecordsOut(Filter filter, Settings.Recordings settings) {
        List<Filter.Condition> asked =
                filter.conditions().stream()
                        .filter(
                                c ->
                                        c.param() == Param.EMPLOYEE
                                                || c.param() == Param.LAST_OPERATION)
                        .toList();
        boolean included =
                settings.send()
                        && settings.withFilters()
                        && asked.stream().allMatch(c -> c.mode() == Mode.INCLUDE);
        return !asked.isEmpty() && !included;
    }

    private static boolean asksForAcceptance(Filter filter) {
        return filter.conditions().stream().anyMatch(condition -> condition.param().late());
    }

    private static boolean accepted(Call call) {
        return call.legs().stream().anyMatch(Leg::answered);
    }

    private static Optional<Part> refused(String rule, String setting, String reason) {
        return Optional.of(new Part("record", "nothing", rule, setting, reason));
    }
}
