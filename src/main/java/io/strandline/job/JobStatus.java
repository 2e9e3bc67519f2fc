package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Job;
import io.strandline.catalog.history.Instance;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is right now on one of its branches.
 *
 * @param instance what runs, null when nothing does
 */
public record JobStatus(
        Job job, Branch branch, JobState state, @Nullable Instance instance) {}
