package io.strandline.engine.task;

import io.strandline.snapshot.SourcePosition;
import io.strandline.state.FlushStatistics;
import java.util.List;
import java.util.Map;

/**
 * A subtask's part of a snapshot: it is durable.
 *
 * @param number the attempt's number
 * @param positions of its splits
 * @param watermarks of its vertices, by name
 * @param timing how long the parts took
 * @param inFlight what became of rows on their way to it
 * @param flushed what was written
 */
public record Acknowledgement(
        long number,
        List<SourcePosition> positions,
        Map<String, Long> watermarks,
        Timing timing,
        InFlight inFlight,
        FlushStatistics flushed) {

    public Acknowledgement {
        positions = List.copyOf(positions);
        watermarks = Map.copyOf(watermarks);
    }

    /**
     * How long the parts took.
     *
     * @param startDelay from the trigger to the first barrier
     * @param alignment from the first barrier to the last, or until they were waited for no longer
     * @param freeze the synchronous part
     * @param async from the freeze to the acknowledgement
     */
    public record Timing(long startDelay, long alignment, long freeze, long async) {}

    /**
     * What became of rows on their way to it.
     *
     * @param processedBytes about how many bytes were worked on between the first barrier and the freeze
     * @param persistedBytes how many bytes the barrier overtook, which are in the snapshot
     */
    public record InFlight(long processedBytes, long persistedBytes) {}
}
