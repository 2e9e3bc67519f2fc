package io.strandline.runner;

import java.util.List;

/**
 * An instance's figures right now.
 *
 * @param recordsIn records read by all sources since the instance started
 * @param recordsOut records handed to all sinks since the instance started
 * @param watermarkMillis least watermark over all operators, epoch milliseconds; {@code Long.MIN_VALUE} before the first
 * @param backpressuredRatio share of the last seconds that some subtask waited for room downstream, 0 to 1
 * @param hotStateBytes memory held by state tables
 * @param storedStateBytes bytes of state in the store
 * @param operators figures an operator
 */
public record InstanceMetrics(
        long recordsIn,
        long recordsOut,
        long watermarkMillis,
        double backpressuredRatio,
        long hotStateBytes,
        long storedStateBytes,
        List<OperatorMetrics> operators) {

    public InstanceMetrics {
        operators = List.copyOf(operators);
    }

    /** One operator over all its subtasks. */
    public record OperatorMetrics(
            String operator, long recordsIn, long recordsOut, long lateRecords, long watermarkMillis) {}
}
