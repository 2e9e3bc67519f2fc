package io.strandline.job;

/** How a job is stopped. */
public enum StopMode {
    /** Take a last snapshot, then stop. Should the snapshot fail, the job runs on. */
    SNAPSHOT,
    /** End the input where it is, take a FINAL snapshot and finish. */
    DRAIN,
    /** Stop at once; work since the newest version is done again at the next start. */
    CANCEL
}
