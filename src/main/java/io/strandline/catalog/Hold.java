package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a version from being deleted.
 *
 * @param owner for SYSTEM holds what it serves: {@code instance:<id>}, {@code operation:<id>}, {@code branch:<name>}
 */
public record Hold(
        String id,
        String jobId,
        SnapshotId snapshot,
        Kind kind,
        String reason,
        String placedBy,
        @Nullable String owner,
        Instant placedAt,
        @Nullable Instant expiresAt) {

    /** Who may release it. */
    public enum Kind {
        USER,
        SYSTEM
    }
}
