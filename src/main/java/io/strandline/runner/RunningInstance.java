package io.strandline.runner;

import java.util.concurrent.CompletableFuture;

/** One run of a job on a branch. */
public interface RunningInstance {

    /** What it was started from. */
    InstanceSpec spec();

    /** The parallelism it runs at. */
    int parallelism();

    /** The backend it runs on. */
    String backend();

    /** Takes a snapshot; queues behind the attempt under way. Completes with an outcome, never exceptionally. */
    CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request);

    /** Lets sources end as if their input had, takes the FINAL snapshot, and finishes. */
    CompletableFuture<CheckpointOutcome> drain();

    /** Stops at once, without a snapshot; completes when every thread has left the instance. Idempotent. */
    CompletableFuture<Void> cancel();

    /** Figures right now; cheap. */
    InstanceMetrics metrics();
}
