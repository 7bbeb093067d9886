package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.trunkline.crm.connector.Kept;
import org.trunkline.crm.connector.Lane;

/** The account's pipelines, as far as new deals need them (rule T15). Thread-safe. */
final class Pipelines {

    private static final Duration FRESH = Duration.ofMinutes(10);

    /** The stage of what nobody has looked at. */
    private static final int UNSORTED_TYPE = 1;

    private final Account account;
    private final Kept<List<Pipeline>> kept;

    Pipelines(Account account, Clock clock) {
        this.account = account;
        this.kept = new Kept<>(this::ask, clock);
    }

    /**
     * One of them.
     *
     * @param firstStage the first working one
     * @param unsorted whether requests may wait here for somebody to sort them
     */
    record Pipeline(String id, boolean main, Optional<String> firstStage, boolean unsorted) {}

    /**
     * The pipeline of this id, else the account's main one.
     *
     * @throws org.trunkline.model.Fault if the account can't be asked
     */
    Optional<Pipeline> of(Optional<String> id) {
        List<Pipeline> all = kept.get(FRESH);
        return all.stream()
                .filter(pipeline -> id.equals(Optional.of(pipeline.id())))
                .findFirst()
                .or(() -> all.stream().filter(Pipeline::main).findFirst())
                .or(() -> all.stream().findFirst());
    }

    /** What was read is known to be out of date. */
    void forget() {
        kept.forget();
    }

    private List<Pipeline> ask() {
        boolean tray =
                account.ask(Lane.BACKLOG, "/api/v4/account").path("is_unsorted_on").asBoolean();
        List<Pipeline> all = new ArrayList<>();
        account.ask(Lane.BACKLOG, "/api/v4/leads/pipelines")
                .path("_embedded")
                .path("pipelines")
                .forEach(row -> all.add(pipeline(row, tray)));
        return List.copyOf(all);
    }

    private static Pipeline pipeline(JsonNode row, boolean tray) {
        List<JsonNode> stages = new ArrayList<>();
        row.path("_embedded").path("statuses").forEach(stages::add);
        return new Pipeline(
                row.path("id").asText(),
                row.path("is_main").asBoolean(),
                stages.stream()
                        .filter(stage -> stage.path("type").asInt() != UNSORTED_TYPE)
                        .filter(stage -> !ClientSearch.FINAL.contains(stage.path("id").asText()))
                        .min(Comparator.comparingInt(stage -> stage.path("sort").asInt()))
                        .map(stage -> stage.path("id").asText()),
                tray && row.path("is_unsorted_on").asBoolean());
    }
}
