package io.strandline.runner;

import java.util.List;

/**
 * An instance's figures right now.
 *
 * @param recordsIn records read by all sources since the instance started
 * @param recordsOut records handed to all sinks since the instance started
 * @param deadLetters records that could not be processed and were put aside since the instance started
 * @param stuckSteps steps of subtasks that took so long that they were told
 * @param watermarkMillis least watermark over all operators, epoch milliseconds; {@code Long.MIN_VALUE} before the first
 * @param backpressuredRatio share of the last seconds that some subtask waited for room downstream, 0 to 1
 * @param hotStateBytes memory held by state tables
 * @param storedStateBytes bytes of state in the store
 * @param operators figures an operator
 * @param tables figures a state
 */
public record InstanceMetrics(
        long recordsIn,
        long recordsOut,
        long deadLetters,
        long stuckSteps,
        long watermarkMillis,
        double backpressuredRatio,
        long hotStateBytes,
        long storedStateBytes,
        List<OperatorMetrics> operators,
        List<TableMetrics> tables) {

    public InstanceMetrics {
        operators = List.copyOf(operators);
        tables = List.copyOf(tables);
    }

    /** Before anything has happened. */
    public static InstanceMetrics none() {
        return new InstanceMetrics(0, 0, 0, 0, Long.MIN_VALUE, 0, 0, 0, List.of(), List.of());
    }

    /** Share of look-ups of state that were answered from memory, 1 before the first. */
    public double stateHitRatio() {
        long lookups = tables.stream().mapToLong(TableMetrics::lookups).sum();
        long misses = tables.stream().mapToLong(TableMetrics::misses).sum();
        return lookups == 0 ? 1 : 1 - (double) misses / lookups;
    }

    /** One operator over all its subtasks. */
    public record OperatorMetrics(
            String operator, long recordsIn, long recordsOut, long lateRecords, long watermarkMillis) {}

    /**
     * One state over all subtasks.
     *
     * @param entries held in memory
     * @param bytes of memory it takes
     * @param lookups rows that asked for an entry since the instance started
     * @param misses rows of those that stored files had to be asked for
     */
    public record TableMetrics(String operator, String state, long entries, long bytes, long lookups, long misses) {}
}
