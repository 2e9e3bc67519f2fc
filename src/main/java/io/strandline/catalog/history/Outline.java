package io.strandline.catalog.history;

import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of a version as it takes to judge it beside thousands of others.
 *
 * @param parent the version before it on its line
 * @param branch the branch that produced it
 * @param verified whether it was found intact at CHECKSUMS or deeper
 */
public record Outline(
        SnapshotId id,
        long number,
        @Nullable SnapshotId parent,
        String branch,
        SnapshotKind kind,
        Instant completedAt,
        Snapshot.State state,
        Snapshot.Condition condition,
        boolean verified,
        Map<String, String> labels,
        long totalBytes) {

    public Outline {
        labels = Map.copyOf(labels);
    }
}
