package io.strandline.runner;

import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The states that its operators have declared so far, by operator. */
    Map<String, List<StateSchema>> states();

    /**
     * What a state holds under a key right now, as the owner of the key sees it between two steps; the stream goes on.
     *
     * @param key one boxed value a key column, as {@code StateSchema} says: {@link Long}, {@link Double}, {@link String} or {@code
     *     byte[]}
     * @return completes with the entries by time and window ascending, empty when there is no such state; fails when they cannot be
     *     read or the instance ends; may not complete as long as the owner is busy
     */
    CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String state, List<Object> key);

    /** Figures right now; cheap. */
    InstanceMetrics metrics();

    /**
     * An entry of a running instance's state.
     *
     * @param namespace where its window begins, 0 for state without
     * @param value one boxed value a column; of a timer its time
     */
    record LiveEntry(long namespace, List<Object> value) {

        public LiveEntry {
            value = List.copyOf(value);
        }
    }
}
