package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A name for a version, immutable while it exists; keeps the version from being collected until it expires. */
public record Tag(
        String jobId,
        String name,
        SnapshotId snapshot,
        long number,
        @Nullable String message,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
