package io.strandline.runner.embedded;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An instance whose state could not even be opened; its listener was told why. */
record NeverStarted(InstanceSpec spec, int parallelism, String backend) implements RunningInstance {

    @Override
    public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
        return CompletableFuture.completedFuture(new CheckpointOutcome.Declined("ending"));
    }

    @Override
    public CompletableFuture<CheckpointOutcome> drain() {
        return CompletableFuture.completedFuture(new CheckpointOutcome.Declined("ending"));
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Map<String, List<StateSchema>> states() {
        return Map.of();
    }

    @Override
    public CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String state, List<Object> key) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public InstanceMetrics metrics() {
        return InstanceMetrics.none();
    }
}
