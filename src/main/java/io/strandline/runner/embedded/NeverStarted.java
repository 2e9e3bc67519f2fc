package io.strandline.runner.embedded;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
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
    public InstanceMetrics metrics() {
        return InstanceMetrics.none();
    }
}
