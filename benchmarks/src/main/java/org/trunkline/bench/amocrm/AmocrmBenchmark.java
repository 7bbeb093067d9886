package org.trunkline.bench.amocrm;

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
 * What calls cost an amoCRM account, how many of them a second it bears by way of the hub, and how
 * soon the hub has caught up after the account was away.
 *
 * <p>Ceiling: a call of a known client is one popup and one note. Popups go 50 to a request and so
 * do notes, so 50 calls take two requests, and at the usual pace of 5 requests a second an account
 * would bear 125 calls a second: more than the simulators and a hub play on two cores. So that pace
 * and arrays are what binds, the loaded part has the least pace there is, 1 a second: 25 calls a
 * second. What live calls and a backlog are like at the usual pace is measured apart. Limit of the
 * line: the calls a second that the pace of 1 lets through, were every array full of what the calls
 * of this run sent; what the hub asks by the clock is not allowed for, it takes its share of the
 * pace.
 */
public final class AmocrmBenchmark implements Benchmark {
    private static final int SECONDS = 300;

    /** Live calls at the usual pace: cards need no more to be judged. */
    private static final int MOST_USUAL_SECONDS = 60;

    /** Of the ceiling: what is offered must not exceed what can be taken. */
    private static final double SHARE = 0.95;

    /**
     * Calls a second that simulators and hub play on two cores; those of {@code popup}, and some.
     */
    private static final double BEARABLE = 25;

    private static final double ITEMS_A_REQUEST = 50;
    private static final int USUAL_PACE = 5;
    private static final int LEAST_PACE = 1;

    private static final String CONFIGURATION = "org.trunkline.amocrm";
    private static final String T2 = "t2-amocrm";

    /** Rule I3, without the preset's hour: the duration is part of what a call costs. */
    private static final String DURATION_SOON = "{\"recordings\":{\"durationAfter\":\"PT5S\"}}";

    private static final String UNSORTED = "{\"entities\":{\"kind\":\"unsorted\"}}";

    private static final List<Alone.Single> KNOWN =
            List.of(Alone.Single.answered("answered", true));
    private static final List<Alone.Single> KNOWN_AND_NEW =
            List.of(
                    Alone.Single.answered("answered", true),
                    Alone.Single.answered("answeredNew", false));
    private static final List<Alone.Single> NEW =
            List.of(Alone.Single.answered("answeredNew", false));

    private final Map<String, Double> figures = new LinkedHashMap<>();

    @Override
    public Outcome run(Settings settings) throws IOException, InterruptedException {
        Duration length = Duration.ofSeconds(settings.seconds().orElse(SECONDS));
        Run usual;
        Run drain;
        try (TemporaryFolder folder = TemporaryFolder.create("amocrm");
                Stage stage = Stage.open(settings, folder)) {
            Path files = folder.make("recordings");
            alone(
                    Firm.open(
                            stage,
                            1,
                            "asterisk-amocrm",
                            Amocrm.CRM,
                            "asterisk-amocrm",
                            DURATION_SOON,
                            files),
                    KNOWN);
            alone(Firm.open(stage, 2, T2, Amocrm.CRM, T2, "{}", files), KNOWN_AND_NEW);
            alone(Firm.open(stage, 3, T2 + "-unsorted", Amocrm.CRM, T2, UNSORTED, files), NEW);
            figures.put("requestsPerCallAlone", figures.get(T2 + ".answered.requests"));
            usual = usual(Firm.open(stage, 4, "usual", Amocrm.CRM, T2, "{}", files), length);
            drain = drain(Firm.open(stage, 5, "away", Amocrm.CRM, T2, "{}", files));
            figures.put("hubPeakRssMib", stage.hub().figures().peakRssMib());
        }
        try (TemporaryFolder folder = TemporaryFolder.create("amocrm");
                Stage stage =
                        Stage.open(
                                settings, folder, Map.of(CONFIGURATION, "pace = " + LEAST_PACE))) {
            Path files = folder.make("recordings");
            Firm busy = Firm.open(stage, 1, "busy", Amocrm.CRM, T2, "{}", files);
            Run run = loaded(busy, LEAST_PACE, length);
            double ceiling = run.ceiling(LEAST_PACE);
            figures.put("requestsPerCallLoaded", run.requestsPerCall());
            figures.put("commandsPerCall", run.itemsPerCall());
            figures.put("callsPerSecond", run.callsPerSecond());
            figures.put("ceilingCallsPerSecond", ceiling);
            List<Run> all = List.of(usual, drain, run);
            figures.put("quotaErrors", all.stream().mapToDouble(Run::quotaErrors).sum());
            figures.put("callsMissing", all.stream().mapToDouble(Run::missing).sum());
            figures.put("callsTwice", all.stream().mapToDouble(Run::twice).sum());
            return new Outcome("amocrm", figures, ceiling, run.callsPerSecond() / ceiling);
        }
    }

    private void alone(Firm firm, List<Alone.Single> calls)
            throws IOException, InterruptedException {
        for (Map.Entry<String, Cost> cost : new Alone(firm).measure(calls).entrySet()) {
            String name = firm.feed().id() + "." + cost.getKey();
            figures.put(name + ".requests", (double) cost.getValue().requests());
            figures.put(name + ".commands", (double) cost.getValue().commands());
        }
    }

    private Run usual(Firm firm, Duration length) throws IOException, InterruptedException {
        Duration some = Duration.ofSeconds(Math.min(MOST_USUAL_SECONDS, length.toSeconds()));
        Loaded.Outcome live = Loaded.play(firm, offered(USUAL_PACE), some);
        Run run = Run.of(firm.state(), live.calls());
        told("live calls at the usual pace", run);
        figures.put("usualCallsPerSecond", run.callsPerSecond());
        figures.put("usualRequestsPerCall", run.requestsPerCall());
        figures.putAll(live.cards().figures());
        return run;
    }

    private Run drain(Firm firm) throws IOException, InterruptedException {
        Drain.play(firm);
        Run run = Run.of(firm.state(), Drain.CALLS);
        told("backlog", run);
        figures.put("drainSeconds", run.seconds());
        figures.put("drainCallsPerSecond", run.callsPerSecond());
        figures.put("drainRequestsPerSecond", run.requestsPerSecond());
        // A call that is over needs its note alone: what the hub asks beside is not allowed for.
        double ceiling = USUAL_PACE * ITEMS_A_REQUEST;
        figures.put("drainRequestsPerCall", run.requestsPerCall());
        figures.put("drainCeilingCallsPerSecond", ceiling);
        figures.put("drainRatio", run.callsPerSecond() / ceiling);
        return run;
    }

    private Run loaded(Firm firm, int pace, Duration length)
            throws IOException, InterruptedException {
        Loaded.Outcome live = Loaded.play(firm, offered(pace), length);
        Run run = Run.of(firm.state(), live.calls());
        told("live calls at a pace of " + pace, run);
        figures.put("loadedCardP99", live.cards().samples().percentile(99));
        figures.put("loadedCardsMissing", (double) live.cards().missing());
        return run;
    }

    /** Calls a second: what the pace bears of popups and notes, or what the machine does. */
    private static double offered(int pace) {
        double ceiling = pace * ITEMS_A_REQUEST / 2;
        return Math.min(SHARE * ceiling, BEARABLE);
    }

    private static void told(String what, Run run) {
        Progress.say(
                "%s: %d of %d calls in %.1f s, %.2f a second; %.3f requests and %.2f items a call,"
                        + " %.2f requests a second; %d quota errors; %s",
                what,
                run.written(),
                run.calls(),
                run.seconds(),
                run.callsPerSecond(),
                run.requestsPerCall(),
                run.itemsPerCall(),
                run.requestsPerSecond(),
                run.quotaErrors(),
                run.cost().names());
    }
}
