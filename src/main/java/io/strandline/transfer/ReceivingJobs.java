package io.strandline.transfer;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.JobChange.PipelineVersionChosen;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.JobPipelines;
import io.strandline.job.Jobs;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where versions from elsewhere go: into a job that can run them, or into one made of the pipeline they bring. */
@Component
final class ReceivingJobs {

    private final NamedJobs named;
    private final Catalog catalog;
    private final Jobs jobs;
    private final JobPipelines pipelines;
    private final Ledger ledger;
    private final Clock clock;

    ReceivingJobs(NamedJobs named, Catalog catalog, Jobs jobs, JobPipelines pipelines, Ledger ledger, Clock clock) {
        this.named = named;
        this.catalog = catalog;
        this.jobs = jobs;
        this.pipelines = pipelines;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Refuses what could not go anywhere, before any of it is read.
     *
     * @throws StrandlineException {@code job-not-found}, {@code job-trashed}, {@code branch-not-found}
     */
    void requirePossible(ImportRequest request) {
        Optional<Job> job = find(request);
        if (job.isPresent()) {
            branch(job.get(), request.branch());
        } else if (!request.branch().equals(Branch.MAIN)) {
            throw new StrandlineException(
                    ErrorCode.BRANCH_NOT_FOUND,
                    "A new job has the branch main only, not '" + request.branch() + "'; leave branch out.");
        }
    }

    /**
     * Checks whether a version can go there, and changes nothing.
     *
     * @throws StrandlineException {@code incompatible-state}, {@code invalid-pipeline}, {@code invalid-archive} when there is
     *     no pipeline to make the job of, and what {@link #requirePossible} throws
     */
    PipelineDocument check(ImportRequest request, Manifest version) {
        requirePossible(request);
        Optional<Job> job = find(request);
        PipelineDocument current = job.map(found -> current(found, request)).orElse(null);
        if (current != null) {
            pipelines.refuseIncompatible(version, current);
        }
        PipelineDocument own = own(request, version, current);
        pipelines.refuseIncompatible(version, own);
        return own;
    }

    /** The job's id, null when it is yet to be made. */
    @Nullable
    String idOf(ImportRequest request) {
        return find(request).map(Job::id).orElse(null);
    }

    /** Makes the job if there is none yet, keeps the pipeline among the job's, and says which number it has there. */
    Destination settle(ImportRequest request, PipelineDocument document, Cause cause) {
        Optional<Job> there = find(request);
        if (there.isEmpty()) {
            return new Destination(jobs.submit(document, cause), 1, true);
        }
        Job job = there.get();
        return new Destination(job, keep(job, request.branch(), document, cause), false);
    }

    /** Purges a job that was made for a version which never came, unless somebody has begun to use it. */
    void takeBack(String jobId, Cause cause) {
        ledger.change(new OfJob(jobId), cause, changes -> {
            boolean unused = catalog.job(jobId).isPresent()
                    && catalog.newestPipeline(jobId) == 1
                    && catalog.branches(jobId).stream().allMatch(ReceivingJobs::unused);
            if (unused) {
                changes.record(new JobPurged(jobId));
            }
            return unused;
        });
    }

    private static boolean unused(Branch branch) {
        return branch.head() == null && branch.epoch() == 0 && branch.desired() == Branch.Desired.STOPPED;
    }

    private int keep(Job job, String branchName, PipelineDocument document, Cause cause) {
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            String text = document.toJson();
            int newest = catalog.newestPipeline(job.id());
            Branch branch = branch(job, branchName);
            return IntStream.rangeClosed(1, newest)
                    .filter(version -> catalog.pipeline(job.id(), version)
                            .map(PipelineVersion::document)
                            .filter(text::equals)
                            .isPresent())
                    .max()
                    .orElseGet(() -> {
                        int next = newest + 1;
                        changes.record(new PipelineVersionAdded(job.id(), branchName, next, text, clock.instant()));
                        changes.record(new PipelineVersionChosen(job.id(), branchName, branch.pipelineVersion()));
                        return next;
                    });
        });
    }

    private PipelineDocument own(ImportRequest request, Manifest version, @Nullable PipelineDocument current) {
        String text = version.pipeline();
        if (text != null) {
            PipelineDocument read =
                    pipelines.check(text, Pipelines.Syntax.JSON).document().named(request.job());
            return pipelines.check(read.toJson(), Pipelines.Syntax.JSON).document();
        }
        if (current == null) {
            throw new StrandlineException(
                    ErrorCode.INVALID_ARCHIVE,
                    "The version brings no pipeline along to make a job of; submit the job first.");
        }
        return current;
    }

    private PipelineDocument current(Job job, ImportRequest request) {
        String text = pipelines.current(job, request.branch()).document();
        return pipelines.check(text, Pipelines.Syntax.JSON).document();
    }

    private Optional<Job> find(ImportRequest request) {
        if (request.create() && catalog.jobNamed(request.job()).isEmpty()) {
            return Optional.empty();
        }
        if (catalog.jobNamed(request.job()).isEmpty()) {
            throw new StrandlineException(
                    ErrorCode.JOB_NOT_FOUND,
                    "There is no job '" + request.job() + "'; send create=true to make it of the archive's pipeline.");
        }
        return Optional.of(named.live(request.job()));
    }

    private Branch branch(Job job, String name) {
        return catalog.branch(job.id(), name)
                .filter(branch -> branch.trashed() == null)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + name + "'."));
    }

    /**
     * A job that a version goes to.
     *
     * @param pipelineVersion the version's pipeline, by its number in the job
     * @param created whether the job was made for it
     */
    record Destination(Job job, int pipelineVersion, boolean created) {}
}
