package org.trunkline.bench.rules;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trunkline.bench.Benchmark;
import org.trunkline.bench.Outcome;
import org.trunkline.bench.Progress;
import org.trunkline.bench.Samples;
import org.trunkline.bench.Settings;
import org.trunkline.model.Decision;
import org.trunkline.rules.Rules;
import org.trunkline.rules.Situation;

/**
 * How long a decision takes on one thread under settings with 200 rules. The limit is the same
 * calls under the same settings without any rule: what has to be decided and explained anyway.
 */
public final class RulesBenchmark implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int SECONDS = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_SECOND = 1e9;

    /**
     * What one round saw.
     *
     * @param micros by the clock
     * @param processor by the processor that the thread had: without what else the machine did
     */
    private record Round(Samples micros, Samples processor, double perSecond) {}

    @Override
    public Outcome run(Settings settings) throws InterruptedException {
        org.trunkline.model.Settings large = LargeSettings.all();
        org.trunkline.model.Settings none = LargeSettings.none();
        Map<String, Situation> calls = Calls.all();
        List<Situation> mix = List.copyOf(calls.values());

        long began = System.nanoTime();
        Rules.decide(mix.get(1), large);
        double first = (System.nanoTime() - began) / NANOS_A_MICRO;
        round(mix, none, WARM_UP);
        round(mix, large, WARM_UP);

        Duration length =
                Duration.ofSeconds(settings.seconds().orElse(SECONDS)).dividedBy(2L * ROUNDS);
        List<Double> limits = new ArrayList<>();
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            limits.add(round(mix, none, length).perSecond());
            rounds.add(round(mix, large, length));
            Progress.say(
                    "round %d: p50 %.0f, p99 %.0f us (processor %.0f, %.0f); %.0f decisions/s,"
                            + " without rules %.0f",
                    i + 1,
                    rounds.get(i).micros().percentile(50),
                    rounds.get(i).micros().percentile(99),
                    rounds.get(i).processor().percentile(50),
                    rounds.get(i).processor().percentile(99),
                    rounds.get(i).perSecond(),
                    limits.get(i));
        }

        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50", median(rounds, Round::micros, 50));
        figures.put("p99", median(rounds, Round::micros, 99));
        figures.put("processorP50", median(rounds, Round::processor, 50));
        figures.put("processorP99", median(rounds, Round::processor, 99));
        figures.put("perSecond", perSecond(rounds));
        figures.put("slowestCallProcessorP99", slowest(calls, large, length));
        figures.put("firstEver", first);
        figures.put("withoutRulesPerSecond", Samples.of(limits).median());
        double limit = figures.get("withoutRulesPerSecond");
        return new Outcome("rules", figures, limit, figures.get("perSecond") / limit);
    }

    /** The 99th percentile of the kind of call that takes the processor longest. */
    private static double slowest(
            Map<String, Situation> calls, org.trunkline.model.Settings settings, Duration length)
            throws InterruptedException {
        double slowest = 0;
        for (Map.Entry<String, Situation> call : calls.entrySet()) {
            Samples processor = round(List.of(call.getValue()), settings, length).processor();
            Progress.say(
                    "%s: processor p50 %.0f, p99 %.0f us",
                    call.getKey(), processor.percentile(50), processor.percentile(99));
            slowest = Math.max(slowest, processor.percentile(99));
        }
        return slowest;
    }

    private static double median(List<Round> rounds, Function<Round, Samples> of, double percent) {
        return Samples.of(rounds.stream().map(r -> of.apply(r).percentile(percent)).toList())
                .median();
    }

    private static double perSecond(List<Round> rounds) {
        return Samples.of(rounds.stream().map(Round::perSecond).toList()).median();
    }

    private static Round round(
            List<Situation> mix, org.trunkline.model.Settings settings, Duration length)
            throws InterruptedException {
        List<Double> micros = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long records = 0;
        double spent = 0;
        while (spent < length.toNanos()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Situation next = mix.get(micros.size() % mix.size());
            long processorBefore = threads.getCurrentThreadCpuTime();
            long before = System.nanoTime();
            Decision decision = Rules.decide(next, settings);
            long took = System.nanoTime() - before;
            processor.add((threads.getCurrentThreadCpuTime() - processorBefore) / NANOS_A_MICRO);
            spent += took;
            records += decision.records().size();
            micros.add(took / NANOS_A_MICRO);
        }
        if (records < micros.size()) {
            throw new IllegalStateException("a call had no record: nothing was decided");
        }
        return new Round(
                Samples.of(micros),
                Samples.of(processor),
                micros.size() / (spent / NANOS_A_SECOND));
    }
}
