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
 * The hub dies at the worst moments, exactly there, with calls under way; then each call is
 * compared. {@code -Dtrunkline.database=postgresql} does it on PostgreSQL.
 */
@ExtendWith(LogsOnFailure.class)
class CrashPointIT {
    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());
    private static final boolean POSTGRES =
            System.getProperty("trunkline.database", "h2").equals("postgresql");
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

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void nothingIsLostWhereverTheHubDies() throws IOException {
        Map<String, String> environment = environment();
        narrowBucket();
        run = FaultRun.start(folder, random, environment, points.launcher(), 0.05);

        dies("after-journal-commit", CallKind.ANSWERED, this::commitCounts);
        dies("after-register-reply", CallKind.MISSED, any -> {});
        dies("after-finish-reply", CallKind.ANSWERED, any -> {});
        dies("mid-upload", CallKind.RECORDED, any -> {});
        diesMidBatch();
        expireTokens();
        dies("token-saved", CallKind.ANSWERED, any -> {});
        expireTokens();
        diesWithTheOnlyToken();

        check("crash points");
    }

    /** Deals, notes and entries in Unsorted whose reply was read and not yet written down. */
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void nothingIsLostOrDoubledInAmocrmWhereverTheHubDies() throws IOException {
        Map<String, String> environment = environment();
        environment.put("TRUNKLINE_PUBLIC_URL", "https://hub.example.com");
        run =
                FaultRun.start(
                        folder,
                        random,
                        environment,
                        points.launcher(),
                        0.05,
                        "asterisk-amocrm",
                        "{\"recordings\":{\"durationAfter\":\"PT2S\"}}");

        dies("after-deal-reply", CallKind.ANSWERED, any -> {});
        dies("after-note-reply", CallKind.ANSWERED, any -> {});
        dies("after-unsorted-reply", CallKind.MISSED, any -> {});
        expireTokens();
        dies("token-saved", CallKind.ANSWERED, any -> {});
        for (CallKind kind : CallKind.values()) {
            run.play(run.anyCompany(), kind, SPEED);
        }
        run.awaitRest();

        check("crash points, amoCRM");
    }

    private Map<String, String> environment() throws IOException {
        System.out.println("CrashPointIT: -Dtrunkline.seed=" + SEED);
        points = new CrashPoints(Files.createDirectory(folder.resolve("crash")));
        Map<String, String> environment = new HashMap<>(points.environment());
        if (POSTGRES) {
            postgres = Optional.of(Postgres.start(folder.resolve("postgres")));
            environment.putAll(postgres.get().environment());
        }
        return environment;
    }

    private void check(String name) throws IOException {
        run.outcome().check(name, POSTGRES ? "PostgreSQL" : "H2", SEED, String.join(", ", done));
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

    private void dies(String point, CallKind kind, InHand check) {
        points.arm(point);
        playUntilDead(point, kind);
        String inHand = points.reached(point);
        Instant died = Instant.now();
        check.check(inHand);
        again(point, died);
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

    /** Some calls of all kinds, and enough of the one that leads to the point. */
    private void playUntilDead(String point, CallKind kind) {
        ProcessHandle process = run.hub().process();
        for (int i = 0; i < 400 && process.isAlive(); i++) {
            CallKind[] kinds = {CallKind.MISSED, CallKind.ANSWERED, CallKind.BUSY, kind, kind};
            run.play(run.anyCompany(), kinds[random.nextInt(kinds.length)], SPEED);
            LockSupport.parkNanos(Duration.ofMillis(120).toNanos());
        }
        assertThat(process.isAlive()).as("the hub lives, " + point + " never struck").isFalse();
    }

    private void again(String point, Instant died) {
        restart(point, died);
        run.awaitRest();
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
        run.companies().forEach(company -> company.put("{\"clock\":{\"factor\":2.5}}"));
        points.arm("mid-batch");
        ProcessHandle process = run.hub().process();
        Instant began = Instant.now();
        while (!Files.exists(folder.resolve("crash/mid-batch.reached"))) {
            run.play(run.anyCompany(), CallKind.BUSY, SPEED);
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
                .until(() -> run.companies().stream().anyMatch(c -> batchAt(c.state(), died)));
        run.companies().forEach(company -> company.put("{\"clock\":{\"factor\":0.05}}"));
        again("mid-batch", died);
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

    private void expireTokens() {
        run.companies().forEach(company -> company.fault("{\"kind\":\"expireToken\"}"));
    }

    /**
     * The old token is spent and the new one dies with the hub: nobody has one any more. All must
     * wait until the application is installed again, and then arrive.
     */
    private void diesWithTheOnlyToken() {
        points.arm("token-not-yet-saved");
        playUntilDead("token-not-yet-saved", CallKind.ANSWERED);
        // Both companies may have come there at once.
        List<String> spent =
                points.reached("token-not-yet-saved")
                        .lines()
                        .map(String::strip)
                        .distinct()
                        .toList();
        restart("token-not-yet-saved", Instant.now());
        for (String company : spent) {
            run.play(of(company), CallKind.ANSWERED, SPEED);
            Awaitility.await("the hub asks for a new installation of " + company)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> cure(company).contains("install"));
            of(company).install(run.hub());
        }
        run.awaitRest();
    }

    private PlayedCompany of(String id) {
        return run.companies().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
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
