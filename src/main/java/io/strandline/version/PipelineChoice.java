package io.strandline.version;

/** Which pipeline runs on a branch whose head is given a version that another one wrote. */
public enum PipelineChoice {
    /** The branch's own; for a fork, that of the branch it is made from. */
    CURRENT,
    /** The one the version was written by. */
    SNAPSHOT
}
