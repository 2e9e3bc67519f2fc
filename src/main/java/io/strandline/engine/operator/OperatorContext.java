package io.strandline.engine.operator;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.state.SubtaskState;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may know of where it runs.
 *
 * @param subtask index, from 0
 * @param keyGroups those whose keys are the subtask's
 * @param maxParallelism number of key groups
 * @param batchSize the most rows that a batch holds
 * @param restoredWatermark what event time had reached in the version that is restored
 * @param keyedState null for an operator whose factory declares none
 * @param wall the wall clock
 * @param lateRows counts rows that came too late and were dropped
 */
public record OperatorContext(
        int subtask,
        KeyGroupRange keyGroups,
        int maxParallelism,
        int batchSize,
        long restoredWatermark,
        @Nullable SubtaskState keyedState,
        InstantSource wall,
        LongConsumer lateRows) {

    /** The operator's keyed state. */
    public SubtaskState state() {
        if (keyedState == null) {
            throw new IllegalStateException("the operator's factory declares no state");
        }
        return keyedState;
    }
}
