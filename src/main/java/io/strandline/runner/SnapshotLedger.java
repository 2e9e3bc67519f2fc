package io.strandline.runner;

/** The road up for one instance's snapshots. A runner knows nothing else of whoever keeps versions. */
public interface SnapshotLedger {

    /**
     * Takes the next attempt number of the job: journaled before it is returned, never given out again.
     *
     * @throws NumberRefusedException when it cannot be journaled
     */
    long reserveNumber();

    /**
     * Commits a finished attempt: the manifest is written, then the journal entry, whose fsync makes it a version. Called
     * by one thread at a time; from here on the attempt can neither time out nor be aborted.
     */
    CommitOutcome commit(SnapshotCandidate candidate);

    /** No attempt can begin, because its number cannot be journaled. */
    final class NumberRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient FailureCause failure;

        public NumberRefusedException(FailureCause failure) {
            super(failure.detail());
            this.failure = failure;
        }

        /** Why. */
        public FailureCause failure() {
            return failure;
        }
    }
}
