package io.strandline.catalog;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of what was: a job's instances, and where a branch's head has been. As {@link Catalog}, inside a decision it sees the decision's transaction. */
public interface History {

    /** A job's instances on all branches, newest epoch first, below {@code beforeEpoch} when one is given. */
    List<Instance> instances(String jobId, @Nullable Long beforeEpoch, int limit);

    /** The instance of a branch that was granted the largest epoch. */
    Optional<Instance> newestInstance(String jobId, String branch);

    /** Every instance of every job that has not ended. */
    List<Instance> openInstances();

    /** Moves of a branch's head, completed checkpoints included, newest first, below {@code beforeSequence} when given. */
    List<HeadEntry> reflog(String jobId, String branch, @Nullable Long beforeSequence, int limit);

    /** The newest move of a branch's head that was made at or before {@code at}. */
    Optional<HeadEntry> headAt(String jobId, String branch, Instant at);

    /**
     * One move of a branch's head.
     *
     * @param sequence the journal entry's
     * @param from the head before, null when there was none
     * @param to the head after, null when it was taken away
     * @param toNumber its number
     * @param verb {@code CHECKPOINT} for a completed one, else what moved it: {@code ROLLBACK}, {@code REVERT}, …
     * @param at the journal entry's time
     * @param cause who and why
     */
    record HeadEntry(
            long sequence,
            String jobId,
            String branch,
            @Nullable SnapshotId from,
            @Nullable SnapshotId to,
            @Nullable Long toNumber,
            String verb,
            Instant at,
            Cause cause) {}
}
