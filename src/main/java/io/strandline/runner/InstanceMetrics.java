package io.strandline.runner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance's figures right now.
 *
 * @param recordsIn records read by all sources since the instance started
 * @param recordsOut records handed to all sinks since the instance started
 * @param deadLetters records that could not be processed and were put aside since the instance started
 * @param stuckSteps steps of subtasks that took so long that they were told
 * @param watermarkMillis least watermark over all operators, epoch milliseconds; {@code Long.MIN_VALUE} before the first
 * @param backpressuredRatio greatest share of its time since the start that an operator waited for room downstream, 0 to 1
 * @param hotStateBytes memory held by state tables
 * @param storedStateBytes bytes of state in the store
 * @param operators figures an operator, sources and sinks included
 * @param edges figures a stream between two of them
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
        List<EdgeMetrics> edges,
        List<TableMetrics> tables) {

    public InstanceMetrics {
        operators = List.copyOf(operators);
        edges = List.copyOf(edges);
        tables = List.copyOf(tables);
    }

    /** Before anything has happened. */
    public static InstanceMetrics none() {
        return new InstanceMetrics(0, 0, 0, 0, Long.MIN_VALUE, 0, 0, 0, List.of(), List.of(), List.of());
    }

    /** Share of look-ups of state that were answered from memory, 1 before the first. */
    public double stateHitRatio() {
        return TableMetrics.hitRatio(tables);
    }

    /** The tables of an operator. */
    public List<TableMetrics> tablesOf(String operator) {
        return tables.stream()
                .filter(table -> table.operator().equals(operator))
                .toList();
    }

    /** What an operator is. */
    public enum Kind {
        SOURCE,
        OPERATOR,
        SINK
    }

    /**
     * One operator over all its subtasks, since the instance started.
     *
     * @param chain the operator at the head of the chain that runs it
     * @param parallelism number of its subtasks
     * @param recordsIn records taken; those read by a source
     * @param recordsOut records passed on
     * @param lateRecords records that came too late and were dropped
     * @param watermarkMillis least watermark, epoch milliseconds; {@code Long.MIN_VALUE} before the first
     * @param times how its chain's subtasks have spent their time since the start
     * @param recent the same, in the last ten to twenty seconds
     * @param stored its state in the newest version
     */
    public record OperatorMetrics(
            String operator,
            Kind kind,
            String chain,
            int parallelism,
            long recordsIn,
            long recordsOut,
            long lateRecords,
            long watermarkMillis,
            Times times,
            Times recent,
            Stored stored) {}

    /**
     * Seconds that subtasks have spent, summed up.
     *
     * @param busy getting on
     * @param idle without input
     * @param backpressured waiting for room downstream
     */
    public record Times(double busy, double idle, double backpressured) {

        /** Share of all of it that was spent getting on, 0 before the first. */
        public double busyRatio() {
            return ratio(busy);
        }

        /** Share of all of it that was spent waiting for room downstream, 0 before the first. */
        public double backpressuredRatio() {
            return ratio(backpressured);
        }

        private double ratio(double part) {
            double total = busy + idle + backpressured;
            return total == 0 ? 0 : part / total;
        }
    }

    /**
     * State as the newest version names it.
     *
     * @param bytes of its files
     * @param growthBytesPerSecond between the two newest versions of this instance; null before there are two
     */
    public record Stored(long bytes, @Nullable Double growthBytesPerSecond) {}

    /**
     * One stream over all its queues.
     *
     * @param output the side output's name, empty for the main one
     * @param keyed whether records go by their key; else they stay where they are
     * @param chained whether both ends run in one subtask, with no queue between them
     * @param waiting batches, watermarks and barriers in its queues
     * @param capacity of its queues; 0 when it is chained
     */
    public record EdgeMetrics(
            String from, String output, String to, boolean keyed, boolean chained, long waiting, long capacity) {

        /** Share of its queues that is taken, 0 when it is chained. */
        public double queueRatio() {
            return capacity == 0 ? 0 : (double) waiting / capacity;
        }
    }

    /**
     * One state over all subtasks.
     *
     * @param entries held in memory
     * @param bytes of memory it takes
     * @param lookups rows that asked for an entry since the instance started
     * @param misses rows of those that stored files had to be asked for
     */
    public record TableMetrics(String operator, String state, long entries, long bytes, long lookups, long misses) {

        /** Share of look-ups in some states that were answered from memory, 1 before the first. */
        public static double hitRatio(List<TableMetrics> tables) {
            long lookups = tables.stream().mapToLong(TableMetrics::lookups).sum();
            long misses = tables.stream().mapToLong(TableMetrics::misses).sum();
            return lookups == 0 ? 1 : 1 - (double) misses / lookups;
        }
    }
}
