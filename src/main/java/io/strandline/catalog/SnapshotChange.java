package io.strandline.catalog;

import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.signing.ManifestSignature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of versions. */
public sealed interface SnapshotChange extends Change {

    /**
     * A version is complete and, unless it was imported, its branch's head now. Its files are in the manifest of that digest.
     *
     * @param importedFrom for IMPORTED: {@code sha256:…} of the manifest it was in the archive
     * @param signature of its manifest, null when nothing signs
     */
    record SnapshotCompleted(
            SnapshotId id,
            String jobId,
            String branch,
            long number,
            SnapshotKind kind,
            SnapshotMode mode,
            @Nullable SnapshotId parent,
            @Nullable SnapshotId base,
            @Nullable SnapshotId revertsTo,
            long epoch,
            int pipelineVersion,
            String backend,
            int parallelism,
            Instant startedAt,
            Instant completedAt,
            long totalBytes,
            long newBytes,
            String manifestDigest,
            boolean durable,
            Map<String, String> labels,
            @Nullable String description,
            List<LineSegment> line,
            @Nullable String importedFrom,
            @Nullable ManifestSignature signature)
            implements SnapshotChange {

        /** Whether its branch goes on from it; an imported one waits until a verb chooses it. */
        public boolean movesHead() {
            return kind != SnapshotKind.IMPORTED;
        }
    }

    /** Labels and description were replaced. */
    record SnapshotDescribed(
            SnapshotId id,
            Map<String, String> labels,
            @Nullable String description) implements SnapshotChange {}

    /** A version went to the trash. {@code because}: {@code DELETED}, {@code EXPIRED}. */
    record SnapshotTrashed(SnapshotId id, Trashed trashed, String because) implements SnapshotChange {}

    /** A version came back from the trash. */
    record SnapshotUndeleted(SnapshotId id) implements SnapshotChange {}

    /** A version's files may go; it stays as a tombstone. */
    record SnapshotPurged(SnapshotId id, Instant at) implements SnapshotChange {}

    /** Somebody looked. */
    record SnapshotVerified(
            SnapshotId id,
            Verification verification,
            Snapshot.Condition condition,
            @Nullable String stateDigest) implements SnapshotChange {}

    /** A version's condition was found changed outside a verification. */
    record ConditionChanged(SnapshotId id, Snapshot.Condition condition, String detail) implements SnapshotChange {}
}
