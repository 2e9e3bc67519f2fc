package io.strandline.catalog;

import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of names: heads, tags and holds. */
public sealed interface RefChange extends Change {

    /** A branch's head was moved by a verb ({@code ROLLBACK}, {@code REVERT}, …), not by a checkpoint. */
    record HeadMoved(
            String jobId,
            String branch,
            @Nullable SnapshotId from,
            @Nullable SnapshotId to,
            @Nullable Long toNumber,
            List<LineSegment> line,
            String verb)
            implements RefChange {}

    /** A tag was made. */
    record TagCreated(Tag tag) implements RefChange {}

    /** A tag was deleted, or had expired. */
    record TagDeleted(String jobId, String name) implements RefChange {}

    /** A hold was placed. */
    record HoldPlaced(Hold hold) implements RefChange {}

    /** A hold was released, or had expired. */
    record HoldReleased(String jobId, String holdId) implements RefChange {}
}
