package io.strandline.snapshot;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a version is, as its manifest file says it: enough to restore it and to rebuild its catalog row.
 *
 * @param id the version's id
 * @param jobId the job's id (its folder)
 * @param job the job's name when it was taken
 * @param branch the branch that produced it
 * @param kind why it was taken
 * @param parent the line's previous head, null for the first
 * @param base the version whose state it continues, null when it began from nothing
 * @param revertsTo for RESTORED: the version brought back
 * @param epoch the instance's fencing epoch (0 when no instance wrote it)
 * @param pipelineVersion the pipeline it ran
 * @param startedAt when the attempt was triggered
 * @param completedAt when its last file was durable
 * @param line the stretches of history it descends from, oldest first, itself included
 * @param content its state and positions
 * @param pipeline the document it ran, canonical JSON; null where nobody knows
 * @param importedFrom for IMPORTED: {@code sha256:…} of the manifest it was in the archive
 */
public record Manifest(
        SnapshotId id,
        String jobId,
        String job,
        String branch,
        SnapshotKind kind,
        @Nullable SnapshotId parent,
        @Nullable SnapshotId base,
        @Nullable SnapshotId revertsTo,
        long epoch,
        int pipelineVersion,
        Instant startedAt,
        Instant completedAt,
        List<LineSegment> line,
        SnapshotContent content,
        @Nullable String pipeline,
        @Nullable String importedFrom) {

    public Manifest {
        line = List.copyOf(line);
    }

    /** The version's number. */
    public long number() {
        return content.number();
    }
}
