package io.strandline.engine;

import io.strandline.state.StateSize;
import java.util.List;

/**
 * An instance's figures right now.
 *
 * @param operators one for each vertex, in the graph's order
 * @param state how big its state is
 * @param sinkCommitPending a version is complete whose output is not visible yet
 * @param storageFull the last attempt failed because there is no room left
 * @param stuckSteps steps that took so long that they were told
 */
public record JobMetrics(
        List<OperatorMetrics> operators,
        StateSize state,
        boolean sinkCommitPending,
        boolean storageFull,
        long stuckSteps) {

    public JobMetrics {
        operators = List.copyOf(operators);
    }

    /**
     * One vertex over all its subtasks. Times are those of the subtasks that it is chained into, since the start.
     *
     * @param source whether it is a source
     * @param sink whether it is a sink
     * @param recordsIn rows taken (by a source: read)
     * @param recordsOut rows passed on
     * @param lateRecords rows that came too late and were dropped
     * @param watermarkMillis least watermark; {@code Long.MIN_VALUE} before the first
     * @param busyNanos time in steps that got on
     * @param idleNanos time without input
     * @param backpressuredNanos time waiting for room downstream
     */
    public record OperatorMetrics(
            String name,
            boolean source,
            boolean sink,
            long recordsIn,
            long recordsOut,
            long lateRecords,
            long watermarkMillis,
            long busyNanos,
            long idleNanos,
            long backpressuredNanos) {}
}
