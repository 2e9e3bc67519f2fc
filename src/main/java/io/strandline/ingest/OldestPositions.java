package io.strandline.ingest;

import io.strandline.snapshot.SourcePosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The oldest positions that versions go on from. A split that one of them does not have yet has none: going on from that
 * version begins with its first record.
 */
final class OldestPositions {

    private OldestPositions() {}

    /**
     * Those of a source's splits.
     *
     * @param versions the positions of each version; one without any of the source does not count
     */
    static List<SourcePosition> of(String source, List<List<SourcePosition>> versions) {
        Map<String, SourcePosition> oldest = new HashMap<>();
        Map<String, Integer> known = new HashMap<>();
        int reading = 0;
        for (List<SourcePosition> version : versions) {
            List<SourcePosition> own = version.stream()
                    .filter(position -> position.source().equals(source))
                    .toList();
            reading += own.isEmpty() ? 0 : 1;
            for (SourcePosition position : own) {
                known.merge(position.split(), 1, Integer::sum);
                oldest.merge(position.split(), position, (one, other) -> one.offset() <= other.offset() ? one : other);
            }
        }
        int all = reading;
        return oldest.values().stream()
                .filter(position -> known.getOrDefault(position.split(), 0) == all)
                .toList();
    }
}
