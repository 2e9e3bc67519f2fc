package io.strandline.engine.operator;

import io.strandline.state.SubtaskState;
import java.util.function.LongConsumer;

/**
 * What an operator may know of where it runs.
 *
 * @param subtask index, from 0
 * @param batchSize the most rows that a batch holds
 * @param restoredWatermark what event time had reached in the version that is restored
 * @param state its keyed state
 * @param lateRows counts rows that came too late and were dropped
 */
public record OperatorContext(
        int subtask, int batchSize, long restoredWatermark, SubtaskState state, LongConsumer lateRows) {}
