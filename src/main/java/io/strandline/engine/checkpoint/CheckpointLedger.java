package io.strandline.engine.checkpoint;

/** Where numbers come from and snapshots become versions. Used by one thread at a time, never a worker; may block. */
public interface CheckpointLedger {

    /**
     * The next attempt number of the job, never given out again.
     *
     * @throws NumberRefusedException when it cannot be journaled
     */
    long reserveNumber() throws NumberRefusedException;

    /** Commits a finished attempt; from here on it can neither time out nor be aborted. */
    CommitOutcome commit(SnapshotCandidate candidate);
}
