package io.strandline.engine.task;

import io.strandline.snapshot.SnapshotContent;
import io.strandline.state.InstanceState;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the subtasks of an instance have in common.
 *
 * @param branch the branch the instance runs on
 * @param state the instance's state
 * @param restored the version to go on from, null for a fresh start
 * @param aligned whether barriers are aligned
 * @param overtakes whether barriers may overtake rows in flight
 * @param batchSize most rows in a batch
 * @param queueCapacity most elements waiting in a channel
 * @param latencyNanos how long rows may wait for their batch to fill
 * @param blocking runs what may block
 * @param clock monotonic nanoseconds
 * @param wall the wall clock
 * @param storageFull tells failures that mean that there is no room left
 */
public record TaskSettings(
        String branch,
        InstanceState state,
        @Nullable SnapshotContent restored,
        boolean aligned,
        boolean overtakes,
        int batchSize,
        int queueCapacity,
        long latencyNanos,
        Executor blocking,
        LongSupplier clock,
        InstantSource wall,
        Predicate<Throwable> storageFull) {}
