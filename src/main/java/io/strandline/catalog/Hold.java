package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a version from being deleted.
 *
 * @param owner for SYSTEM holds what it serves: {@code instance:<id>}, {@code operation:<id>}, {@code branch:<name>},
 *     {@code deleted-branch:<name>}
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

    /** The owner of those that keep what moves of a branch's head have left behind, so that these can be undone. */
    public static String ofMovesOf(String branch) {
        return "branch:" + branch;
    }

    /** The owner of the one that keeps the head of a branch which lies in the trash. */
    public static String ofDeleted(String branch) {
        return "deleted-branch:" + branch;
    }

    /** Who may release it. */
    public enum Kind {
        USER,
        SYSTEM
    }
}
