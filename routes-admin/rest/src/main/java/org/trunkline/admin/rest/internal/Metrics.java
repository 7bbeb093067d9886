package org.trunkline.admin.rest.internal;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.model.Measured;
import org.trunkline.model.Measured.Kind;
import org.trunkline.model.Measured.Measure;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/**
 * All figures in Prometheus' text format: the JVM's, the hub's state, and what each bundle counts.
 * Everything is asked anew at each scrape.
 */
@Component(service = Metrics.class)
public final class Metrics implements MultiCollector {

    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final Measured hub;
    private final PrometheusRegistry registry = new PrometheusRegistry();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Measured> bundles = List.of();

    /** Absent while the store is not open, and so are {@link #calls}. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Companies companies;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Calls calls;

    @Activate
    public Metrics(@Reference HubHealth health) {
        this.hub =
                new HubFigures(
                        health,
                        () -> Optional.ofNullable(companies),
                        () -> Optional.ofNullable(calls));
        JvmMetrics.builder().register(registry);
        registry.register(this);
    }

    /** Outside OSGi, where nothing comes and goes. */
    Metrics(HubHealth health, Companies companies, Calls calls, List<Measured> bundles) {
        this(health);
        this.companies = companies;
        this.calls = calls;
        this.bundles = List.copyOf(bundles);
    }

    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new PrometheusTextFormatWriter(false).write(out, registry.scrape());
        } catch (IOException memoryAlwaysWrites) {
            throw new UncheckedIOException(memoryAlwaysWrites);
        }
        return out.toByteArray();
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, List<Measure>> byName =
                Stream.concat(Stream.of(hub), bundles.stream())
                        .flatMap(bundle -> bundle.measures().stream())
                        .collect(
                                Collectors.groupingBy(
                                        Measure::name, LinkedHashMap::new, Collectors.toList()));
        return new MetricSnapshots(byName.values().stream().map(Metrics::snapshot).toList());
    }

    private static MetricSnapshot snapshot(List<Measure> measures) {
        Measure first = measures.get(0);
        if (first.kind() == Kind.COUNTER) {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(first.name()).help(first.help());
            measures.forEach(
                    m ->
                            counter.dataPoint(
                                    CounterSnapshot.CounterDataPointSnapshot.builder()
                                            .value(m.value())
                                            .labels(labels(m))
                                            .build()));
            return counter.build();
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(first.name()).help(first.help());
        measures.forEach(
                m ->
                        gauge.dataPoint(
                                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                        .value(m.value())
                                        .labels(labels(m))
                                        .build()));
        return gauge.build();
    }

    private static Labels labels(Measure measure) {
        Labels.Builder labels = Labels.builder();
        measure.labels().forEach(labels::label);
        return labels.build();
    }
}
