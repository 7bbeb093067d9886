package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** Settings are edited and bundles updated while calls go on, as an administrator does it. */
@ExtendWith(LogsOnFailure.class)
class SwapIT {
    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());

    /** What each edit sets, every time to another value. */
    private static final Map<String, List<String>> EDITS =
            new LinkedHashMap<>(
                    Map.of(
                            "org.trunkline.calls.cfg",
                            List.of("parallel = 3", "parallel = 5"),
                            "org.trunkline.crm.delivery.cfg",
                            List.of("parallel = 64", "parallel = 96"),
                            "org.trunkline.bitrix24.cfg",
                            List.of("bucket.size = 40", "bucket.size = 45"),
                            "org.trunkline.http.cfg",
                            List.of("threads = 50", "threads = 55"),
                            "org.trunkline.store.cfg",
                            List.of("journal.retention = P10D", "journal.retention = P12D")));

    private static final List<String> BUNDLES =
            List.of(
                    "trunkline-calls",
                    "trunkline-delivery",
                    "trunkline-bitrix24",
                    "trunkline-admin-rest");

    private static final String PBX_BUNDLE = "trunkline-pbx-asterisk";

    private static final double AS_RECORDED = 1;
    private static final double SPEED = 3;

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private FaultRun run;
    private volatile boolean over;

    @AfterEach
    void stop() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void nothingIsLostByEditsAndUpdates() throws Exception {
        System.out.println("SwapIT: -Dtrunkline.seed=" + SEED);
        run =
                FaultRun.start(
                        folder,
                        random,
                        Map.of(),
                        Checkout.launcher(),
                        0.05,
                        Tenant.twoOfBitrix24());
        List<PlayedCall> ringing = new ArrayList<>();
        Thread calls = new Thread(() -> play(ringing), "calls");
        calls.start();

        for (int round = 0; round < 2; round++) {
            for (Map.Entry<String, List<String>> edit : EDITS.entrySet()) {
                edit(edit.getKey(), edit.getValue().get(round));
                LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
            }
        }
        for (String bundle : BUNDLES) {
            run.hub().shell("bundle:update " + bundle);
        }
        Instant from = Instant.now();
        run.hub().shell("bundle:update " + PBX_BUNDLE);
        run.awaitConnected();
        run.outage(Optional.empty(), from);
        over = true;
        calls.join();
        run.awaitRest();

        Outcome outcome = run.outcome();
        outcome.check(
                "swaps",
                "H2",
                SEED,
                2 * EDITS.size() + " edits, " + (BUNDLES.size() + 1) + " bundle updates");
        assertThat(outcome.exact()).isGreaterThan(run.played().size() / 2);
        assertThat(ringing).isNotEmpty();
        for (PlayedCall call : ringing) {
            assertThat(cards(call)).as("cards of " + call).isPositive();
        }
    }

    /**
     * Ten calls a second. Those of one company ring for six seconds, longer than any swap, and
     * nobody talks there: who does gets no cards.
     */
    private void play(List<PlayedCall> ringing) {
        CallKind[] kinds = CallKind.values();
        for (int i = 0; !over; i++) {
            if (i % 3 == 0) {
                ringing.add(run.play(run.companies().get(0), CallKind.MISSED, AS_RECORDED));
            } else {
                run.play(run.companies().get(1), kinds[random.nextInt(kinds.length)], SPEED);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void edit(String cfg, String line) {
        Path file = run.hub().data().resolve("etc").resolve(cfg);
        String key = line.substring(0, line.indexOf(' '));
        try {
            String text = Files.readString(file);
            String edited = text.replaceAll("(?m)^" + key.replace(".", "\\.") + " *=.*$", line);
            assertThat(edited).as(cfg).contains(line).isNotEqualTo(text);
            Files.writeString(file, edited);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often a card of the call was shown. */
    private long cards(PlayedCall call) {
        PlayedCompany company =
                run.companies().stream()
                        .filter(c -> c.id().equals(call.company()))
                        .findFirst()
                        .orElseThrow();
        long shown = 0;
        for (JsonNode card : company.state().path("cards")) {
            boolean its = card.path("phone").asText().endsWith(call.client().substring(1));
            shown += its && card.path("action").asText().equals("show") ? 1 : 0;
        }
        return shown;
    }
}
