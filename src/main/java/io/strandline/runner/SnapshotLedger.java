package io.strandline.runner;

/** The road up for one instance's snapshots. A runner knows nothing else of whoever keeps versions. */
public interface SnapshotLedger {

    /** Takes the next attempt number of the job: journaled before it is returned, never given out again. */
    long reserveNumber();

    /**
     * Commits a finished attempt: the manifest is written, then the journal entry, whose fsync makes it a version. Called
     * by one thread at a time; from here on the attempt can neither time out nor be aborted.
     */
    CommitOutcome commit(SnapshotCandidate candidate);
}
