package io.strandline.runner;

import io.strandline.snapshot.SnapshotId;

/** The ledger's answer to a commit. */
public sealed interface CommitOutcome {

    /** It is a version. */
    record Committed(SnapshotId id) implements CommitOutcome {}

    /** It is not and never will be: a stale epoch, a head that moved, storage full. */
    record Refused(FailureCause cause) implements CommitOutcome {}

    /** It may or may not be: nothing starts on the branch until storage has been read back. */
    record Unknown(String cause) implements CommitOutcome {}
}
