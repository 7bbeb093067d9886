package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.store.Work;

/** Rows that wait for a known time (rules O12, I3), on any database. */
abstract class LaterContract extends StoreContract {

    private static final Client KNOWN =
            new Client(
                    Optional.of(
                            new Client.Found(
                                    EntityKind.CONTACT, "12", "Ivan \"Vanya\" Petrov", "7", true)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Client.Found(EntityKind.DEAL, "40", "Чайник", "8", false)));

    private static final Duration AN_HOUR = Duration.ofHours(1);

    LaterContract(TestDatabase kind) {
        super(kind);
    }

    @Test
    void O12_whatWaitsForItsTimeOutlivesARestart() throws SQLException {
        hear(ONE, Told.of("1").started(), Told.of("1").ended());
        work.later(onlyDue(), clock.instant().plus(AN_HOUR));

        restart();

        assertThat(work.due(10, Set.of())).isEmpty();
        assertThat(work.nextDue()).contains(clock.instant().plus(AN_HOUR));
        clock.advance(AN_HOUR);
        assertThat(onlyDue().state()).isEqualTo(Work.State.WAITING);
    }

    @Test
    void O12_aBacklogThatWaitsForItsTimeIsNotOverdueAndHoldsUpNobody() {
        for (int n = 0; n < 300; n++) {
            hear(ONE, Told.of("later" + n).started(), Told.of("later" + n).ended());
            work.later(onlyDue(), clock.instant().plus(AN_HOUR));
        }
        clock.advance(Duration.ofMinutes(30));
        hear(ONE, Told.of("now").started(), Told.of("now").ended());

        assertThat(onlyDue().call()).isEqualTo(id("now"));
        assertThat(work.backlog()).isEqualTo(new Work.Backlog(301, 0, 0, Duration.ZERO));
        clock.advance(Duration.ofMinutes(1));
        assertThat(work.backlog().oldest()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void I3_settingsThatChangedAreHeededAtOnceByWhatWaitsForItsTime() {
        hear(ONE, Told.of("1").started(), Told.of("1").ended());
        work.later(onlyDue(), clock.instant().plus(AN_HOUR));
        hear(ONE, Told.of("2").started());
        work.later(onlyDue(), clock.instant().plus(AN_HOUR));
        clock.advance(Duration.ofMinutes(1));

        work.reconsider("beta");
        assertThat(work.due(10, Set.of())).isEmpty();
        work.reconsider("acme");

        assertThat(work.due(10, Set.of()))
                .extracting(Work.Item::call)
                .containsExactly(id("2"), id("1"));
        assertThat(work.backlog().oldest()).isEqualTo(Duration.ZERO);
    }

    @Test
    void I3_changedSettingsHurryNoRetryAndWakeNothingThatRests() {
        hear(ONE, Told.of("resting").started());
        work.done(onlyDue());
        hear(ONE, Told.of("dead").started());
        work.dead(onlyDue(), "no such user");
        hear(ONE, Told.of("retrying").started());
        work.retry(onlyDue(), "503", clock.instant().plusSeconds(60));

        work.reconsider("acme");

        assertThat(work.due(10, Set.of())).isEmpty();
    }

    @Test
    void X3_aPortalThatIsBackHurriesWhatWasTriedInVainThereAndNothingElse() {
        hear(ONE, Told.of("resting").started());
        work.done(onlyDue());
        hear(ONE, Told.of("later").started());
        work.later(onlyDue(), clock.instant().plus(AN_HOUR));
        hear(ONE, Told.of("retrying").started());
        work.retry(onlyDue(), "no answer", clock.instant().plusSeconds(60));

        work.hurry("acme", Set.of("another"));
        work.hurry("beta", Set.of("office-main"));
        assertThat(work.due(10, Set.of())).isEmpty();
        work.hurry("acme", Set.of("office-main"));

        assertThat(work.due(10, Set.of()))
                .extracting(Work.Item::call)
                .containsExactly(id("retrying"));
    }

    @Test
    void O12_anEventEndsTheWaitAndFromThenOnTheRowIsOwed() {
        hear(ONE, Told.of("1").started());
        Instant heard = clock.instant();
        work.later(onlyDue(), heard.plus(AN_HOUR));

        hear(ONE, Told.of("1").ended());
        clock.advance(Duration.ofMinutes(2));

        assertThat(onlyDue().dueAt()).isEqualTo(heard);
        assertThat(work.backlog().oldest()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void T14_theFirstLookUpCountsForAllLaterDecisionsOfTheCall() throws SQLException {
        hear(ONE, Told.of("1").started(), Told.of("1").ended());
        Work.Item row = onlyDue();
        assertThat(work.client("acme", row.call(), "office-main")).isEmpty();

        assertThat(work.found(row, Client.UNKNOWN)).isEqualTo(Client.UNKNOWN);
        assertThat(work.found(row, KNOWN)).isEqualTo(Client.UNKNOWN);

        restart();
        assertThat(work.client("acme", row.call(), "office-main")).contains(Client.UNKNOWN);
        assertThat(work.client("acme", row.call(), "other")).isEmpty();
        assertThat(work.client("beta", row.call(), "office-main")).isEmpty();
    }

    @Test
    void O11_whoWasFoundIsKeptWhole() {
        hear(ONE, Told.of("1").started(), Told.of("1").ended());

        assertThat(work.found(onlyDue(), KNOWN)).isEqualTo(KNOWN);
    }

    private static String id(String key) {
        return Call.id("acme", "office", key);
    }

    private void restart() throws SQLException {
        source.close();
        source = TestDatabase.pool(url);
        Migration.run(source);
        database = new Database(source, false);
        signals = new Signals();
        work = new JdbcWork(database, new JdbcLeases(database, signals), signals, clock);
    }
}
