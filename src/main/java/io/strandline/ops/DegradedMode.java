package io.strandline.ops;

import io.strandline.problem.ErrorCode;

/** The ways in which the server can be degraded: it works on, less a part, and says so wherever it is asked how it is. */
public enum DegradedMode {
    /** There is hardly any room on the disk. */
    STORAGE_FULL(
            ErrorCode.STORAGE_FULL,
            "Checkpoints fail, and records and archives from outside are refused; jobs run on, reads and deletes work.",
            "Free space: POST /api/v1/trash/purge with skipQuarantine gives back what the trash holds, a stricter policy"
                    + " fills the trash. Checkpoints resume by themselves.",
            true),
    /** The journal could not be made durable. */
    READ_ONLY(
            ErrorCode.READ_ONLY,
            "Nothing can be changed and no checkpoint completes; reads work, jobs run on.",
            "Mend the disk, then restart the server: the start reads back what the disk really holds.",
            false),
    /** The catalog's database is down. */
    CATALOG_UNAVAILABLE(
            ErrorCode.CATALOG_UNAVAILABLE,
            "Calls that read or change versions are refused; jobs run on and their checkpoints are committed to the journal.",
            "Bring the database back. What it has missed is applied to it by itself.",
            true),
    /** The witnesses of garbage collection disagreed. */
    CIRCUIT_OPEN(
            ErrorCode.CIRCUIT_OPEN,
            "No file is deleted and the trash is not purged; everything else works.",
            "See GET /api/v1/gc/runs for what was found and mend it. A collection with mode AUDIT or DRY_RUN that finds"
                    + " nothing wrong switches deletion on again.",
            false),
    /** Files of versions are not what was written. */
    DAMAGED(
            ErrorCode.DAMAGED,
            "The versions concerned cannot be restored, forked or exported; others are not touched.",
            "See condition in GET /api/v1/jobs/{job}/snapshots. Put intact files back and verify the versions, or delete"
                    + " them.",
            false);

    private final ErrorCode code;
    private final String effect;
    private final String wayOut;
    private final boolean endsByItself;

    DegradedMode(ErrorCode code, String effect, String wayOut, boolean endsByItself) {
        this.code = code;
        this.effect = effect;
        this.wayOut = wayOut;
        this.endsByItself = endsByItself;
    }

    /** The mode's name, which is that of the problem that refused requests are answered with. */
    public String wireName() {
        return code.wireName();
    }

    /** What it is, in a few words. */
    public String title() {
        return code.title();
    }

    /** What does not work meanwhile, and what does. */
    public String effect() {
        return effect;
    }

    /** What an operator can do. */
    public String wayOut() {
        return wayOut;
    }

    /** Whether it ends as soon as its cause is gone, with nothing to be done to the server. */
    public boolean endsByItself() {
        return endsByItself;
    }
}
