package io.strandline.catalog;

import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of names: branches, heads, tags and holds. */
public sealed interface RefChange extends Change {

    /** A branch was made; its head is the version it was forked from. */
    record BranchCreated(
            String jobId,
            String name,
            Branch.Fork forkedFrom,
            int pipelineVersion,
            List<LineSegment> line,
            Branch.Protection protection)
            implements RefChange {

        public BranchCreated {
            line = List.copyOf(line);
        }
    }

    /** A branch's protection was replaced. */
    record BranchProtected(String jobId, String name, Branch.Protection protection) implements RefChange {}

    /** Where each sink writes on a branch was replaced. */
    record SinksChosen(String jobId, String branch, Map<String, SinkChoice> sinks) implements RefChange {

        public SinksChosen {
            sinks = Map.copyOf(sinks);
        }
    }

    /** A branch went to the trash; its versions stay. Its name stays taken until it is purged. */
    record BranchTrashed(String jobId, String name, Trashed trashed) implements RefChange {}

    /** A trashed branch is gone for good; its versions stay, and its name is free. */
    record BranchPurged(String jobId, String name) implements RefChange {}

    /** A branch came back from the trash. */
    record BranchUndeleted(String jobId, String name) implements RefChange {}

    /**
     * A branch's head was moved by a verb ({@code ROLLBACK}, {@code REVERT}, …), not by a checkpoint.
     *
     * @param pipelineVersion the pipeline the branch runs from then on, null for the one it ran
     */
    record HeadMoved(
            String jobId,
            String branch,
            @Nullable SnapshotId from,
            @Nullable SnapshotId to,
            @Nullable Long toNumber,
            List<LineSegment> line,
            String verb,
            @Nullable Integer pipelineVersion)
            implements RefChange {

        public HeadMoved {
            line = List.copyOf(line);
        }
    }

    /** A tag was made. */
    record TagCreated(Tag tag) implements RefChange {}

    /** A tag was deleted, or had expired. */
    record TagDeleted(String jobId, String name) implements RefChange {}

    /** A hold was placed. */
    record HoldPlaced(Hold hold) implements RefChange {}

    /** A hold was released, or had expired. */
    record HoldReleased(String jobId, String holdId) implements RefChange {}
}
