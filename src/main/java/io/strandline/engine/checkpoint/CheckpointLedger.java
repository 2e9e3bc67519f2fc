package io.strandline.engine.checkpoint;

import java.io.IOException;

/** Where numbers come from and snapshots become versions. Used by one thread at a time, never a worker; may block. */
public interface CheckpointLedger {

    /**
     * The next attempt number of the job, never given out again.
     *
     * @throws IOException when it cannot be journaled
     */
    long reserveNumber() throws IOException;

    /** Commits a finished attempt; from here on it can neither time out nor be aborted. */
    CommitOutcome commit(SnapshotCandidate candidate);
}
