package io.strandline.engine.task;

import io.strandline.snapshot.SourcePosition;
import java.util.List;
import java.util.Map;

/**
 * A subtask's part of a snapshot: it is durable.
 *
 * @param number the attempt's number
 * @param positions of its splits
 * @param watermarks of its vertices, by name
 * @param timing how long the parts took
 * @param dirtyEntries entries written
 * @param newBytes bytes written
 * @param totalBytes bytes of its state in the version
 */
public record Acknowledgement(
        long number,
        List<SourcePosition> positions,
        Map<String, Long> watermarks,
        Timing timing,
        long dirtyEntries,
        long newBytes,
        long totalBytes) {

    public Acknowledgement {
        positions = List.copyOf(positions);
        watermarks = Map.copyOf(watermarks);
    }

    /**
     * How long the parts took.
     *
     * @param startDelay from the trigger to the first barrier
     * @param alignment from the first barrier to the last
     * @param freeze the synchronous part
     * @param async from the freeze to the acknowledgement
     */
    public record Timing(long startDelay, long alignment, long freeze, long async) {}
}
