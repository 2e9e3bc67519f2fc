package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SourcePosition;
import java.util.List;
import java.util.Map;

/**
 * What a subtask acknowledges.
 *
 * @param statistics how it went
 * @param positions of its splits
 * @param watermarks of its operators, by name
 */
public record SubtaskSnapshot(
        SubtaskStatistics statistics, List<SourcePosition> positions, Map<String, Long> watermarks) {

    public SubtaskSnapshot {
        positions = List.copyOf(positions);
        watermarks = Map.copyOf(watermarks);
    }
}
