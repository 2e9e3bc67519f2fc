package io.strandline.snapshot;

/** Why a version was taken. */
public enum SnapshotKind {
    /** By the job's interval. */
    PERIODIC,
    /** By a person. */
    MANUAL,
    /** At the end of input, or when the job was stopped with a snapshot. */
    FINAL,
    /** Before a restore, to be able to come back. */
    SAFETY,
    /** By a REVERT: an older version's files under a new number. */
    RESTORED,
    /** From an archive. */
    IMPORTED
}
