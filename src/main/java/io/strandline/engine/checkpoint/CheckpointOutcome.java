package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotId;

/** What became of a request for a snapshot. */
public sealed interface CheckpointOutcome {

    /** It is a version now. */
    record Completed(SnapshotId id, long number) implements CheckpointOutcome {}

    /** It never became an attempt. */
    record Declined(Reason reason) implements CheckpointOutcome {

        /** Why not. */
        public enum Reason {
            /** Two wait already. */
            QUEUE_FULL,
            /** The instance is ending or has ended. */
            ENDING
        }
    }

    /**
     * Its attempts were made and none became a version.
     *
     * @param number of the last attempt; 0 when not even a number could be had
     */
    record Failed(long number, FailureCause cause) implements CheckpointOutcome {}

    /** The commit was sent and nobody can tell yet; the instance ends. */
    record Unknown(long number, String detail) implements CheckpointOutcome {}
}
