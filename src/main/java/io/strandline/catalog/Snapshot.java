package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.signing.ManifestSignature;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version as the catalog knows it; its content is in its manifest.
 *
 * @param totalBytes bytes of all files it names
 * @param newBytes bytes of files it was the first to name
 * @param manifestDigest {@code sha256:…} of its manifest's bytes
 * @param stateDigest proof of its logical content, null until somebody asked for it
 * @param durable false for versions that live in memory only
 * @param labels mutable
 * @param description mutable
 * @param verification what the newest verification found
 * @param trashed set while TRASHED
 * @param importedFrom for IMPORTED: {@code sha256:…} of the manifest it was in the archive
 * @param signature of its manifest, null when nothing signed it
 */
public record Snapshot(
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
        @Nullable String stateDigest,
        boolean durable,
        Map<String, String> labels,
        @Nullable String description,
        Verification verification,
        State state,
        Condition condition,
        @Nullable Trashed trashed,
        @Nullable String importedFrom,
        @Nullable ManifestSignature signature) {

    public Snapshot {
        labels = Map.copyOf(labels);
    }

    /** Where it is in its life. */
    public enum State {
        COMPLETED,
        TRASHED,
        /** Its files are gone; the row stays so that lineage never breaks. */
        PURGED
    }

    /** Whether it can be used. */
    public enum Condition {
        OK,
        /** A file of it is missing or not what its digest says. */
        DAMAGED,
        /** Its manifest is gone, or it lived in the memory of a process that ended. */
        LOST
    }
}
