package io.strandline.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of what runs now, per job and over all; records count on when an instance is gone. */
final class InstanceFigures {

    private final Clock clock;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong retiredIn = new AtomicLong();
    private final AtomicLong retiredOut = new AtomicLong();
    private final Map<MultiGauge, ToDoubleFunction<Watched>> perJob;

    InstanceFigures(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.perJob = Map.of(
                jobGauge(registry, "records.in", "Records this instance has read", null),
                one -> one.metrics().recordsIn(),
                jobGauge(registry, "records.out", "Records this instance has handed to sinks", null),
                one -> one.metrics().recordsOut(),
                jobGauge(registry, "backpressure", "Share of time some subtask waited for room downstream", "ratio"),
                one -> one.metrics().backpressuredRatio(),
                jobGauge(registry, "watermark.lag", "Wall clock minus the least watermark", "seconds"),
                this::watermarkLag,
                jobGauge(registry, "checkpoint.age", "Time since the newest checkpoint, or the start", "seconds"),
                this::checkpointAge);
        counter(registry, "in", "Records read by all sources", this::recordsIn);
        counter(registry, "out", "Records handed to all sinks", this::recordsOut);
        gauge(registry, "instances.running", "Instances that run", null, all -> all.size());
        gauge(
                registry,
                "backpressure",
                "Greatest share of time that any job waited for room downstream",
                "ratio",
                all -> greatest(all, one -> one.metrics().backpressuredRatio()));
        gauge(
                registry,
                "watermark.lag",
                "Greatest lag of any job's watermark behind the clock",
                "seconds",
                all -> greatest(all, this::watermarkLag));
        gauge(
                registry,
                "checkpoint.newest.age",
                "Greatest age of any running job's newest checkpoint",
                "seconds",
                all -> greatest(all, this::checkpointAge));
        gauge(
                registry,
                "state.hot",
                "Memory held by state tables",
                "bytes",
                all -> sum(all, one -> one.metrics().hotStateBytes()));
        gauge(
                registry,
                "state.stored",
                "Bytes of running jobs' state in the store",
                "bytes",
                all -> sum(all, one -> one.metrics().storedStateBytes()));
    }

    void starting(InstanceSpec spec) {
        watched.put(spec.instanceId(), new Watched(spec, clock.instant()));
        refreshJobs();
    }

    void started(InstanceSpec spec, RunningInstance instance) {
        Watched one = watched.get(spec.instanceId());
        if (one != null) {
            one.instance = instance;
        }
    }

    void attempt(InstanceSpec spec, AttemptReport report) {
        Watched one = watched.get(spec.instanceId());
        if (one != null && report.state() != AttemptReport.State.RUNNING) {
            one.lastFailure = report.failure();
            if (report.state() == AttemptReport.State.COMPLETED && report.endedAt() != null) {
                one.newest = report.endedAt();
            }
        }
    }

    void ended(InstanceSpec spec) {
        Watched one = watched.remove(spec.instanceId());
        if (one != null) {
            retiredIn.addAndGet(one.metrics().recordsIn());
            retiredOut.addAndGet(one.metrics().recordsOut());
            refreshJobs();
        }
    }

    int running() {
        return watched.size();
    }

    /** What the last checkpoint of each running job failed with, by job and branch; those that completed are left out. */
    Map<String, FailureCause> failingCheckpoints() {
        Map<String, FailureCause> failing = new TreeMap<>();
        for (Watched one : watched.values()) {
            FailureCause failure = one.lastFailure;
            if (failure != null) {
                failing.put(one.spec.job() + "@" + one.spec.on().branch(), failure);
            }
        }
        return failing;
    }

    private void refreshJobs() {
        perJob.forEach((gauge, figure) -> gauge.register(
                watched.values().stream()
                        .map(one -> Row.of(
                                Tags.of(
                                        "job",
                                        one.spec.job(),
                                        "branch",
                                        one.spec.on().branch()),
                                one,
                                figure))
                        .toList(),
                true));
    }

    private double recordsIn() {
        return retiredIn.get() + sum(watched.values(), one -> one.metrics().recordsIn());
    }

    private double recordsOut() {
        return retiredOut.get() + sum(watched.values(), one -> one.metrics().recordsOut());
    }

    private double watermarkLag(Watched one) {
        long watermark = one.metrics().watermarkMillis();
        boolean none = watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE;
        return none ? 0 : Math.max(0, clock.millis() - watermark) / 1000.0;
    }

    private double checkpointAge(Watched one) {
        return Math.max(0, Duration.between(one.newest, clock.instant()).toMillis()) / 1000.0;
    }

    private static double greatest(Collection<Watched> all, ToDoubleFunction<Watched> figure) {
        return all.stream().mapToDouble(figure).max().orElse(0);
    }

    private static double sum(Collection<Watched> all, ToDoubleFunction<Watched> figure) {
        return all.stream().mapToDouble(figure).sum();
    }

    private static MultiGauge jobGauge(MeterRegistry registry, String name, String description, @Nullable String unit) {
        return MultiGauge.builder("strandline.job." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String way, String description, java.util.function.DoubleSupplier sum) {
        FunctionCounter.builder("strandline.records." + way, this, any -> sum.getAsDouble())
                .description(description)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<Collection<Watched>> figure) {
        Gauge.builder("strandline." + name, watched, all -> figure.applyAsDouble(all.values()))
                .description(description)
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }

    /** An instance, from the moment it is about to start until it is gone. */
    private static final class Watched {

        private static final InstanceMetrics NOTHING_YET =
                new InstanceMetrics(0, 0, Long.MIN_VALUE, 0, 0, 0, java.util.List.of());

        private final InstanceSpec spec;
        private volatile Instant newest;
        private volatile @Nullable FailureCause lastFailure;
        private volatile @Nullable RunningInstance instance;

        private Watched(InstanceSpec spec, Instant since) {
            this.spec = spec;
            this.newest = since;
        }

        private InstanceMetrics metrics() {
            RunningInstance running = instance;
            return running == null ? NOTHING_YET : running.metrics();
        }
    }
}
