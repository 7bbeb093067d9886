package org.trunkline.crm.bitrix24.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the portal takes for a method, in seconds, learnt from {@code time.duration} of its
 * replies. Not thread-safe.
 */
final class MethodCosts {

    /** Weight of the newest reply. */
    private static final double NEWEST = 0.2;

    /** Before the first reply; the vendor's samples show 0.2 to 1.4 for register. */
    private static final Map<String, Double> FIRST_GUESS =
            Map.of(Command.REGISTER, 0.5, Command.FINISH, 0.5);

    private static final double OTHERS = 0.2;

    private final Map<String, Double> learnt = new HashMap<>();

    double of(List<Command> commands) {
        return commands.stream().mapToDouble(c -> of(c.method())).sum();
    }

    double of(String method) {
        return learnt.getOrDefault(method, FIRST_GUESS.getOrDefault(method, OTHERS));
    }

    void learn(String method, double seconds) {
        learnt.put(method, of(method) * (1 - NEWEST) + seconds * NEWEST);
    }
}
