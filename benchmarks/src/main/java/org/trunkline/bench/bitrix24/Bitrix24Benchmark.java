package org.trunkline.bench.bitrix24;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.bench.Benchmark;
import org.trunkline.bench.Outcome;
import org.trunkline.bench.Progress;
import org.trunkline.bench.Settings;
import org.trunkline.bench.load.Alone;
import org.trunkline.bench.load.Cost;
import org.trunkline.bench.load.Drain;
import org.trunkline.bench.load.Firm;
import org.trunkline.bench.load.Loaded;
import org.trunkline.bench.process.Stage;
import org.trunkline.bench.process.TemporaryFolder;

/**
 * What calls cost a Bitrix24 portal, how many of them a second it bears by way of the hub, and how
 * soon it has caught up after it was away. Limit: the calls a second that the portal's own limits
 * let through, were every request a full batch of what the calls of this run need.
 */
public final class Bitrix24Benchmark implements Benchmark {
    private static final int SECONDS = 300;

    /** Of the ceiling: what is offered must not exceed what can be taken. */
    private static final double SHARE = 0.95;

    /** Seconds of run time of the simulator's register, which a call needs once. */
    private static final double REGISTER = 0.2;

    private static final double OPERATING_LIMIT = 480;
    private static final double COMMANDS_A_SECOND = 100;

    private static final List<Alone.Single> CALLS =
            List.of(
                    Alone.Single.answered("answered", true),
                    new Alone.Single("ringAll", "ringall-answered", true),
                    Alone.Single.answered("answeredNew", false));

    private static final JsonNode OPERATING_OFF =
            JsonNodeFactory.instance
                    .objectNode()
                    .set("operating", JsonNodeFactory.instance.objectNode().put("enabled", false));

    private static final Map<String, String> PRESETS =
            Map.of(
                    "mikopbx-bitrix24", "{}",
                    "t2-bitrix24", "{}",
                    "uis-bitrix24",
                            "{\"responsible\":{\"incomingDefault\":\"7\",\"outgoingDefault\":\"7\"}}");

    /** The recorded calls ring the same three employees, who talk in many calls at once. */
    private static final String RINGING = "{\"popup\":{\"audience\":\"ringing\"}}";

    @Override
    public Outcome run(Settings settings) throws IOException, InterruptedException {
        Duration length = Duration.ofSeconds(settings.seconds().orElse(SECONDS));
        Map<String, Double> figures = new LinkedHashMap<>();
        try (TemporaryFolder folder = TemporaryFolder.create("bitrix24");
                Stage stage = Stage.open(settings, folder)) {
            Path recordings = folder.make("recordings");
            int place = 0;
            for (Map.Entry<String, String> preset : PRESETS.entrySet()) {
                String id = preset.getKey();
                Firm firm =
                        Firm.open(
                                stage,
                                ++place,
                                id,
                                Bitrix24.CRM,
                                id,
                                preset.getValue(),
                                recordings);
                new Alone(firm)
                        .measure(CALLS)
                        .forEach((kind, cost) -> note(figures, id + "." + kind, cost));
            }
            String preset = "mikopbx-bitrix24";
            figures.put("requestsPerCallAlone", figures.get(preset + ".answered.requests"));
            Firm busy =
                    Firm.open(stage, ++place, "busy", Bitrix24.CRM, preset, RINGING, recordings);
            Loaded.Outcome loaded =
                    Loaded.play(busy, SHARE * offered(figures, preset, length), length);
            Run run = Run.of(busy.state(), loaded.calls());
            told("live calls", run);
            double ceiling = Math.min(run.bucketCeiling(), run.operatingCeiling());
            figures.put("requestsPerCallLoaded", run.requestsPerCall());
            figures.put("commandsPerCall", run.commandsPerCall());
            figures.put("callsPerSecond", run.callsPerSecond());
            figures.put("ceilingCallsPerSecond", ceiling);
            figures.putAll(loaded.cards().figures());
            Firm away =
                    Firm.open(stage, ++place, "away", Bitrix24.CRM, preset, RINGING, recordings);
            // As on a boxed portal.
            away.put(OPERATING_OFF);
            Drain.play(away);
            Run drain = Run.of(away.state(), Drain.CALLS);
            told("backlog", drain);
            figures.put("quotaErrors", (double) run.quotaErrors() + drain.quotaErrors());
            figures.put("callsMissing", (double) missing(run) + missing(drain));
            figures.put("drainSeconds", drain.took().toMillis() / 1000.0);
            figures.put("drainCallsPerSecond", drain.callsPerSecond());
            figures.put("drainCeilingCallsPerSecond", drain.bucketCeiling());
            figures.put("drainRatio", drain.callsPerSecond() / drain.bucketCeiling());
            figures.put("hubPeakRssMib", stage.hub().figures().peakRssMib());
            return new Outcome("bitrix24", figures, ceiling, run.callsPerSecond() / ceiling);
        }
    }

    /** Calls a second that this portal should bear, from what one alone takes. */
    private static double offered(Map<String, Double> figures, String preset, Duration length) {
        double commands = figures.get(preset + ".ringAll.commands");
        double operating = OPERATING_LIMIT / REGISTER / length.toSeconds();
        return Math.min(COMMANDS_A_SECOND / commands, operating);
    }

    private static void note(Map<String, Double> figures, String name, Cost cost) {
        figures.put(name + ".requests", (double) cost.requests());
        figures.put(name + ".commands", (double) cost.commands());
    }

    private static int missing(Run run) {
        return run.calls() - run.finished();
    }

    private static void told(String what, Run run) {
        Progress.say(
                "%s: %d of %d calls in %.1f s, %.2f a second; %.2f requests and %.2f commands a"
                        + " call; %d quota errors; %s",
                what,
                run.finished(),
                run.calls(),
                run.took().toMillis() / 1000.0,
                run.callsPerSecond(),
                run.requestsPerCall(),
                run.commandsPerCall(),
                run.quotaErrors(),
                run.cost().names());
    }
}
