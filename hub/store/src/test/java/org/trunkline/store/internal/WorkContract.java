package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.Decision;
import org.trunkline.model.Fault;
import org.trunkline.store.Page;
import org.trunkline.store.Work;
import org.trunkline.store.Work.State;

/** {@link Work} on any database. */
abstract class WorkContract extends StoreContract {

    WorkContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void aNewCallGivesOneDueRowForEachIntegrationConcerned() {
        Call call = hear(c -> Set.of("a", "b"), Told.of("1").started());

        List<Work.Item> due = work.due(10, Set.of());

        assertThat(due).extracting(Work.Item::integration).containsExactlyInAnyOrder("a", "b");
        assertThat(due)
                .allSatisfy(
                        item -> {
                            assertThat(item.company()).isEqualTo("acme");
                            assertThat(item.call()).isEqualTo(call.id());
                            assertThat(item.version()).isEqualTo(1);
                            assertThat(item.state()).isEqualTo(State.WAITING);
                            assertThat(item.attempts()).isZero();
                            assertThat(item.error()).isEmpty();
                            assertThat(item.dueAt()).isEqualTo(clock.instant());
                        });
    }

    @Test
    void whoIsNotConcernedGetsNoRow() {
        hear(NOBODY, Told.of("1").started());

        assertThat(work.due(10, Set.of())).isEmpty();
        assertThat(work.nextDue()).isEmpty();
    }

    @Test
    void aChangeOfTheCallWakesADoneRow() {
        hear(ONE, Told.of("1").started());
        Work.Item first = onlyDue();
        work.done(first);
        assertThat(work.due(10, Set.of())).isEmpty();
        clock.advance(Duration.ofSeconds(5));

        hear(ONE, Told.of("1").ended());

        Work.Item woken = onlyDue();
        assertThat(woken.id()).isEqualTo(first.id());
        assertThat(woken.version()).isEqualTo(2);
        assertThat(woken.dueAt()).isEqualTo(clock.instant());
    }

    @Test
    void anEventThatSaysNothingNewWakesNobody() {
        hear(ONE, Told.of("1").started());
        work.done(onlyDue());

        hear(ONE, Told.of("1").started());

        assertThat(work.due(10, Set.of())).isEmpty();
    }

    @Test
    void anIntegrationThatComesToBeConcernedGetsItsRowEvenIfTheCallStaysAsItIs() {
        hear(ONE, Told.of("1").started());
        work.done(onlyDue());

        hear(call -> Set.of("office-main", "new"), Told.of("1").started());

        assertThat(onlyDue().integration()).isEqualTo("new");
    }

    @Test
    void anIntegrationThatIsNotConcernedAnyMoreIsWokenToTakeBackWhatItGave() {
        hear(ONE, Told.of("2").started());
        work.done(onlyDue());

        hear(NOBODY, Told.of("2").merged("1"));

        assertThat(onlyDue().integration()).isEqualTo("office-main");
    }

    @Test
    void aDeadRowIsWokenByItsCall() {
        hear(ONE, Told.of("1").started());
        work.dead(onlyDue(), "user 7 does not exist");
        assertThat(work.due(10, Set.of())).isEmpty();

        hear(ONE, Told.of("1").ended());

        assertThat(onlyDue().state()).isEqualTo(State.WAITING);
        assertThat(onlyDue().attempts()).isZero();
        assertThat(onlyDue().error()).isEmpty();
    }

    @Test
    void aCallThatChangedMeanwhileKeepsItsRowDue() {
        for (int way = 0; way < 4; way++) {
            String key = "call" + way;
            hear(ONE, Told.of(key).started());
            Work.Item taken = onlyDue();
            hear(ONE, Told.of(key).ended());

            switch (way) {
                case 0 -> work.done(taken);
                case 1 -> work.later(taken, clock.instant().plusSeconds(60));
                case 2 -> work.retry(taken, "503", clock.instant().plusSeconds(60));
                default -> work.dead(taken, "no such user");
            }

            assertThat(onlyDue().version()).isEqualTo(2);
            assertThat(onlyDue().state()).isEqualTo(State.WAITING);
            work.done(onlyDue());
        }
    }

    @Test
    void whoSettlesAnOldVersionSignalsThatTheRowIsDueStill() {
        hear(ONE, Told.of("1").started());
        Work.Item taken = onlyDue();
        hear(ONE, Told.of("1").ended());
        List<Integer> signals = new ArrayList<>();
        work.onDue(() -> signals.add(1));

        work.done(taken);

        assertThat(signals).hasSize(1);
    }

    @Test
    void aFailedTryWaitsAndCounts() {
        hear(ONE, Told.of("1").started());
        work.retry(onlyDue(), "503 Service Unavailable", clock.instant().plusSeconds(10));
        assertThat(work.due(10, Set.of())).isEmpty();
        assertThat(work.nextDue()).contains(clock.instant().plusSeconds(10));

        clock.advance(Duration.ofSeconds(10));

        assertThat(onlyDue().state()).isEqualTo(State.RETRYING);
        assertThat(onlyDue().attempts()).isEqualTo(1);
        assertThat(onlyDue().error()).contains("503 Service Unavailable");
        work.retry(onlyDue(), "again", clock.instant());
        assertThat(onlyDue().attempts()).isEqualTo(2);
    }

    @Test
    void successForgetsTheFailedTries() {
        hear(ONE, Told.of("1").started());
        work.retry(onlyDue(), "503", clock.instant());

        work.later(onlyDue(), clock.instant().plusSeconds(30));

        clock.advance(Duration.ofSeconds(30));
        assertThat(onlyDue().state()).isEqualTo(State.WAITING);
        assertThat(onlyDue().attempts()).isZero();
        assertThat(onlyDue().error()).isEmpty();
    }

    @Test
    void liveCallsGoBeforeEndedOnesThenTheLongestDue() {
        for (String key : List.of("ended1", "ended2", "live1", "live2")) {
            clock.advance(Duration.ofSeconds(1));
            hear(ONE, Told.of(key).started());
        }
        for (String key : List.of("ended2", "ended1")) {
            clock.advance(Duration.ofSeconds(1));
            hear(ONE, Told.of(key).ended());
        }

        assertThat(dueCalls(10, Set.of())).containsExactly("live1", "live2", "ended2", "ended1");
        assertThat(dueCalls(3, Set.of())).containsExactly("live1", "live2", "ended2");
    }

    @Test
    void whatIsInHandIsNotGivenAgain() {
        hear(ONE, Told.of("1").started(), Told.of("2").started(), Told.of("3").started());
        List<Work.Item> taken = work.due(2, Set.of());
        Set<Long> inHand = Set.of(taken.get(0).id(), taken.get(1).id());

        assertThat(dueCalls(2, inHand)).containsExactly("3");
    }

    @Test
    void listenersHearOfWorkWhenItIsCommitted() {
        List<Integer> seen = new ArrayList<>();
        work.onDue(() -> seen.add(work.due(10, Set.of()).size()));

        hear(ONE, Told.of("1").started());
        assertThat(seen).containsExactly(1);
        hear(ONE, Told.of("1").started());
        assertThat(seen).containsExactly(1);
    }

    @Test
    void listsGoByStateInPages() {
        for (int i = 0; i < 5; i++) {
            hear(ONE, Told.of("call" + i).started());
        }
        List<Work.Item> all = work.due(10, Set.of());
        work.done(all.get(0));
        work.dead(all.get(1), "no such user");
        work.retry(all.get(2), "503", clock.instant());

        assertThat(ids(work.list("acme", Optional.of(State.DEAD), Optional.empty(), 10)))
                .containsExactly(all.get(1).id());
        assertThat(ids(work.list("acme", Optional.of(State.DONE), Optional.empty(), 10)))
                .containsExactly(all.get(0).id());
        Page<Work.Item> first = work.list("acme", Optional.empty(), Optional.empty(), 3);
        assertThat(ids(first)).containsExactly(all.get(1).id(), all.get(2).id(), all.get(3).id());
        Page<Work.Item> second = work.list("acme", Optional.empty(), first.next(), 3);
        assertThat(ids(second)).containsExactly(all.get(4).id());
        assertThat(second.next()).isEmpty();
        assertThat(work.list("beta", Optional.empty(), Optional.empty(), 3).items()).isEmpty();
        assertThatThrownBy(() -> work.list("acme", Optional.empty(), Optional.of("page two"), 3))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("page two");
    }

    @Test
    void replayMakesADeadRowDueAndCountsEvenDuringATry() {
        hear(ONE, Told.of("1").started());
        Work.Item taken = onlyDue();
        work.dead(taken, "no such user");

        assertThat(work.replay("beta", taken.id())).isFalse();
        assertThat(work.due(10, Set.of())).isEmpty();
        assertThat(work.replay("acme", taken.id())).isTrue();

        Work.Item replayed = onlyDue();
        assertThat(replayed.attempts()).isZero();
        assertThat(work.replay("acme", taken.id())).isTrue();
        work.done(replayed);
        assertThat(onlyDue().id()).isEqualTo(taken.id());
    }

    @Test
    void aDroppedRowIsGoneButItsStepsStayKnown() {
        hear(ONE, Told.of("1").started());
        Work.Item taken = onlyDue();
        work.steps(taken).begin("register");
        work.steps(taken).done("register", "crm-1");

        assertThat(work.delete("beta", taken.id())).isFalse();
        assertThat(work.delete("acme", taken.id())).isTrue();
        assertThat(work.delete("acme", taken.id())).isFalse();

        hear(ONE, Told.of("1").ended());
        assertThat(work.steps(onlyDue()).step("register"))
                .flatMap(step -> step.crmId())
                .contains("crm-1");
    }

    @Test
    void theBacklogTellsHowMuchAndHowOld() {
        assertThat(work.backlog()).isEqualTo(new Work.Backlog(0, 0, 0, Duration.ZERO));
        hear(ONE, Told.of("1").started(), Told.of("2").started(), Told.of("3").started());
        clock.advance(Duration.ofMinutes(5));
        hear(ONE, Told.of("4").started());
        List<Work.Item> all = work.due(10, Set.of());
        work.retry(all.get(0), "503", clock.instant().plusSeconds(60));
        work.dead(all.get(1), "no such user");
        work.done(all.get(2));

        assertThat(work.backlog()).isEqualTo(new Work.Backlog(1, 1, 1, Duration.ofMinutes(5)));
        work.later(onlyDue(), clock.instant().plusSeconds(60));
        work.done(now(all.get(0)));
        assertThat(work.backlog()).isEqualTo(new Work.Backlog(1, 0, 1, Duration.ZERO));
    }

    @Test
    void theLastDecisionIsKept() {
        Call call = hear(c -> Set.of("a", "b"), Told.of("1").started());
        Work.Item item = work.due(10, Set.of()).get(0);
        Decision first = decision("main", "7");
        Decision second = decision("main", "8");
        work.decided(item, first);
        clock.advance(Duration.ofSeconds(1));
        work.decided(item, second);

        assertThat(work.decisions("acme", call.id()))
                .containsExactly(new Work.Decided(item.integration(), clock.instant(), second));
        assertThat(work.decisions("beta", call.id())).isEmpty();
    }

    private static Decision decision(String what, String value) {
        return Decision.nothing(
                List.of(new Decision.Part(what, value, "K5", "/responsible/missed", "")));
    }

    private List<String> dueCalls(int most, Set<Long> inHand) {
        return work.due(most, inHand).stream()
                .map(item -> calls.find(item.company(), item.call()).orElseThrow().key())
                .toList();
    }

    private static List<Long> ids(Page<Work.Item> page) {
        return page.items().stream().map(Work.Item::id).toList();
    }
}
