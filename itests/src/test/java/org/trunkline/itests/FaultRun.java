package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** Hub, sandbox and companies of one run, the calls that were played, and what became of them. */
final class FaultRun implements AutoCloseable, Logged {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration AT_REST = Duration.ofMinutes(8);

    private final Path folder;
    private final Random random;
    private final Hub hub;
    private final Sandbox sandbox;
    private final List<PlayedCompany> companies = new ArrayList<>();
    private final List<PlayedCall> played = new CopyOnWriteArrayList<>();
    private final List<Outage> outages = new CopyOnWriteArrayList<>();
    private final Set<PlayedCall> certain = ConcurrentHashMap.newKeySet();
    private final Instant began = Instant.now();

    private FaultRun(Path folder, Random random, Hub hub, Sandbox sandbox) {
        this.folder = folder;
        this.random = random;
        this.hub = hub;
        this.sandbox = sandbox;
    }

    /**
     * Companies, each with a portal and a PBX.
     *
     * @param costs of the portals' methods, 1 = as the vendor's
     */
    static FaultRun start(
            Path folder,
            Random random,
            Map<String, String> environment,
            Path launcher,
            double costs,
            List<Tenant> tenants)
            throws IOException {
        Hub hub = Hub.start(folder.resolve("data"), environment, launcher);
        FaultRun run = new FaultRun(folder, random, hub, Sandbox.start(hub));
        try {
            for (Tenant tenant : tenants) {
                Path recordings = Files.createDirectories(folder.resolve(tenant.name()));
                PlayedCompany company =
                        PlayedCompany.provisioned(
                                tenant.name(),
                                tenant.preset(),
                                tenant.settings(),
                                hub,
                                run.sandbox,
                                recordings);
                company.put("{\"clock\":{\"factor\":" + costs + "}}");
                run.companies.add(company);
            }
            return run;
        } catch (RuntimeException | IOException e) {
            System.err.println(run.logTail());
            run.close();
            throw e;
        }
    }

    Hub hub() {
        return hub;
    }

    List<PlayedCompany> companies() {
        return companies;
    }

    PlayedCompany company(String id) {
        return companies.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    PlayedCompany anyCompany() {
        return companies.get(random.nextInt(companies.size()));
    }

    List<PlayedCall> played() {
        return played;
    }

    PlayedCall play(PlayedCompany company, CallKind kind, double speed) {
        String client = String.format("+7916%07d", 1_000_000 + played.size());
        PlayedCall call = company.play(kind, client, speed);
        played.add(call);
        return call;
    }

    /** The hub could not hear its PBXs from then until now. */
    void outage(Optional<String> company, Instant from) {
        outages.add(new Outage(company, from, Instant.now()));
    }

    /** All of this call is known to have arrived, whatever outage came upon its end. */
    void certain(PlayedCall call) {
        certain.add(call);
    }

    void awaitConnected() {
        companies.forEach(company -> company.awaitConnected(hub));
    }

    void awaitRest() {
        Awaitility.await("the PBXs are silent")
                .atMost(SILENCE)
                .until(() -> companies.stream().allMatch(PlayedCompany::silent));
        companies.forEach(PlayedCompany::clearFaults);
        Awaitility.await("no open call and no work")
                .atMost(AT_REST)
                .pollInterval(Duration.ofMillis(500))
                .during(Duration.ofSeconds(3))
                .conditionEvaluationListener(
                        new ConditionEvaluationListener<Boolean>() {
                            @Override
                            public void conditionEvaluated(EvaluatedCondition<Boolean> ignored) {}

                            @Override
                            public void onTimeout(TimeoutEvent timeout) {
                                tellWhy();
                            }
                        })
                .until(this::atRest);
    }

    /** What a person needs who asks why calls still wait. */
    private void tellWhy() {
        System.out.println(hub.admin().json("/health").toPrettyString());
        for (PlayedCompany company : companies) {
            JsonNode work = hub.admin().json("/api/v1/companies/" + company.id() + "/work?limit=5");
            System.out.println(work.toPrettyString());
        }
        keep("hub.log", hub.log());
    }

    private boolean atRest() {
        JsonNode work = hub.admin().json("/health").path("work");
        return work.path("waiting").asInt(-1) == 0
                && work.path("retrying").asInt(-1) == 0
                && companies.stream()
                        .flatMap(company -> calls(company).stream())
                        .allMatch(call -> call.path("state").asText().equals("ended"));
    }

    /** Compares all that was played so far. */
    Outcome outcome() {
        Outcome outcome = new Outcome(played.size());
        for (PlayedCompany company : companies) {
            List<PlayedCall> exact = of(company).filter(call -> !hidden(call)).toList();
            JsonNode portal = company.state();
            keep(company.id() + ".json", portal.toPrettyString());
            PortalSide side = company.side(portal, hashes(company));
            Oracle oracle = new Oracle(calls(company), side);
            outcome.exact(exact.size());
            outcome.found(oracle.compare(exact, of(company).filter(this::hidden).toList()));
            outcome.portal(portal, side);
            outcome.log(hub.log(), company.secrets(), of(company).toList());
        }
        keep("hub.log", hub.log());
        outcome.dead(hub.admin().json("/health").path("work").path("dead").asInt(-1));
        outcome.took(Duration.between(began, Instant.now()));
        return outcome;
    }

    /** For who wants to know why; the next run overwrites it. */
    private static void keep(String name, String text) {
        try {
            Path kept = Files.createDirectories(Checkout.root().resolve("itests/target/last-run"));
            Files.writeString(kept.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<PlayedCall> of(PlayedCompany company) {
        return played.stream().filter(call -> call.company().equals(company.id()));
    }

    private boolean hidden(PlayedCall call) {
        return !certain.contains(call) && outages.stream().anyMatch(outage -> outage.hides(call));
    }

    private List<JsonNode> calls(PlayedCompany company) {
        List<JsonNode> out = new ArrayList<>();
        String path = "/api/v1/companies/" + company.id() + "/calls?limit=500";
        JsonNode page = hub.admin().json(path);
        page.path("items").forEach(out::add);
        while (page.hasNonNull("next")) {
            String next = page.path("next").asText();
            String cursor = URLEncoder.encode(next, StandardCharsets.UTF_8);
            page = hub.admin().json(path + "&cursor=" + cursor);
            page.path("items").forEach(out::add);
        }
        return out;
    }

    private Set<String> hashes(PlayedCompany company) {
        Set<String> out = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder.resolve(company.id()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                out.add(HexFormat.of().formatHex(hash));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        return out;
    }

    @Override
    public String logTail() {
        return hub.logTail() + "\n--- sandbox ---\n" + sandbox.logTail();
    }

    @Override
    public void close() {
        try {
            hub.close();
        } finally {
            sandbox.close();
        }
    }
}
