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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of what runs now, per job and over all; records count on when an instance is gone. */
final class InstanceFigures {

    private final Clock clock;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong retiredIn = new AtomicLong();
    private final AtomicLong retiredOut = new AtomicLong();
    private final AtomicLong retiredLetters = new AtomicLong();
    private final Map<MultiGauge, ToDoubleFunction<Watched>> perJob;
    private final TopologyGauges topologies;

    InstanceFigures(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.perJob = Map.of(
                jobGauge(registry, "state.hot", "Memory held by this instance's state", "bytes"),
                one -> one.metrics().hotStateBytes(),
                jobGauge(registry, "state.hits", "Share of look-ups of state that memory answered", "ratio"),
                one -> one.metrics().stateHitRatio(),
                jobGauge(registry, "records.in", "Records this instance has read", null),
                one -> one.metrics().recordsIn(),
                jobGauge(registry, "records.out", "Records this instance has handed to sinks", null),
                one -> one.metrics().recordsOut(),
                jobGauge(registry, "records.dead", "Records this instance has put aside as dead letters", null),
                one -> one.metrics().deadLetters(),
                jobGauge(registry, "steps.stuck", "Steps of this instance's subtasks that hardly came to an end", null),
                one -> one.metrics().stuckSteps(),
                jobGauge(registry, "backpressure", "Share of time some subtask waited for room downstream", "ratio"),
                one -> one.metrics().backpressuredRatio(),
                jobGauge(registry, "watermark.lag", "Wall clock minus the least watermark", "seconds"),
                this::watermarkLag,
                jobGauge(registry, "checkpoint.age", "Time since the newest checkpoint, or the start", "seconds"),
                this::checkpointAge);
        this.topologies = new TopologyGauges(registry, clock);
        registerTotals(registry);
    }

    private void registerTotals(MeterRegistry registry) {
        counter(registry, "in", "Records read by all sources", this::recordsIn);
        counter(registry, "out", "Records handed to all sinks", this::recordsOut);
        counter(registry, "dead", "Records put aside as dead letters", this::deadLetters);
        Gauge.builder("strandline.instances.running", this, InstanceFigures::running)
                .description("Instances that run")
                .register(registry);
        greatest(
                registry,
                "backpressure",
                "ratio",
                "Greatest share of time that any job waited for room downstream",
                one -> one.metrics().backpressuredRatio());
        greatest(
                registry,
                "watermark.lag",
                "seconds",
                "Greatest lag of any job's watermark behind the clock",
                this::watermarkLag);
        greatest(
                registry,
                "checkpoint.newest.age",
                "seconds",
                "Greatest age of any running job's newest checkpoint",
                this::checkpointAge);
        sum(
                registry,
                "state.hot",
                "Memory held by state tables",
                one -> one.metrics().hotStateBytes());
        sum(
                registry,
                "state.stored",
                "Bytes of running jobs' state in the store",
                one -> one.metrics().storedStateBytes());
    }

    void starting(InstanceSpec spec) {
        watched.put(spec.instanceId(), new Watched(spec, clock.instant()));
        refreshJobs();
    }

    void started(InstanceSpec spec, RunningInstance instance) {
        Watched one = watched.get(spec.instanceId());
        if (one != null) {
            one.instance = instance;
            refreshTopologies();
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
            retiredLetters.addAndGet(one.metrics().deadLetters());
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
        refreshTopologies();
    }

    private void refreshTopologies() {
        topologies.show(watched.values().stream()
                .map(one -> new TopologyGauges.Shown(one.spec, one::metrics))
                .toList());
    }

    private double recordsIn() {
        return retiredIn.get() + sum(one -> one.metrics().recordsIn());
    }

    private double recordsOut() {
        return retiredOut.get() + sum(one -> one.metrics().recordsOut());
    }

    private double deadLetters() {
        return retiredLetters.get() + sum(one -> one.metrics().deadLetters());
    }

    private double watermarkLag(Watched one) {
        return WatermarkLag.seconds(one.metrics().watermarkMillis(), clock);
    }

    private double checkpointAge(Watched one) {
        return Math.max(0, Duration.between(one.newest, clock.instant()).toMillis()) / 1000.0;
    }

    private double sum(ToDoubleFunction<Watched> figure) {
        return watched.values().stream().mapToDouble(figure).sum();
    }

    private static MultiGauge jobGauge(MeterRegistry registry, String name, String description, @Nullable String unit) {
        return MultiGauge.builder("strandline.job." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String way, String description, DoubleSupplier sum) {
        FunctionCounter.builder("strandline.records." + way, this, any -> sum.getAsDouble())
                .description(description)
                .register(registry);
    }

    private void greatest(
            MeterRegistry registry, String name, String unit, String description, ToDoubleFunction<Watched> figure) {
        Gauge.builder(
                        "strandline." + name,
                        watched,
                        all -> all.values().stream().mapToDouble(figure).max().orElse(0))
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private void sum(MeterRegistry registry, String name, String description, ToDoubleFunction<Watched> bytes) {
        Gauge.builder("strandline." + name, this, self -> self.sum(bytes))
                .description(description)
                .baseUnit("bytes")
                .register(registry);
    }

    /** An instance, from the moment it is about to start until it is gone. */
    private static final class Watched {

        private static final InstanceMetrics NOTHING_YET = InstanceMetrics.none();

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
