package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hubs on one PostgreSQL while calls go on: the serving one is killed, started again, then the
 * other is paused and goes on. Both listen to the PBXs, so every single call must come out exactly,
 * in two Bitrix24 portals and in an amoCRM account.
 */
@ExtendWith(LogsOnFailure.class)
class TwoHubsIT {
    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());
    private static final int CALLS = Integer.getInteger("trunkline.calls", 500);

    /**
     * As recorded: a hub that begins to listen in the middle of a call takes its own clock for the
     * PBX's, and played faster the two would differ.
     */
    private static final double SPEED = 1;

    private static final long BETWEEN_CALLS = Duration.ofMillis(100).toNanos();
    private static final Duration TAKEN_OVER = Duration.ofSeconds(10);

    /** Long enough for the other to have taken over and worked. */
    private static final Duration PAUSE = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private Postgres postgres;
    private FaultRun run;
    private Hub second;

    @AfterEach
    void stop() {
        if (second != null) {
            second.close();
        }
        if (run != null) {
            run.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void noCallIsLostOrDoubled_whenTheServingHubIsKilled_orSleepsAndWakes() throws IOException {
        System.out.println("TwoHubsIT: -Dtrunkline.seed=" + SEED);
        postgres = Postgres.start(folder.resolve("postgres"));
        Map<String, String> environment = new HashMap<>(postgres.environment());
        environment.put("TRUNKLINE_SECRET_KEY", "one key for both hubs");
        environment.put("TRUNKLINE_PUBLIC_URL", "https://hub.example.com");
        List<Tenant> three = new ArrayList<>(Tenant.twoOfBitrix24());
        three.add(Tenant.ofAmocrm("west"));
        run = FaultRun.start(folder, random, environment, Checkout.launcher(), 0.05, three);
        Hub first = run.hub();
        second = Hub.start(folder.resolve("second"), environment, Checkout.launcher());
        awaitState(second, "standby");

        CompletableFuture<Void> calls = CompletableFuture.runAsync(this::play);
        played(CALLS / 5);
        first.kill();
        Duration afterKill = awaitTakenOver(second);
        first.restart();
        awaitState(first, "standby");

        played(CALLS * 3 / 5);
        second.pause();
        Duration afterPause = awaitTakenOver(first);
        LockSupport.parkNanos(PAUSE.toNanos());
        second.resume();
        awaitState(second, "standby");
        calls.join();
        run.awaitRest();

        run.outcome()
                .check(
                        "two hubs",
                        "PostgreSQL",
                        SEED,
                        "kill -9, taken over in %d ms; SIGSTOP, taken over in %d ms"
                                .formatted(afterKill.toMillis(), afterPause.toMillis()));
    }

    private void play() {
        long at = System.nanoTime();
        CallKind[] kinds = CallKind.values();
        for (int i = 0; i < CALLS; i++) {
            run.play(company(), kinds[random.nextInt(kinds.length)], SPEED);
            at += BETWEEN_CALLS;
            LockSupport.parkNanos(at - System.nanoTime());
        }
    }

    /** An amoCRM account takes 5 requests a second, and a call of a stranger is three. */
    private PlayedCompany company() {
        int choice = random.nextInt(10);
        return run.company(choice == 0 ? "west" : choice % 2 == 0 ? "south" : "north");
    }

    private void played(int calls) {
        Awaitility.await(calls + " calls were played")
                .atMost(Duration.ofMinutes(2))
                .until(() -> run.played().size() >= calls);
    }

    /** From now until the hub serves all companies. */
    private Duration awaitTakenOver(Hub successor) {
        long from = System.nanoTime();
        awaitState(successor, "connected");
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        assertThat(took).as("until the other hub serves").isLessThan(TAKEN_OVER);
        return took;
    }

    private void awaitState(Hub hub, String state) {
        Awaitility.await("PBXs of " + hub.address() + " are " + state)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> states(hub).equals(Optional.of(state)));
    }

    /** The state of all accounts if it is the same. */
    private Optional<String> states(Hub hub) {
        JsonNode accounts = hub.admin().json("/health").path("pbx");
        String state = accounts.path(0).path("state").asText();
        for (JsonNode account : accounts) {
            if (!account.path("state").asText().equals(state)) {
                return Optional.empty();
            }
        }
        return accounts.size() == run.companies().size() ? Optional.of(state) : Optional.empty();
    }
}
