package io.strandline.engine;

import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointRequest;
import java.util.concurrent.CompletableFuture;

/** One run of a graph. Safe for concurrent use. */
public interface RunningJob {

    /**
     * Takes a snapshot; waits for the one under way, for the instance to be running, and not for the minimum pause. Completes
     * with an outcome, never exceptionally.
     */
    CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request);

    /** Lets sources end as if their input had, takes the FINAL snapshot, and finishes. */
    CompletableFuture<CheckpointOutcome> drain();

    /** Ends at once, without a snapshot. Idempotent. */
    CompletableFuture<JobEnd> cancel();

    /** Completes when the instance has ended, after {@link JobListener#ended}; never exceptionally. */
    CompletableFuture<JobEnd> end();

    /** Its state, to be looked into while it runs. */
    LiveState state();

    /** Figures right now; cheap. */
    JobMetrics metrics();
}
