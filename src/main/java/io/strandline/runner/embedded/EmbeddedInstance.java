package io.strandline.runner.embedded;

import io.strandline.engine.RunningJob;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    public Map<String, List<StateSchema>> states() {
        return running.state().schemas();
    }

    @Override
    public CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String state, List<Object> key) {
        return running.state()
                .look(operator, state, key)
                .thenApply(found -> found.map(entries -> entries.stream()
                        .map(entry -> new LiveEntry(entry.namespace(), entry.value()))
                        .toList()));
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
}
