package io.strandline.retention;

/** Where a field of a policy was set; a later one overrides an earlier one. */
public enum PolicyLevel {
    /** Shipped with the server. */
    DEFAULT,
    /** Saved for the whole server. */
    SERVER,
    /** Saved for one job. */
    JOB,
    /** Saved for one branch of a job. */
    BRANCH,
    /** Given with one request, to try it out. */
    OVERRIDE
}
