package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs retention works on: all that are not in the trash. */
@Component
public final class LiveJobs {

    private static final int PAGE = 500;

    private final Catalog catalog;

    LiveJobs(Catalog catalog) {
        this.catalog = catalog;
    }

    /** All of them, newest first. */
    public List<Job> all() {
        List<Job> all = new ArrayList<>();
        List<Job> page;
        String before = null;
        do {
            page = catalog.jobs(false, before, PAGE);
            all.addAll(page);
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return all;
    }

    /**
     * Those of the names, all for null.
     *
     * @throws StrandlineException {@code job-not-found}
     */
    public List<Job> named(@Nullable List<String> names) {
        return names == null
                ? all()
                : names.stream().distinct().map(this::named).toList();
    }

    /** Those a policy of this level rules: one job, or all for null. */
    public List<Job> under(@Nullable String jobId) {
        return jobId == null
                ? all()
                : catalog.job(jobId).filter(job -> job.trashed() == null).stream()
                        .toList();
    }

    private Job named(String name) {
        return catalog.jobNamed(name)
                .filter(job -> job.trashed() == null)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.JOB_NOT_FOUND, "There is no job " + name + "; list them with GET /api/v1/jobs."));
    }
}
