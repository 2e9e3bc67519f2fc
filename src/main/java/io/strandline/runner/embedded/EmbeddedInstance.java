package io.strandline.runner.embedded;

import io.strandline.engine.JobMetrics;
import io.strandline.engine.RunningJob;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.connect.Connectors;
import io.strandline.state.StateSize.TableFigures;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** An instance that the engine of this process runs. */
final class EmbeddedInstance implements RunningInstance {

    private final InstanceSpec spec;
    private final int parallelism;
    private final String backend;
    private final RunningJob running;

    EmbeddedInstance(InstanceSpec spec, int parallelism, String backend, RunningJob running) {
        this.spec = spec;
        this.parallelism = parallelism;
        this.backend = backend;
        this.running = running;
    }

    @Override
    public InstanceSpec spec() {
        return spec;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public String backend() {
        return backend;
    }

    @Override
    public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
        return running.checkpoint(new io.strandline.engine.checkpoint.CheckpointRequest(
                        request.requestId(), request.kind(), request.mode(), request.timeout()))
                .thenApply(EmbeddedInstance::translate);
    }

    @Override
    public CompletableFuture<CheckpointOutcome> drain() {
        return running.drain().thenApply(EmbeddedInstance::translate);
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return running.cancel().thenAccept(end -> {});
    }

    @Override
    public InstanceMetrics metrics() {
        return InstanceFigures.of(running.metrics());
    }

    private static CheckpointOutcome translate(io.strandline.engine.checkpoint.CheckpointOutcome outcome) {
        if (outcome instanceof io.strandline.engine.checkpoint.CheckpointOutcome.Completed completed) {
            return new CheckpointOutcome.Completed(completed.id(), completed.number());
        }
        if (outcome instanceof io.strandline.engine.checkpoint.CheckpointOutcome.Declined declined) {
            return new CheckpointOutcome.Declined(
                    declined.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (outcome instanceof io.strandline.engine.checkpoint.CheckpointOutcome.Failed failed) {
            return new CheckpointOutcome.Failed(failed.number(), FailureCodes.translate(failed.cause()));
        }
        var unknown = (io.strandline.engine.checkpoint.CheckpointOutcome.Unknown) outcome;
        return new CheckpointOutcome.Unknown(unknown.number(), unknown.detail());
    }

    /** The engine's figures as the SPI wants them. */
    private static final class InstanceFigures {

        private InstanceFigures() {}

        static InstanceMetrics of(JobMetrics metrics) {
            long in = 0;
            long out = 0;
            long letters = 0;
            long watermark = Long.MAX_VALUE;
            double backpressured = 0;
            for (JobMetrics.OperatorMetrics operator : metrics.operators()) {
                in += operator.source() ? operator.recordsIn() : 0;
                if (Connectors.isDeadLetterSink(operator.name())) {
                    letters += operator.recordsIn();
                } else if (operator.sink()) {
                    out += operator.recordsIn();
                }
                watermark = Math.min(watermark, operator.watermarkMillis());
                backpressured = Math.max(backpressured, backpressuredShare(operator));
            }
            return new InstanceMetrics(
                    in,
                    out,
                    letters,
                    metrics.stuckSteps(),
                    watermark,
                    backpressured,
                    metrics.state().hotBytes(),
                    metrics.state().storedBytes(),
                    metrics.operators().stream().map(InstanceFigures::of).toList(),
                    metrics.state().tables().stream().map(InstanceFigures::of).toList());
        }

        private static double backpressuredShare(JobMetrics.OperatorMetrics operator) {
            double total = operator.busyNanos() + operator.idleNanos() + operator.backpressuredNanos();
            return total == 0 ? 0 : operator.backpressuredNanos() / total;
        }

        private static InstanceMetrics.TableMetrics of(TableFigures table) {
            return new InstanceMetrics.TableMetrics(
                    table.operator(), table.state(), table.entries(), table.bytes(), table.lookups(), table.misses());
        }

        private static InstanceMetrics.OperatorMetrics of(JobMetrics.OperatorMetrics operator) {
            return new InstanceMetrics.OperatorMetrics(
                    operator.name(),
                    operator.recordsIn(),
                    operator.recordsOut(),
                    operator.lateRecords(),
                    operator.watermarkMillis());
        }
    }
}
