package io.strandline.snapshot;

/** How much a version writes: everything, or what changed since its base. */
public enum SnapshotMode {
    /** A self-contained canonical set of sorted files. */
    FULL,
    /** New runs on top of files that are stored already. */
    INCREMENTAL
}
