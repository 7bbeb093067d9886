package org.trunkline.calls.internal;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trunkline.model.Call;
import org.trunkline.model.Direction;
import org.trunkline.model.Integration;
import org.trunkline.store.Companies;

/**
 * Which integrations must hear of a call: all that are bound to its PBX account; none for a call
 * between employees or one that became part of another. Whoever heard of such a call before is
 * woken by the store nonetheless and takes back what it began.
 */
record Concerned(Companies companies) implements Function<Call, Set<String>> {

    @Override
    public Set<String> apply(Call call) {
        if (call.is(Direction.INTERNAL) || call.mergedInto().isPresent()) {
            return Set.of();
        }
        return companies.find(call.company()).stream()
                .flatMap(company -> company.integrations().stream())
                .filter(integration -> integration.pbx().equals(call.account()))
                .map(Integration::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
