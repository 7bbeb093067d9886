package org.trunkline.pbx.uis.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.Employee;
import org.trunkline.runtime.RouteQuestionRoutes.Shape;

/**
 * The scenario's step "interactive processing" (rule O22): UIS asks with {@code numa}, the caller,
 * and {@code numb}, the number that was dialled, and rings the phones of the answer; an answer
 * without phones takes the step's branch for that case, also while the store hangs.
 */
public final class InteractiveStep {

    public static final Shape SHAPE =
            new Shape("numa", "numb", route -> Optional.of(answer(route)), Optional.of(Map.of()));

    private InteractiveStep() {}

    private static Map<String, Object> answer(Route route) {
        return route.employee()
                .map(Employee::extension)
                .<Map<String, Object>>map(extension -> Map.of("phones", List.of(extension)))
                .orElse(Map.of());
    }
}
