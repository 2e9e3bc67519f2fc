package io.strandline.job;

/** Where a branch stands: what should run on it, held against what does. */
public enum JobState {
    /** Nothing runs and nothing should. */
    STOPPED,
    /** An instance was granted its epoch and does not read records yet. */
    STARTING,
    /** Sources read records. */
    RUNNING,
    /** An instance failed and the next one is on its way or waits for its turn. */
    RESTARTING,
    /** A stop is under way, perhaps waiting for the last snapshot. */
    STOPPING,
    /** Input has ended and all of it is in a version. */
    FINISHED,
    /** It failed for good; the branch's problem says why. */
    FAILED
}
