package io.strandline.runner;

/**
 * A branch of a job: where at most one instance runs.
 *
 * @param jobId the job's id
 * @param branch the branch's name
 */
public record BranchRef(String jobId, String branch) {}
