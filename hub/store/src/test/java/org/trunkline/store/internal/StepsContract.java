package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;
import org.trunkline.store.Work;

/** {@link StepLog} on any database. */
abstract class StepsContract extends StoreContract {

    StepsContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void aStepIsThereBeforeItsRequestAndTellsItsOutcome() {
        hear(ONE, Told.of("1").started());
        StepLog log = work.steps(onlyDue());
        assertThat(log.step("register")).isEmpty();

        log.begin("register");
        assertThat(log.step("register")).contains(step(Step.State.PENDING, "", 1, ""));
        log.ambiguous("register", "no reply within 20 s");
        assertThat(log.step("register"))
                .contains(step(Step.State.AMBIGUOUS, "", 1, "no reply within 20 s"));
        log.begin("register");
        log.failed("register", "ERROR_NOT_FOUND");
        assertThat(log.step("register"))
                .contains(step(Step.State.FAILED, "", 2, "ERROR_NOT_FOUND"));
        log.begin("register");
        log.done("register", "externalCall.1");
        assertThat(log.step("register")).contains(step(Step.State.DONE, "externalCall.1", 3, ""));
    }

    @Test
    void aStepFoundInTheCrmIsDoneWithoutABegin() {
        hear(ONE, Told.of("1").started());
        StepLog log = work.steps(onlyDue());

        log.done("register", "externalCall.1");

        assertThat(log.step("register")).contains(step(Step.State.DONE, "externalCall.1", 0, ""));
    }

    @Test
    void aStepBegunIsKnownToTheNextProcess() throws SQLException {
        hear(ONE, Told.of("1").started());
        Work.Item item = onlyDue();
        work.steps(item).begin("register");
        source.close();

        source = TestDatabase.pool(url);
        Migration.run(source);
        database = new Database(source, false);
        JdbcLeases leases = new JdbcLeases(database, signals);
        StepLog log = new JdbcWork(database, leases, signals, clock).steps(item);

        assertThat(log.step("register")).contains(step(Step.State.PENDING, "", 1, ""));
    }

    @Test
    void eachIntegrationAndCallHasItsOwnSteps() {
        Call first = hear(c -> Set.of("a", "b"), Told.of("1").started());
        hear(c -> Set.of("a"), Told.of("2").started());
        List<Work.Item> items = work.due(10, Set.of());
        Work.Item a =
                items.stream()
                        .filter(i -> i.integration().equals("a") && i.call().equals(first.id()))
                        .findFirst()
                        .orElseThrow();
        work.steps(a).begin("register");
        work.steps(a).begin("finish");

        assertThat(items)
                .filteredOn(i -> !i.equals(a))
                .hasSize(2)
                .allSatisfy(i -> assertThat(work.steps(i).step("register")).isEmpty());
        assertThat(work.steps("acme", first.id()))
                .extracting(taken -> taken.integration() + " " + taken.step().name())
                .containsExactly("a register", "a finish");
        assertThat(work.steps("beta", first.id())).isEmpty();
    }

    private static Step step(Step.State state, String crmId, int attempts, String error) {
        return new Step("register", state, present(crmId), attempts, present(error));
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
