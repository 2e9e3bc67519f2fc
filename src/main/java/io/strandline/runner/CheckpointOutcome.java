package io.strandline.runner;

import io.strandline.snapshot.SnapshotId;

/** What became of a requested snapshot. */
public sealed interface CheckpointOutcome {

    /** It is a version now. */
    record Completed(SnapshotId id, long number) implements CheckpointOutcome {}

    /** It never became an attempt: the instance is stopping, or too many wait. */
    record Declined(String reason) implements CheckpointOutcome {}

    /** An attempt was made and did not become a version. */
    record Failed(long number, FailureCause cause) implements CheckpointOutcome {}

    /** The commit was sent and nobody can tell yet; what is on disk decides when it has been read back. */
    record Unknown(long number, String cause) implements CheckpointOutcome {}
}
