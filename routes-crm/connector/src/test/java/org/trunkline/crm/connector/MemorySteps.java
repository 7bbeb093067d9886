package org.trunkline.crm.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Step;
import org.trunkline.model.Step.State;
import org.trunkline.model.StepLog;

/** Steps in memory, kept as the store keeps them. */
public final class MemorySteps implements StepLog {

    public final Map<String, Step> steps = new LinkedHashMap<>();

    @Override
    public Optional<Step> step(String name) {
        return Optional.ofNullable(steps.get(name));
    }

    @Override
    public void begin(String name) {
        Optional<Step> had = step(name);
        write(
                name,
                State.PENDING,
                had.flatMap(Step::crmId),
                had.map(Step::attempts).orElse(0) + 1,
                had.flatMap(Step::error));
    }

    @Override
    public void done(String name, String crmId) {
        write(name, State.DONE, Optional.of(crmId), attempts(name), Optional.empty());
    }

    @Override
    public void ambiguous(String name, String error) {
        write(name, State.AMBIGUOUS, crmId(name), attempts(name), Optional.of(error));
    }

    @Override
    public void failed(String name, String error) {
        write(name, State.FAILED, crmId(name), attempts(name), Optional.of(error));
    }

    public String states() {
        StringBuilder text = new StringBuilder();
        steps.values()
                .forEach(s -> text.append(s.name()).append(' ').append(s.state()).append("; "));
        return text.toString().strip();
    }

    private Optional<String> crmId(String name) {
        return step(name).flatMap(Step::crmId);
    }

    private int attempts(String name) {
        return step(name).map(Step::attempts).orElse(0);
    }

    private void write(
            String name,
            State state,
            Optional<String> crmId,
            int attempts,
            Optional<String> error) {
        steps.put(name, new Step(name, state, crmId, attempts, error));
    }
}
