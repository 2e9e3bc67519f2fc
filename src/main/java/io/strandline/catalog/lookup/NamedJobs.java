package io.strandline.catalog.lookup;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds jobs by the names in paths. */
@Component
public final class NamedJobs {

    private final Catalog catalog;

    NamedJobs(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A job by name, in the trash or not.
     *
     * @throws StrandlineException {@code job-not-found}
     */
    public Job named(String name) {
        return catalog.jobNamed(name)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.JOB_NOT_FOUND,
                        "There is no job '" + name + "'; list the jobs with GET /api/v1/jobs."));
    }

    /**
     * A job that is not in the trash, by name.
     *
     * @throws StrandlineException {@code job-not-found}, {@code job-trashed}
     */
    public Job live(String name) {
        Job job = named(name);
        if (job.trashed() != null) {
            throw new StrandlineException(
                    ErrorCode.JOB_TRASHED,
                    "Job " + name + " is in the trash; bring it back with POST /api/v1/jobs/" + name + "/undelete.");
        }
        return job;
    }

    /** The name of a job that is not purged, by its id. */
    public Optional<String> nameOf(String jobId) {
        return catalog.job(jobId).map(Job::name);
    }

    /**
     * A branch of a job, by name.
     *
     * @throws StrandlineException {@code branch-not-found}
     */
    public Branch branch(Job job, String name) {
        return catalog.branch(job.id(), name)
                .filter(branch -> branch.trashed() == null)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + name + "'."));
    }
}
