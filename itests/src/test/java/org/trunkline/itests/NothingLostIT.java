package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random mix of calls while the portals fail and the hub is killed; then each call is compared.
 * The seed is printed; {@code -Dtrunkline.seed=N} plays the same again, {@code -Dtrunkline.calls=N}
 * and {@code -Dtrunkline.kills=N} change the size.
 */
@ExtendWith(LogsOnFailure.class)
class NothingLostIT {
    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());
    private static final int CALLS = Integer.getInteger("trunkline.calls", 120);
    private static final int KILLS = Integer.getInteger("trunkline.kills", 3);

    /** Captures last 3 to 15 s. */
    private static final double SPEED = 5;

    private static final Duration AT_REST = Duration.ofSeconds(90);

    private static final String RANDOM_503 =
            "{\"kind\":\"status\",\"status\":503,\"probability\":0.3}";

    @TempDir private Path folder;
    private final Random random = new Random(SEED);
    private final List<PlayedCall> played = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<PlayedCompany> companies = new ArrayList<>();
    private Sandbox sandbox;
    private Hub hub;

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void eachCallOnce_whateverIsKilledOrFails() throws IOException {
        System.out.println("NothingLostIT: -Dtrunkline.seed=" + SEED);
        Files.writeString(Checkout.root().resolve("itests/target/nothing-lost.seed"), SEED + "\n");
        hub = Hub.start(folder.resolve("data"));
        sandbox = Sandbox.start(hub);
        for (String name : List.of("north", "south")) {
            Path recordings = Files.createDirectories(folder.resolve(name));
            PlayedCompany company =
                    PlayedCompany.provisioned(name, "mikopbx-bitrix24", hub, sandbox, recordings);
            company.put("{\"clock\":{\"factor\":0.05}}");
            companies.add(company);
        }

        Instant began = Instant.now();
        for (int round = 0; round <= KILLS; round++) {
            companies.forEach(company -> company.fault(RANDOM_503));
            play(CALLS / (KILLS + 1), round < KILLS);
        }
        awaitSilence();
        companies.forEach(PlayedCompany::clearFaults);
        awaitRest();

        report(began);
    }

    /** Five to ten calls a second, one fault of the wire, and a kill somewhere in the middle. */
    private void play(int calls, boolean kill) {
        int killAt = kill ? calls / 2 + random.nextInt(calls - calls / 2) : -1;
        int faultAt = random.nextInt(calls);
        for (int i = 0; i < calls; i++) {
            if (i == faultAt) {
                String kind = random.nextBoolean() ? "lostReply" : "reset";
                company().fault("{\"kind\":\"" + kind + "\",\"probability\":0.3,\"forSeconds\":4}");
            }
            CallKind[] kinds = CallKind.values();
            CallKind kind = kinds[random.nextInt(kinds.length)];
            String client = String.format("+7916%07d", 1_000_000 + played.size());
            played.add(company().play(kind, client, SPEED));
            if (i == killAt) {
                killAndRestart();
            }
            LockSupport.parkNanos(Duration.ofMillis(100 + random.nextInt(100)).toNanos());
        }
    }

    private void killAndRestart() {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_000)).toNanos());
        Instant from = Instant.now();
        hub.kill();
        // The world goes on meanwhile.
        for (PlayedCompany company : companies) {
            String client = String.format("+7916%07d", 1_000_000 + played.size());
            played.add(company.play(CallKind.ANSWERED, client, SPEED));
        }
        hub.restart();
        companies.forEach(company -> company.awaitConnected(hub));
        outages.add(new Outage(from, Instant.now()));
    }

    private PlayedCompany company() {
        return companies.get(random.nextInt(companies.size()));
    }

    private void awaitSilence() {
        Awaitility.await("the PBXs are silent")
                .atMost(Duration.ofSeconds(30))
                .until(() -> companies.stream().allMatch(PlayedCompany::silent));
    }

    private void awaitRest() {
        Awaitility.await("no open call and no work")
                .atMost(AT_REST)
                .pollInterval(Duration.ofMillis(500))
                .during(Duration.ofSeconds(3))
                .until(this::atRest);
    }

    private boolean atRest() {
        JsonNode work = hub.admin().json("/health").path("work");
        return work.path("waiting").asInt(-1) == 0
                && work.path("retrying").asInt(-1) == 0
                && companies.stream()
                        .flatMap(company -> calls(company).stream())
                        .allMatch(call -> call.path("state").asText().equals("ended"));
    }

    private void report(Instant began) throws IOException {
        List<Oracle.Finding> findings = new ArrayList<>();
        int exact = 0;
        int faults = 0;
        for (PlayedCompany company : companies) {
            List<PlayedCall> seen = of(company).filter(call -> !hidden(call)).toList();
            List<PlayedCall> partial = of(company).filter(this::hidden).toList();
            JsonNode state = company.state();
            Oracle oracle = new Oracle(calls(company), state, hashes(company));
            findings.addAll(oracle.compare(seen, partial));
            exact += seen.size();
            for (JsonNode request : state.path("ledger")) {
                int status = request.path("status").asInt();
                faults += status == 0 || status == 503 ? 1 : 0;
            }
        }
        Map<Oracle.Fault, Integer> sums = new EnumMap<>(Oracle.Fault.class);
        findings.forEach(finding -> sums.merge(finding.fault(), 1, Integer::sum));
        int dead = hub.admin().json("/health").path("work").path("dead").asInt(-1);
        String row =
                String.format(
                        "calls %d, kills %d, faults %d, exact %d, partial %d, lost %d, doubled %d,"
                                + " open %d, wrong %d, dead %d, %d s, seed %d",
                        played.size(),
                        outages.size(),
                        faults,
                        exact,
                        played.size() - exact,
                        sums.getOrDefault(Oracle.Fault.LOST, 0),
                        sums.getOrDefault(Oracle.Fault.DOUBLED, 0),
                        sums.getOrDefault(Oracle.Fault.OPEN, 0),
                        sums.getOrDefault(Oracle.Fault.WRONG, 0),
                        dead,
                        Duration.between(began, Instant.now()).toSeconds(),
                        SEED);
        System.out.println("NothingLostIT: " + row);
        assertThat(findings).as(row + " " + outages).isEmpty();
        assertThat(dead).as("dead letters; " + row).isZero();
        assertThat(outages).hasSize(KILLS);
        assertThat(exact)
                .as("calls that were heard from beginning to end")
                .isGreaterThan(CALLS / 4);
    }

    private Stream<PlayedCall> of(PlayedCompany company) {
        return played.stream().filter(call -> call.company().equals(company.id()));
    }

    private boolean hidden(PlayedCall call) {
        return outages.stream().anyMatch(outage -> outage.hides(call));
    }

    private List<JsonNode> calls(PlayedCompany company) {
        List<JsonNode> out = new ArrayList<>();
        String path = "/api/v1/companies/" + company.id() + "/calls?limit=500";
        JsonNode page = hub.admin().json(path);
        page.path("items").forEach(out::add);
        while (page.hasNonNull("next")) {
            String next = page.path("next").asText();
            page =
                    hub.admin()
                            .json(
                                    path
                                            + "&cursor="
                                            + URLEncoder.encode(next, StandardCharsets.UTF_8));
            page.path("items").forEach(out::add);
        }
        return out;
    }

    private Set<String> hashes(PlayedCompany company) throws IOException {
        Set<String> out = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder.resolve(company.id()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                out.add(HexFormat.of().formatHex(hash));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        return out;
    }
}
