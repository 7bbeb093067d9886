package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub dies at the worst moments, exactly there, with calls of a Bitrix24 and an amoCRM company
 * under way; then each call is compared. One half of the points is on H2 and one on PostgreSQL;
 * which, the seed decides. {@code -Dtrunkline.database=postgresql} or {@code h2} puts all on one.
 */
@ExtendWith(LogsOnFailure.class)
class CrashPointIT {
    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());
    private static final String DATABASE = System.getProperty("trunkline.database", "");
    private static final String OF_BITRIX24 = "north";
    private static final String OF_AMOCRM = "south";
    private static final double SPEED = 5;
    private static final Pattern ENDED =
            Pattern.compile(
                    "company=([^,]+), account=[^,]+, callKey=([^,]+),(?:(?!CallEvent\\[).)*?fact=Ended",
                    Pattern.DOTALL);

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private final List<String> done = new ArrayList<>();
    private CrashPoints points;
    private Optional<Postgres> postgres = Optional.empty();
    private FaultRun run;

    @AfterEach
    void stop() {
        if (run != null) {
            run.close();
        }
        postgres.ifPresent(Postgres::close);
    }

    /** What was acknowledged or begun stands, whatever of it was not yet written down. */
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void nothingIsLostOrDoubledWhereverTheHubDies() throws IOException {
        start(SEED % 2 == 0);

        // amoCRM first: a stranger's call takes more requests there than its pace lets go, so what
        // is left of one point keeps the next one waiting.
        dies("after-unsorted-reply", OF_AMOCRM, CallKind.MISSED, any -> {});
        dies("after-deal-reply", OF_AMOCRM, CallKind.ANSWERED, any -> {});
        dies("after-journal-commit", OF_BITRIX24, CallKind.ANSWERED, this::commitCounts);
        dies("after-register-reply", OF_BITRIX24, CallKind.MISSED, any -> {});
        dies("mid-upload", OF_BITRIX24, CallKind.RECORDED, any -> {});
        run.awaitRest();
        // Not both: of the other the only token could be on its way just then.
        expireToken(run.company(OF_AMOCRM));
        dies("token-saved", OF_AMOCRM, CallKind.ANSWERED, any -> {});

        check("crash points, I");
    }

    /** Likewise; and a batch is under way, and the only token dies with the hub. */
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void nothingIsLostOrDoubledWhereverTheHubDiesWithMoreInHand() throws IOException {
        narrowBucket();
        start(SEED % 2 != 0);

        dies("after-finish-reply", OF_BITRIX24, CallKind.ANSWERED, any -> {});
        dies("after-note-reply", OF_AMOCRM, CallKind.ANSWERED, any -> {});
        run.awaitRest();
        diesMidBatch();
        run.awaitRest();
        expireToken(run.company(OF_BITRIX24));
        diesWithTheOnlyToken();

        check("crash points, II");
    }

    private void start(boolean onPostgres) throws IOException {
        System.out.println("CrashPointIT: -Dtrunkline.seed=" + SEED);
        points = new CrashPoints(Files.createDirectory(folder.resolve("crash")));
        Map<String, String> environment = new HashMap<>(points.environment());
        environment.put("TRUNKLINE_PUBLIC_URL", "https://hub.example.com");
        if (DATABASE.isEmpty() ? onPostgres : DATABASE.equals("postgresql")) {
            postgres = Optional.of(Postgres.start(folder.resolve("postgres")));
            environment.putAll(postgres.get().environment());
        }
        List<Tenant> both = List.of(Tenant.ofBitrix24(OF_BITRIX24), Tenant.ofAmocrm(OF_AMOCRM));
        run = FaultRun.start(folder, random, environment, points.launcher(), 0.05, both);
    }

    /** A call of each kind once more: whoever was killed so often does all that it did. */
    private void check(String name) throws IOException {
        for (CallKind kind : CallKind.values()) {
            run.companies().forEach(company -> run.play(company, kind, SPEED));
        }
        run.awaitRest();
        String database = postgres.isPresent() ? "PostgreSQL" : "H2";
        run.outcome().check(name, database, SEED, String.join(", ", done));
    }

    /** So that soon there is something to leave together. */
    private void narrowBucket() throws IOException {
        String cfg = "org.trunkline.bitrix24.cfg";
        Path etc = Files.createDirectories(folder.resolve("data/etc"));
        String text = Files.readString(Checkout.root().resolve("config").resolve(cfg));
        Files.writeString(etc.resolve(cfg), text.replace("bucket.size = 50", "bucket.size = 12"));
    }

    private interface InHand {
        void check(String inHand);
    }

    /**
     * The next point is armed while calls of this one are still being put right.
     *
     * @param company whose calls lead to the point
     */
    private void dies(String point, String company, CallKind kind, InHand check) {
        points.arm(point);
        playUntilDead(point, company, kind);
        String inHand = points.reached(point);
        Instant died = Instant.now();
        check.check(inHand);
        restart(point, died);
    }

    /**
     * A call whose end was committed is known to the last event, though the hub died right then.
     */
    private void commitCounts(String events) {
        // Two PBXs give the same ids to calls of the same second.
        List<PlayedCall> certain = new ArrayList<>();
        Matcher ended = ENDED.matcher(events);
        while (ended.find()) {
            run.played().stream()
                    .filter(call -> call.company().equals(ended.group(1)))
                    .filter(call -> call.pbxCallIds().contains(ended.group(2)))
                    .forEach(certain::add);
        }
        assertThat(certain).as("calls that had ended in " + events).isNotEmpty();
        certain.forEach(run::certain);
    }

    /** Some calls of all kinds, and enough of those that lead to the point. */
    private void playUntilDead(String point, String company, CallKind kind) {
        ProcessHandle process = run.hub().process();
        for (int i = 0; i < 400 && process.isAlive(); i++) {
            CallKind[] kinds = {CallKind.MISSED, CallKind.ANSWERED, CallKind.BUSY, kind, kind};
            boolean ofThis = random.nextInt(4) > 0;
            run.play(
                    ofThis ? run.company(company) : run.anyCompany(),
                    kinds[random.nextInt(kinds.length)],
                    SPEED);
            LockSupport.parkNanos(Duration.ofMillis(120).toNanos());
        }
        assertThat(process.isAlive()).as("the hub lives, " + point + " never struck").isFalse();
    }

    private void restart(String point, Instant died) {
        run.hub().restart();
        run.awaitConnected();
        run.outage(Optional.empty(), died.minusMillis(500));
        done.add(point);
    }

    /** The portal is half way through several calls when the hub dies. */
    private void diesMidBatch() {
        // Each command takes half a second; what waits for room in the bucket leaves together.
        PlayedCompany company = run.company(OF_BITRIX24);
        company.put("{\"clock\":{\"factor\":2.5}}");
        points.arm("mid-batch");
        ProcessHandle process = run.hub().process();
        Instant began = Instant.now();
        while (!Files.exists(folder.resolve("crash/mid-batch.reached"))) {
            run.play(company, CallKind.BUSY, SPEED);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(1));
        }
        points.reached("mid-batch");
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        run.hub().kill();
        Instant died = Instant.now();
        assertThat(process.isAlive()).isFalse();
        Awaitility.await("a batch that outlived the hub")
                .atMost(Duration.ofSeconds(40))
                .until(() -> batchAt(company.state(), died));
        company.put("{\"clock\":{\"factor\":0.05}}");
        restart("mid-batch", died);
    }

    private static boolean batchAt(JsonNode portal, Instant time) {
        for (JsonNode request : portal.path("ledger")) {
            Instant at = Instant.parse(request.path("at").asText());
            boolean during =
                    at.isBefore(time)
                            && at.plusMillis(request.path("millis").asLong()).isAfter(time);
            if (during && request.path("commands").asInt() > 2) {
                return true;
            }
        }
        return false;
    }

    private static void expireToken(PlayedCompany company) {
        company.fault("{\"kind\":\"expireToken\"}");
    }

    /**
     * The old token is spent and the new one dies with the hub: nobody has one any more. All must
     * wait until the application is installed again, and then arrive.
     */
    private void diesWithTheOnlyToken() {
        points.arm("token-not-yet-saved");
        playUntilDead("token-not-yet-saved", OF_BITRIX24, CallKind.ANSWERED);
        assertThat(points.reached("token-not-yet-saved").lines().distinct())
                .containsExactly(OF_BITRIX24);
        restart("token-not-yet-saved", Instant.now());
        PlayedCompany company = run.company(OF_BITRIX24);
        run.play(company, CallKind.ANSWERED, SPEED);
        Awaitility.await("the hub asks for a new installation")
                .atMost(Duration.ofMinutes(1))
                .until(() -> cure(OF_BITRIX24).contains("install"));
        company.install(run.hub());
    }

    private String cure(String company) {
        for (JsonNode portal : run.hub().admin().json("/health").path("portals")) {
            if (portal.path("company").asText().equals(company)) {
                return portal.path("cure").asText();
            }
        }
        return "";
    }
}
