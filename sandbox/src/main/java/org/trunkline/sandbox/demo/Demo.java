package org.trunkline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.trunkline.sandbox.demo.Scene.ClientCall;
import org.trunkline.sandbox.http.Json;

/** Plays recorded calls into a running hub and compares what the CRM then holds. */
public final class Demo {
    private static final Duration CONNECT = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final String PORTAL = "/sandbox/bitrix24/demo";
    private static final String PBX = "/sandbox/ami/demo";

    private final JsonHttp hub;
    private final JsonHttp sandbox;
    private final Path recordings;
    private final double speed;
    private final PrintStream out;
    private final Progress progress;
    // Headers of a fast replay begin a little before its start.
    private final Instant since = Instant.now().minusSeconds(30);

    /** A client's call that was played. */
    private record Played(Scene scene, ClientCall wanted, String client) {}

    /**
     * @param recordings folder in which the replayed PBX leaves its recordings
     * @param speed 1 = as recorded
     */
    public Demo(
            String hub,
            String password,
            String sandbox,
            Path recordings,
            double speed,
            PrintStream out) {
        this.hub = JsonHttp.basic(hub, "admin", password);
        this.sandbox = JsonHttp.open(sandbox);
        this.recordings = recordings;
        this.speed = speed;
        this.out = out;
        this.progress = Progress.onConsole(out);
    }

    /**
     * Runs the whole demo.
     *
     * @return whether the CRM holds what the rules ask
     * @throws DemoFault if it can't be run
     */
    public boolean run() throws DemoFault {
        provision();
        List<Played> played = play();
        settle(played);
        progress.done();
        return report(played);
    }

    private void provision() throws DemoFault {
        progress.step("Starting a replayed PBX and a simulated portal");
        ObjectNode start =
                Json.object()
                        .put("port", 0)
                        .put("username", "trunkline")
                        .put("secret", UUID.randomUUID().toString())
                        .put("recordings", recordings.toString());
        JsonNode pbx = sandbox.expect("POST", PBX + "/_start", start);
        JsonNode portal = sandbox.expect("POST", PORTAL + "/_install", Json.object());
        progress.step("Telling the hub about them");
        hub.expect(
                "PUT",
                "/api/v1/companies/" + DemoCompany.ID,
                DemoCompany.document(pbx, portal, recordings));
        progress.step("Waiting until the hub is connected to the PBX");
        boolean connected = until(CONNECT, this::connected);
        if (!connected) {
            throw new DemoFault(
                    "The hub did not connect to the PBX within "
                            + CONNECT.toSeconds()
                            + " s. It says: "
                            + hub.get("/health").text());
        }
    }

    private boolean connected() throws DemoFault {
        return DemoTable.stream(hub.get("/health").body().path("pbx"))
                .filter(pbx -> pbx.path("company").asText().equals(DemoCompany.ID))
                .filter(pbx -> pbx.path("id").asText().equals(DemoCompany.PBX))
                .anyMatch(pbx -> pbx.path("state").asText().equals("connected"));
    }

    private List<Played> play() throws DemoFault {
        List<Played> played = new ArrayList<>();
        List<Scene> scenes = Scenes.all();
        // New numbers in every run: what an earlier run left in the CRM is not in the way.
        int series = ThreadLocalRandom.current().nextInt(1_000_000);
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            progress.step(
                    String.format("Playing %d of %d: %s", i + 1, scenes.size(), scene.title()));
            ObjectNode request = Json.object().put("capture", scene.capture()).put("speed", speed);
            var clients = request.putArray("clients");
            for (ClientCall call : scene.calls()) {
                String client = String.format("+79%02d%06d%01d", 10 + i, series, clients.size());
                clients.add(client);
                played.add(new Played(scene, call, client));
            }
            JsonNode answer = sandbox.expect("POST", PBX + "/_play", request);
            pause(Duration.ofMillis((long) (answer.path("seconds").asDouble() * 1000) + 200));
        }
        return played;
    }

    /** Waits until the CRM is as wanted, at most {@link #SETTLE}. */
    private void settle(List<Played> played) throws DemoFault {
        until(
                SETTLE,
                () -> {
                    JsonNode state = sandbox.get(PORTAL + "/_state").body();
                    long ready =
                            played.stream().filter(p -> differences(p, state).isEmpty()).count();
                    progress.step(
                            "Waiting for the CRM: "
                                    + ready
                                    + " of "
                                    + played.size()
                                    + " calls are there");
                    return ready == played.size();
                });
    }

    private boolean report(List<Played> played) throws DemoFault {
        JsonNode state = sandbox.get(PORTAL + "/_state").body();
        JsonNode calls =
                hub.get("/api/v1/companies/" + DemoCompany.ID + "/calls?limit=100&since=" + since)
                        .body();
        DemoTable table = new DemoTable(state);
        List<String> wrong = new ArrayList<>();
        for (Played one : played) {
            List<String> differences = differences(one, state);
            differences.forEach(
                    text -> wrong.add(one.scene().title() + " (" + one.client() + "): " + text));
            Optional<JsonNode> call =
                    DemoTable.stream(calls.path("items"))
                            .filter(c -> c.path("client").asText().equals(one.client()))
                            .findFirst();
            CrmView crm = CrmView.of(state, one.client());
            table.add(one.scene().title(), one.client(), call, crm, differences.isEmpty());
        }
        out.println();
        out.print(table.text());
        out.println();
        if (wrong.isEmpty()) {
            out.println("All " + played.size() + " calls are in the CRM as the rules ask.");
        } else {
            out.println("Not as the rules ask:");
            wrong.forEach(text -> out.println("  " + text));
        }
        return wrong.isEmpty();
    }

    /** Where to look on, for whoever stays. */
    public void addresses(Path passwordFile) {
        out.println();
        out.println("Look at it (user admin, the password is in " + passwordFile + "):");
        out.println("  calls   " + hub.base() + "/api/v1/companies/" + DemoCompany.ID + "/calls");
        out.println("  health  " + hub.base() + "/health");
        out.println("  sandbox " + sandbox.base() + "/sandbox/");
        out.println("  portal  " + sandbox.base() + PORTAL + "/_state");
        out.println("  PBX     " + sandbox.base() + PBX);
        out.println("Ctrl-C ends the demo.");
    }

    private static List<String> differences(Played played, JsonNode state) {
        return Verdict.differences(played.wanted(), CrmView.of(state, played.client()));
    }

    /** A condition that asks a server. */
    private interface Condition {
        boolean holds() throws DemoFault;
    }

    private static boolean until(Duration limit, Condition condition) throws DemoFault {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (condition.holds()) {
                return true;
            }
            pause(BETWEEN_LOOKS);
        }
        return condition.holds();
    }

    private static void pause(Duration time) throws DemoFault {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFault("Interrupted");
        }
    }
}
