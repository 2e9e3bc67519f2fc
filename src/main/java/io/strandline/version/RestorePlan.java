package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.job.Claim;
import io.strandline.snapshot.Manifest;

/**
 * A restore that nothing stands in the way of.
 *
 * @param job the job
 * @param branch the branch as it was when the restore was accepted
 * @param target the version to bring back
 * @param manifest its content
 * @param pipelineVersion the pipeline that runs from then on
 * @param request what was asked
 * @param claim the right to do it
 */
public record RestorePlan(
        Job job,
        Branch branch,
        Snapshot target,
        Manifest manifest,
        int pipelineVersion,
        RestoreRequest request,
        Claim claim) {}
