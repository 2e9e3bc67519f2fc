package io.strandline.engine;

import io.strandline.engine.graph.Edge;
import io.strandline.state.StateSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance's figures right now.
 *
 * @param operators one for each vertex, in the graph's order
 * @param edges one for each edge, in the graph's order
 * @param state how big its state is
 * @param sinkCommitPending a version is complete whose output is not visible yet
 * @param storageFull the last attempt failed because there is no room left
 * @param stuckSteps steps that took so long that they were told
 * @param refusedRows rows that went by as dead letters because what a sink writes to refused them
 */
public record JobMetrics(
        List<OperatorMetrics> operators,
        List<EdgeMetrics> edges,
        StateSize state,
        boolean sinkCommitPending,
        boolean storageFull,
        long stuckSteps,
        long refusedRows) {

    public JobMetrics {
        operators = List.copyOf(operators);
        edges = List.copyOf(edges);
    }

    /**
     * One vertex over all its subtasks.
     *
     * @param source whether it is a source
     * @param sink whether it is a sink
     * @param chain the vertex at the head of its chain, itself if it runs alone
     * @param parallelism number of its subtasks
     * @param recordsIn rows taken (by a source: read)
     * @param recordsOut rows passed on
     * @param lateRecords rows that came too late and were dropped
     * @param watermarkMillis least watermark; {@code Long.MIN_VALUE} before the first
     * @param times of the subtasks that it is chained into, since the start
     * @param recent the same, in the last ten to twenty seconds
     * @param stored how big its state is in the newest version
     */
    public record OperatorMetrics(
            String name,
            boolean source,
            boolean sink,
            String chain,
            int parallelism,
            long recordsIn,
            long recordsOut,
            long lateRecords,
            long watermarkMillis,
            Times times,
            Times recent,
            StoredMetrics stored) {}

    /**
     * How subtasks have spent their time, summed up, so two subtasks make two seconds a second.
     *
     * @param busyNanos in steps that got on
     * @param idleNanos without input
     * @param backpressuredNanos waiting for room downstream
     */
    public record Times(long busyNanos, long idleNanos, long backpressuredNanos) {}

    /**
     * State of a vertex as the newest version names it.
     *
     * @param bytes of its files
     * @param growthBytesPerSecond between the two newest versions of this instance; null before there are two
     */
    public record StoredMetrics(long bytes, @Nullable Double growthBytesPerSecond) {}

    /**
     * One edge over all its channels.
     *
     * @param output the side output's name, empty for the main one
     * @param chained whether both ends run in one subtask, without a queue between them
     * @param waiting batches, watermarks and barriers that wait in its queues
     * @param capacity of its queues; 0 when it is chained
     */
    public record EdgeMetrics(Edge edge, String output, boolean chained, long waiting, long capacity) {}
}
