package io.strandline.retention;

import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.time.Instant;
import java.util.Map;

/**
 * What the engine knows of a COMPLETED version.
 *
 * @param id its id
 * @param number its number
 * @param kind why it was taken
 * @param completedAt when it was complete; its age counts from here
 * @param usable false when DAMAGED or LOST: it never takes a usable version's place under a rule or floor
 * @param verified whether it was found intact at CHECKSUMS or deeper
 * @param labels what people wrote on it
 */
public record Candidate(
        SnapshotId id,
        long number,
        SnapshotKind kind,
        Instant completedAt,
        boolean usable,
        boolean verified,
        Map<String, String> labels) {

    public Candidate {
        labels = Map.copyOf(labels);
    }
}
