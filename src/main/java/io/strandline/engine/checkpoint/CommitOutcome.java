package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotId;

/** The ledger's answer to a commit. */
public sealed interface CommitOutcome {

    /** It is a version. */
    record Committed(SnapshotId id) implements CommitOutcome {}

    /** It is not and never will be; a cause of kind {@code FENCED} ends the instance. */
    record Refused(FailureCause cause) implements CommitOutcome {}

    /** It may or may not be; the instance ends, and nothing starts until storage has been read back. */
    record Unknown(String detail) implements CommitOutcome {}
}
