package io.strandline.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.strandline.problem.ErrorCode;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.JobRunner;
import io.strandline.runner.OutputMove;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedger;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.StateSchema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * A runner whose instances and attempts are measured; what is logged while their listeners are told carries {@code job}
 * and, for attempts, {@code snapshot}.
 */
public final class MeteredRunner implements JobRunner {

    private static final Logger log = LoggerFactory.getLogger(MeteredRunner.class);

    private final JobRunner runner;
    private final InstanceFigures figures;
    private final CheckpointMeters checkpoints;

    public MeteredRunner(JobRunner runner, MeterRegistry registry, Clock clock) {
        this.runner = runner;
        this.figures = new InstanceFigures(registry, clock);
        this.checkpoints = new CheckpointMeters(registry);
    }

    InstanceFigures figures() {
        return figures;
    }

    /** What stands in the way of checkpoints that found no room the last time; empty when none did. */
    public Optional<String> checkpointsWithoutRoom() {
        return figures.failingCheckpoints().entrySet().stream()
                .filter(failing -> failing.getValue().code().equals(ErrorCode.STORAGE_FULL.wireName()))
                .map(failing -> "the checkpoints of " + failing.getKey() + " find no room: "
                        + failing.getValue().detail())
                .findFirst();
    }

    @Override
    public String name() {
        return runner.name();
    }

    @Override
    public List<StartObstacle> check(InstanceSpec spec) {
        return runner.check(spec);
    }

    @Override
    public CompatibilityReport compatibility(Manifest version, String pipeline) {
        return runner.compatibility(version, pipeline);
    }

    @Override
    public RunningInstance start(InstanceSpec spec, SnapshotLedger ledger, InstanceListener listener) {
        figures.starting(spec);
        boolean accepted = false;
        try {
            RunningInstance instance = runner.start(spec, ledger, new MeasuringListener(spec, listener));
            figures.started(spec, instance);
            accepted = true;
            return new MeasuredInstance(spec, instance);
        } finally {
            if (!accepted) {
                figures.ended(spec);
            }
        }
    }

    @Override
    public void close() {
        runner.close();
    }

    /** Measures what it hears and passes it on. */
    private final class MeasuringListener implements InstanceListener {

        private final InstanceSpec spec;
        private final InstanceListener listener;

        private MeasuringListener(InstanceSpec spec, InstanceListener listener) {
            this.spec = spec;
            this.listener = listener;
        }

        @Override
        public void running() {
            named("", () -> {
                Manifest from = spec.restoreFrom();
                log.info(
                        "Instance {} runs on branch {}, from {}",
                        spec.instanceId(),
                        spec.on().branch(),
                        from == null ? "nothing" : spec.job() + "#" + from.number());
                listener.running();
            });
        }

        @Override
        public void outputsReconciled(List<OutputMove> moves) {
            named("", () -> listener.outputsReconciled(moves));
        }

        @Override
        public void attempt(AttemptReport report) {
            checkpoints.record(report);
            figures.attempt(spec, report);
            named(spec.job() + "#" + report.number(), () -> {
                log(report);
                listener.attempt(report);
            });
        }

        @Override
        public void finished() {
            figures.ended(spec);
            named("", () -> {
                log.info("Instance {} finished", spec.instanceId());
                listener.finished();
            });
        }

        @Override
        public void failed(FailureCause cause) {
            figures.ended(spec);
            named("", () -> listener.failed(cause));
        }

        private void named(String snapshot, Runnable told) {
            try (MDC.MDCCloseable job = MDC.putCloseable("job", spec.job());
                    MDC.MDCCloseable attempt = MDC.putCloseable("snapshot", snapshot)) {
                told.run();
            }
        }

        private static void log(AttemptReport report) {
            FailureCause failure = report.failure();
            if (failure != null) {
                log.warn("Checkpoint failed in {}: {}, {}", report.failedPhase(), failure.code(), failure.detail());
            } else if (report.state() == AttemptReport.State.COMPLETED) {
                Level level = report.kind() == SnapshotKind.PERIODIC ? Level.DEBUG : Level.INFO;
                log.atLevel(level).log("{} checkpoint completed, {} new bytes", report.kind(), report.newBytes());
            }
        }
    }

    /** An instance that is no longer measured once it is cancelled. */
    private final class MeasuredInstance implements RunningInstance {

        private final InstanceSpec spec;
        private final RunningInstance instance;

        private MeasuredInstance(InstanceSpec spec, RunningInstance instance) {
            this.spec = spec;
            this.instance = instance;
        }

        @Override
        public InstanceSpec spec() {
            return instance.spec();
        }

        @Override
        public int parallelism() {
            return instance.parallelism();
        }

        @Override
        public String backend() {
            return instance.backend();
        }

        @Override
        public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
            return instance.checkpoint(request);
        }

        @Override
        public CompletableFuture<CheckpointOutcome> drain() {
            return instance.drain();
        }

        @Override
        public CompletableFuture<Void> cancel() {
            return instance.cancel().whenComplete((nothing, failure) -> figures.ended(spec));
        }

        @Override
        public Map<String, List<StateSchema>> states() {
            return instance.states();
        }

        @Override
        public CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String state, List<Object> key) {
            return instance.look(operator, state, key);
        }

        @Override
        public InstanceMetrics metrics() {
            return instance.metrics();
        }
    }
}
