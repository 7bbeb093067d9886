package org.trunkline.rules.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Filter;
import org.trunkline.model.Filter.Mode;
import org.trunkline.model.Filter.Param;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;

/** What filters look at in a call (rule O14); found once, however many filters ask. */
public final class Traits {

    private final Call call;
    private final PbxAccount account;
    private final Map<Param, Set<String>> found = new EnumMap<>(Param.class);

    public Traits(Call call, PbxAccount account) {
        this.call = call;
        this.account = account;
    }

    /** Whether the call is among those that a filter means. */
    public boolean match(Filter filter) {
        if (filter instanceof Filter.All all) {
            return all.parts().stream().allMatch(this::match);
        }
        if (filter instanceof Filter.Any any) {
            return any.parts().stream().anyMatch(this::match);
        }
        Filter.Condition condition = (Filter.Condition) filter;
        Set<String> values = found.computeIfAbsent(condition.param(), this::values);
        boolean has = values.stream().anyMatch(condition.values()::contains);
        return has == (condition.mode() == Mode.INCLUDE);
    }

    private Set<String> values(Param param) {
        return switch (param) {
            case LINE -> call.line().map(line -> Set.of(line.value())).orElse(Set.of());
            case EMPLOYEE -> employees();
            case LAST_OPERATION -> attribute("lastOperation");
            case SCENARIO -> attribute("scenario");
            case GROUP -> attribute("group");
            case CAMPAIGN -> attribute("campaign");
            case FIRST_CAMPAIGN -> attribute("firstCampaign");
            case SITE -> attribute("site");
            case SOURCE -> attribute("source");
            case DEPARTMENT -> attribute("department");
        };
    }

    private Set<String> attribute(String name) {
        return Optional.ofNullable(call.attributes().get(name)).map(Set::of).orElse(Set.of());
    }

    /** Who talked; if nobody did, whose phones rang; of an outgoing call, who called. */
    private Set<String> employees() {
        boolean talk = call.is(Direction.INBOUND) && call.legs().stream().anyMatch(Leg::answered);
        Stream<Leg> legs = call.legs().stream().filter(leg -> !talk || leg.answered());
        return legs.flatMap(leg -> leg.extension().stream())
                .flatMap(extension -> account.byExtension(extension).stream())
                .map(Employee::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
