package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random mix of calls, 20 a second, while hub, portals, PBXs and database fail; then each call is
 * compared. The seed is printed; {@code -Dtrunkline.seed=N} plays the same again, {@code
 * -Dtrunkline.calls=N} and {@code -Dtrunkline.kills=N} (for each 200 calls) change the size, {@code
 * -Dtrunkline.database=h2} has amoCRM's run on H2 instead of PostgreSQL.
 */
@ExtendWith(LogsOnFailure.class)
class NothingLostIT {
    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());
    private static final int ROUND = 200;
    private static final int CALLS = Integer.getInteger("trunkline.calls", ROUND);
    private static final boolean AMOCRM_ON_H2 =
            System.getProperty("trunkline.database", "postgresql").equals("h2");
    private static final int KILLS = Integer.getInteger("trunkline.kills", 2);

    /** Captures last 3 to 15 s. */
    private static final double SPEED = 5;

    private static final Duration BETWEEN_CALLS = Duration.ofMillis(50);

    /** An amoCRM account takes 5 requests a second: each fault is to find some. */
    private static final Duration BETWEEN_CALLS_OF_AMOCRM = Duration.ofMillis(300);

    /** So that a method's quota, reset after ten minutes, is reset within the next minute. */
    private static final String BEHIND = "{\"clock\":{\"factor\":0.05,\"offsetSeconds\":-570}}";

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private Optional<Postgres> postgres = Optional.empty();
    private FaultRun run;

    @AfterEach
    void stop() {
        if (run != null) {
            run.close();
        }
        postgres.ifPresent(Postgres::close);
    }

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void eachCallOnce_onH2() throws IOException {
        eachCallOnce("H2", Map.of());
    }

    /** What is written at the answer, and gets its duration later, is written once as well (I3). */
    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void eachCallOnce_inAmocrm() throws IOException {
        String database = AMOCRM_ON_H2 ? "H2" : "PostgreSQL";
        begins("amoCRM on " + database);
        Map<String, String> environment =
                new HashMap<>(Map.of("TRUNKLINE_PUBLIC_URL", "https://hub.example.com"));
        if (!AMOCRM_ON_H2) {
            environment.putAll(postgreSql());
        }
        List<Tenant> both = List.of(Tenant.ofAmocrm("north"), Tenant.ofAmocrm("south"));
        run = FaultRun.start(folder, random, environment, Checkout.launcher(), 0.05, both);
        eachCallOnce(
                "amoCRM", database, CALLS / 2, BETWEEN_CALLS_OF_AMOCRM, Disturbances.OF_AMOCRM);
    }

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void eachCallOnce_onPostgreSql() throws IOException {
        eachCallOnce("PostgreSQL", postgreSql());
    }

    private Map<String, String> postgreSql() {
        Postgres server = Postgres.start(folder.resolve("postgres"));
        postgres = Optional.of(server);
        return server.environment();
    }

    private void eachCallOnce(String database, Map<String, String> environment) throws IOException {
        begins(database);
        run =
                FaultRun.start(
                        folder,
                        random,
                        environment,
                        Checkout.launcher(),
                        0.05,
                        Tenant.twoOfBitrix24());
        run.companies().forEach(company -> company.put(BEHIND));
        eachCallOnce("calls", database, CALLS, BETWEEN_CALLS, Disturbances.OF_BITRIX24);
    }

    private static void begins(String what) throws IOException {
        System.out.println("NothingLostIT: " + what + ", -Dtrunkline.seed=" + SEED);
        Files.writeString(Checkout.root().resolve("itests/target/nothing-lost.seed"), SEED + "\n");
    }

    private void eachCallOnce(
            String name, String database, int calls, Duration between, Map<String, String> ofVendor)
            throws IOException {
        Disturbances disturbances = new Disturbances(run, random, ofVendor, postgres, SPEED);
        for (int left = calls; left > 0; left -= ROUND) {
            play(Math.min(left, ROUND), between.toNanos(), disturbances.all(KILLS));
        }
        disturbances.awaitEnd();
        run.awaitRest();

        Outcome outcome = run.outcome();
        outcome.check(name, database, SEED, disturbances.toString());
        assertThat(outcome.struck()).as("kinds of faults that struck").hasSizeGreaterThan(2);
        assertThat(outcome.exact())
                .as("calls that were heard from beginning to end")
                .isGreaterThan(calls / 10);
    }

    private void play(int calls, long between, List<Runnable> disturbances) {
        Iterator<Runnable> next = disturbances.iterator();
        long at = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            // Evenly among the calls, the first and the last of them undisturbed.
            if ((long) i * (disturbances.size() + 1) / calls
                            > (long) (i - 1) * (disturbances.size() + 1) / calls
                    && i > 0
                    && next.hasNext()) {
                next.next().run();
                at = Math.max(at, System.nanoTime() - between);
            }
            CallKind[] kinds = CallKind.values();
            run.play(run.anyCompany(), kinds[random.nextInt(kinds.length)], SPEED);
            at += between;
            LockSupport.parkNanos(at - System.nanoTime());
        }
        next.forEachRemaining(Runnable::run);
    }
}
