package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.job.Claim;

/**
 * A branch that is to be made and started, once nothing stands in the way.
 *
 * @param branch the branch as it will be, or as it was made before the server stopped
 * @param request what was asked
 * @param claim the right to do it
 */
public record ForkPlan(Job job, Branch branch, ForkRequest request, Claim claim) {}
