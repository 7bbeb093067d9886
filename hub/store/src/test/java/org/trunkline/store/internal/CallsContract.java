package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;
import org.trunkline.store.Page;

/** {@link Calls} on any database. */
abstract class CallsContract extends StoreContract {

    CallsContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void aCallFoldedInThreeGoesIsTheWholeCall() {
        Told told = Told.of("1.0");
        hear(ONE, told.started(), told.ringing("leg", "201"));
        hear(ONE, told.answered("leg"));
        Call call = hear(ONE, told.legEnded("leg"), told.ended());

        assertThat(call.direction()).contains(Direction.INBOUND);
        assertThat(call.client()).map(n -> n.value()).contains("+79161234567");
        assertThat(call.line()).map(n -> n.raw()).contains("4951000001");
        assertThat(call.state()).isEqualTo(CallState.ENDED);
        assertThat(call.result()).contains(CallResult.ANSWERED);
        assertThat(call.startedAt()).isEqualTo(Told.START);
        assertThat(call.talkSeconds()).isEqualTo(5);
        assertThat(call.legs())
                .singleElement()
                .extracting(l -> l.extension().orElseThrow())
                .isEqualTo("201");
        assertThat(calls.find("acme", call.id())).contains(call);
    }

    @Test
    void foldingTheSameRowsAgainChangesNothing() {
        journal.append(List.of(Told.of("1").started()));
        Journal.Unfolded rows = onlyUnfolded();
        Call first = calls.fold(rows, ONE);
        long version = onlyDue().version();

        Call again = calls.fold(rows, ONE);

        assertThat(again).isEqualTo(first);
        assertThat(onlyDue().version()).isEqualTo(version);
    }

    @Test
    void ofRowsThatAnotherFoldedInPartOnlyTheRestCounts() {
        CallEvent started = Told.of("1").started();
        journal.append(List.of(started, Told.of("1").ended()));
        Journal.Unfolded both = onlyUnfolded();
        calls.fold(part(both, 0), ONE);

        Call call = calls.fold(both, ONE);

        assertThat(call.ended()).isTrue();
        assertThat(journal.unfolded(10)).isEmpty();
        assertThat(onlyDue().version()).isEqualTo(2);
    }

    @Test
    void aFoldThatFailsLeavesNothingBehind() {
        journal.append(List.of(Told.of("1").started()));
        Journal.Unfolded rows = onlyUnfolded();

        assertThatThrownBy(
                        () ->
                                calls.fold(
                                        rows,
                                        call -> {
                                            throw new IllegalStateException("rules broke");
                                        }))
                .hasMessage("rules broke");

        assertThat(onlyUnfolded()).isEqualTo(rows);
        assertThat(calls.find("acme", Call.id("acme", "office", "1"))).isEmpty();
        assertThat(work.due(10, Set.of())).isEmpty();
    }

    @Test
    void theSameKeyOfAnotherAccountOrCompanyIsAnotherCall() {
        hear(
                ONE,
                new Told("acme", "office", "1").started(),
                new Told("acme", "shop", "1").ended(),
                new Told("beta", "office", "1").started());

        assertThat(calls.open("acme", "office")).hasSize(1);
        assertThat(calls.open("acme", "shop")).isEmpty();
        assertThat(calls.list("beta", Optional.empty(), Optional.empty(), 10).items()).hasSize(1);
        String id = Call.id("acme", "office", "1");
        assertThat(calls.find("beta", id)).isEmpty();
        assertThat(calls.events("beta", id)).isEmpty();
    }

    @Test
    void openAreTheCallsThatHaveNotEnded() {
        hear(NOBODY, Told.of("rings").started());
        hear(NOBODY, Told.of("over").started(), Told.of("over").ended());
        hear(NOBODY, Told.of("gone").started(), Told.of("gone").merged("rings"));

        assertThat(calls.open("acme", "office")).extracting(Call::key).containsExactly("rings");
    }

    @Test
    void openAsHeardAreThoseThatHaveNotEndedByWhatIsNotFoldedYetToo() {
        hear(NOBODY, Told.of("rings").started());
        hear(NOBODY, Told.of("ends").started());
        hear(NOBODY, Told.of("over").started(), Told.of("over").ended());
        journal.append(
                List.of(
                        Told.of("begins").started(),
                        Told.of("rings").ringing("leg", "201"),
                        Told.of("ends").ended(),
                        Told.of("short").started(),
                        Told.of("short").ended(),
                        new Told("acme", "shop", "elsewhere").started()));

        List<Call> open = calls.openAsHeard("acme", "office");

        assertThat(open).extracting(Call::key).containsExactly("rings", "begins");
        assertThat(open.get(0).legs()).hasSize(1);
        assertThat(calls.open("acme", "office")).extracting(Call::key).contains("rings", "ends");
    }

    @Test
    void mergedCallsAreFoundButNotListed() {
        hear(NOBODY, Told.of("1").started());
        Call consultation = hear(NOBODY, Told.of("2").started(), Told.of("2").merged("1"));

        assertThat(calls.list("acme", Optional.empty(), Optional.empty(), 10).items())
                .extracting(Call::key)
                .containsExactly("1");
        assertThat(calls.find("acme", consultation.id()))
                .map(c -> c.mergedInto().orElseThrow())
                .contains("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 500})
    void pagesHoldEachCallOnceTheLatestFirst(int limit) {
        for (int i = 0; i < 7; i++) {
            // Three starts for seven calls: within one start the order must hold, too.
            hear(NOBODY, Told.of("call" + i).started(Told.START.plusSeconds(i % 3)));
        }

        List<Call> read = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Call> page = calls.list("acme", Optional.empty(), cursor, limit);
            assertThat(page.items()).hasSizeBetween(1, limit);
            read.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(read).extracting(Call::key).doesNotHaveDuplicates().hasSize(7);
        assertThat(read).extracting(Call::startedAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void sinceLeavesOutWhatStartedBefore() {
        hear(NOBODY, Told.of("before").started(Told.START.minusMillis(1)));
        hear(NOBODY, Told.of("then").started());

        assertThat(calls.list("acme", Optional.of(Told.START), Optional.empty(), 10).items())
                .extracting(Call::key)
                .containsExactly("then");
    }

    @Test
    void aStartHeardLateMovesTheCallInTheList() {
        hear(NOBODY, Told.of("1").ended());
        hear(NOBODY, Told.of("1").started(Told.START.minus(Duration.ofHours(1))));

        assertThat(calls.list("acme", Optional.of(Told.START), Optional.empty(), 10).items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "x-1", "1", "99999999999999999999-a", "9223372036854775807-a"})
    void aWrongCursorIsNamed(String cursor) {
        assertThatThrownBy(() -> calls.list("acme", Optional.empty(), Optional.of(cursor), 10))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("cursor");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 501})
    void aWrongLimitIsNamed(int limit) {
        assertThatThrownBy(() -> calls.list("acme", Optional.empty(), Optional.empty(), limit))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("limit");
    }

    @Test
    void eventsComeInOrderOfOccurrenceThenOfThePbx() {
        Told told = Told.of("1");
        CallEvent second = told.event(4, Optional.of("leg"), new Fact.Held(true));
        CallEvent sameMoment =
                new CallEvent(
                        "acme",
                        "office",
                        "1",
                        Optional.of("leg"),
                        Optional.empty(),
                        5,
                        second.occurredAt(),
                        Instant.EPOCH,
                        second.confidence(),
                        new Fact.Held(false),
                        "");
        hear(NOBODY, told.ended(), sameMoment);
        journal.append(List.of(second, told.started()));

        assertThat(calls.events("acme", Call.id("acme", "office", "1")))
                .containsExactly(told.started(), second, sameMoment, told.ended());
    }

    static Journal.Unfolded part(Journal.Unfolded all, int index) {
        return new Journal.Unfolded(
                all.company(),
                all.account(),
                all.callKey(),
                List.of(all.rows().get(index)),
                List.of(all.events().get(index)));
    }
}
