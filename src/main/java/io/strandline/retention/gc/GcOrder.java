package io.strandline.retention.gc;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Trashed;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param mode look or act
 * @param early purge what lies in the trash though its window has not ended
 * @param snapshots purge these versions only, null for all that may go
 * @param skipQuarantine unlink at once what would wait in quarantine
 * @param unknown what to do about live files nobody names
 * @param cause who and why
 * @param trashedBy purge early only what was in the trash by then, null for all that is
 */
record GcOrder(
        GcRun.Mode mode,
        boolean early,
        @Nullable List<SnapshotId> snapshots,
        boolean skipQuarantine,
        Unknown unknown,
        Cause cause,
        @Nullable Instant trashedBy) {

    GcOrder {
        snapshots = snapshots == null ? null : List.copyOf(snapshots);
    }

    /** An order about all that lies in the trash. */
    GcOrder(
            GcRun.Mode mode,
            boolean early,
            @Nullable List<SnapshotId> snapshots,
            boolean skipQuarantine,
            Unknown unknown,
            Cause cause) {
        this(mode, early, snapshots, skipQuarantine, unknown, cause, null);
    }

    /** The same order, as part of an operation. */
    GcOrder within(Cause operation) {
        return new GcOrder(mode, early, snapshots, skipQuarantine, unknown, operation, trashedBy);
    }

    /** Whether the order is about what went to the trash at that time. */
    boolean concerns(@Nullable Trashed trashed) {
        return trashedBy == null || trashed != null && !trashed.at().isAfter(trashedBy);
    }

    /** What the schedule does. */
    static GcOrder scheduled(Cause cause) {
        return new GcOrder(GcRun.Mode.DELETE, false, null, false, Unknown.IGNORE, cause);
    }

    /** Whether nothing is deleted. */
    boolean dryRun() {
        return mode != GcRun.Mode.DELETE;
    }

    /** Whether everything in the stores is compared with the catalog. */
    boolean audit() {
        return mode == GcRun.Mode.AUDIT;
    }

    /** What to do about live files nobody names. */
    enum Unknown {
        /** Do not look for them: looking costs a walk over all files. */
        IGNORE,
        /** Count them. */
        REPORT,
        /** Put them into quarantine, unless they are pinned. */
        QUARANTINE
    }
}
