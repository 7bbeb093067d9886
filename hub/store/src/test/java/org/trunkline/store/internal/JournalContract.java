package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;
import org.trunkline.store.Journal;
import org.trunkline.store.Subscription;

/** {@link Journal} on any database. */
abstract class JournalContract extends StoreContract {

    JournalContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void everyKindOfFactComesBackAsItWent() {
        Told call = Told.of("1.0");
        Optional<String> leg = Optional.of("leg");
        List<CallEvent> events =
                List.of(
                        call.started(),
                        call.ringing("leg", "201"),
                        call.answered("leg"),
                        call.event(4, leg, new Fact.Held(true)),
                        call.event(5, leg, new Fact.Transferred(TransferKind.BLIND, "other")),
                        call.event(6, leg, new Fact.LegEnded(LegResult.BUSY)),
                        call.event(
                                7, Optional.empty(), new Fact.Ended(Optional.of(CallResult.BUSY))),
                        call.merged("2.0"),
                        call.event(9, leg, new Fact.RecordingReady("r", "/var/spool/r.wav")),
                        call.event(10, Optional.empty(), new Fact.TranscriptReady("Ж\u0000\"'")),
                        call.event(11, Optional.empty(), new Fact.Tagged(Map.of("a", "b"))),
                        call.event(
                                12,
                                Optional.empty(),
                                new Fact.CommandResult("c", true, "", Instant.EPOCH)),
                        call.event(13, leg, new Fact.Continues("other")),
                        call.event(14, Optional.empty(), new Fact.Reported("201", true)));
        assertThat(events.stream().map(e -> e.fact().getClass()))
                .hasSize(Fact.class.getPermittedSubclasses().length);

        journal.append(events);

        Journal.Unfolded unfolded = onlyUnfolded();
        assertThat(unfolded.company()).isEqualTo("acme");
        assertThat(unfolded.account()).isEqualTo("office");
        assertThat(unfolded.callKey()).isEqualTo("1.0");
        assertThat(unfolded.events()).isEqualTo(events);
        assertThat(unfolded.rows()).doesNotHaveDuplicates().hasSameSizeAs(events);
    }

    @Test
    void aNativeIdIsTakenOnceAndTheRestOfTheBatchGoesIn() {
        CallEvent first = Told.withNativeId(Told.of("1").started(), "id-1");
        CallEvent second = Told.withNativeId(Told.of("1").ended(), "id-2");
        journal.append(List.of(first));

        journal.append(List.of(first, second, second));

        assertThat(onlyUnfolded().events()).containsExactly(first, second);
    }

    @Test
    void theSameNativeIdOfAnotherAccountIsAnotherEvent() {
        journal.append(
                List.of(
                        Told.withNativeId(new Told("acme", "office", "1").started(), "id"),
                        Told.withNativeId(new Told("acme", "shop", "1").started(), "id"),
                        Told.withNativeId(new Told("beta", "office", "1").started(), "id")));

        assertThat(journal.unfolded(10)).hasSize(3);
    }

    @Test
    void aNativeIdMayBeAsLongAsItLikes() {
        String id = "x".repeat(5_000);
        CallEvent event = Told.withNativeId(Told.of("1").started(), id);
        CallEvent other = Told.withNativeId(Told.of("1").ended(), id + "y");

        journal.append(List.of(event, other, event));

        assertThat(onlyUnfolded().events()).containsExactly(event, other);
    }

    @Test
    void eventsWithoutNativeIdAreAllTaken() {
        journal.append(List.of(Told.of("1").started(), Told.of("1").started()));

        assertThat(onlyUnfolded().events()).hasSize(2);
    }

    @Test
    void X9_eventsAreCounted() {
        journal.append(List.of(Told.of("1").started(), Told.of("1").ended()));
        journal.append(List.of(Told.of("2").started()));

        assertThat(journal.measures()).extracting(m -> m.value()).containsExactly(3.0);
    }

    @Test
    void theLongestWaitingCallsComeFirstAndNoMoreThanAskedFor() {
        for (String key : List.of("c", "a", "b")) {
            journal.append(List.of(Told.of(key).started()));
        }
        journal.append(List.of(Told.of("c").ended()));

        assertThat(journal.unfolded(2))
                .extracting(Journal.Unfolded::callKey)
                .containsExactly("c", "a");
        assertThat(journal.unfolded(2).get(0).events()).hasSize(2);
    }

    @Test
    void rowsThatCommitOutOfIdOrderAreFolded() throws SQLException {
        CallEvent late = Told.of("1").started();
        try (Connection slow = source.getConnection()) {
            slow.setAutoCommit(false);
            insert(slow, late);
            hear(ONE, Told.of("1").ended(), Told.of("2").started());
            assertThat(journal.unfolded(10)).isEmpty();
            assertThat(count("select count(*) from journal where folded_at is not null"))
                    .isEqualTo(2);
            slow.commit();
        }

        assertThat(onlyUnfolded().events()).containsExactly(late);
        Call call = calls.fold(onlyUnfolded(), ONE);
        assertThat(call.direction()).isPresent();
        assertThat(call.ended()).isTrue();
        assertThat(journal.unfolded(10)).isEmpty();
    }

    @Test
    void aWriterThatDiesBeforeItsCommitLeavesNothingAndStopsNobody() throws SQLException {
        Connection dying = source.getConnection();
        dying.setAutoCommit(false);
        insert(dying, Told.of("1").started());
        journal.append(List.of(Told.of("2").started()));

        dying.unwrap(Connection.class).abort(Runnable::run);

        journal.append(List.of(Told.of("3").started()));
        assertThat(journal.unfolded(10))
                .extracting(Journal.Unfolded::callKey)
                .containsExactly("2", "3");
    }

    @Test
    void whatWasAppendedIsThereAfterAnotherStart() throws SQLException {
        CallEvent event = Told.of("1").started();
        journal.append(List.of(event));
        source.close();

        source = TestDatabase.pool(url);
        Migration.run(source);
        database = new Database(source, false);
        journal = new JdbcJournal(database, new JdbcLeases(database, signals), signals);

        assertThat(onlyUnfolded().events()).containsExactly(event);
    }

    @Test
    void anUnreadableRowIsSetAsideAndKept() {
        journal.append(List.of(Told.of("1").started(), Told.of("2").started()));
        database.run(
                session ->
                        session.update(
                                "update journal set event = '{\"fact\":1}' where call_key = '1'"));

        assertThat(journal.unfolded(10)).extracting(Journal.Unfolded::callKey).containsExactly("2");
        clock.advance(Duration.ofDays(100));
        assertThat(journal.forget(clock.instant())).isZero();
        assertThat(count("select count(*) from journal where fault is not null")).isEqualTo(1);
    }

    @Test
    void listenersHearOfAnAppendWhenItIsCommittedAndUntilTheyClose() {
        List<Integer> seen = new ArrayList<>();
        Subscription listening = journal.onAppend(() -> seen.add(journal.unfolded(10).size()));
        journal.onAppend(
                () -> {
                    throw new IllegalStateException("a listener's own trouble");
                });

        journal.append(List.of(Told.of("1").started()));
        listening.close();
        journal.append(List.of(Told.of("2").started()));

        assertThat(seen).containsExactly(1);
    }

    @Test
    void aDatabaseThatIsAwayIsARetryableFaultWithItsWords() {
        source.close();

        assertThatThrownBy(() -> journal.append(List.of(Told.of("1").started())))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("has been closed");
    }

    @Test
    void aValueThatNoColumnTakesIsADataFaultAndNothingIsTaken() {
        Told tooLong = new Told("a".repeat(101), "office", "1");

        assertThatThrownBy(() -> journal.append(List.of(Told.of("1").started(), tooLong.started())))
                .isInstanceOf(Fault.Data.class);

        assertThat(journal.unfolded(10)).isEmpty();
    }

    @Test
    void onlyRowsFoldedLongAgoAreForgotten() {
        hear(ONE, Told.of("old").started());
        clock.advance(Duration.ofDays(14));
        hear(ONE, Told.of("new").started());
        journal.append(List.of(Told.of("waiting").started(Instant.EPOCH)));

        long forgotten = journal.forget(clock.instant().minus(Duration.ofDays(13)));

        assertThat(forgotten).isEqualTo(1);
        assertThat(calls.events("acme", Call.id("acme", "office", "old"))).isEmpty();
        assertThat(calls.events("acme", Call.id("acme", "office", "new"))).hasSize(1);
        assertThat(calls.find("acme", Call.id("acme", "office", "old"))).isPresent();
        assertThat(onlyUnfolded().callKey()).isEqualTo("waiting");
    }

    /** As a second process in the middle of its append would. */
    private static void insert(Connection connection, CallEvent event) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into journal (company, account, call_id, call_key, event,"
                                + " received_at) values (?, ?, ?, ?, ?, current_timestamp)")) {
            statement.setString(1, event.company());
            statement.setString(2, event.account());
            statement.setString(3, Call.id(event.company(), event.account(), event.callKey()));
            statement.setString(4, event.callKey());
            statement.setString(5, Json.write(event));
            statement.executeUpdate();
        }
    }
}
