package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.JobChange.PipelineVersionChosen;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.Snapshot;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.CompatibilityReport;
import io.strandline.snapshot.Manifest;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** The pipelines of jobs: checking a document, reading what runs, and putting another in its place. */
@Component
public final class JobPipelines {

    private final Pipelines pipelines;
    private final StartChecks checks;
    private final Catalog catalog;
    private final Supervisors supervisors;
    private final Lifecycle lifecycle;
    private final Clock clock;

    JobPipelines(
            Pipelines pipelines,
            StartChecks checks,
            Catalog catalog,
            Supervisors supervisors,
            Lifecycle lifecycle,
            Clock clock) {
        this.pipelines = pipelines;
        this.checks = checks;
        this.catalog = catalog;
        this.supervisors = supervisors;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    /**
     * Reads and checks a document, its connectors included.
     *
     * @throws StrandlineException {@code malformed-body}, {@code invalid-pipeline} or {@code not-supported} with a pointer
     *     for each mistake
     */
    public CheckedPipeline check(String text, Pipelines.Syntax syntax) {
        CheckedPipeline checked = pipelines.read(text, syntax);
        checks.refuseUnusable(checked.document());
        return checked;
    }

    /**
     * A new pipeline document for a branch, checked, not saved yet.
     *
     * @param branch the branch
     * @param document what is to run
     * @param current what it would replace
     * @param compatibility what becomes of the head's state
     * @param allowDroppedState whether state may be lost
     */
    public record PipelineChange(
            String branch,
            PipelineDocument document,
            PipelineVersion current,
            CompatibilityReport compatibility,
            boolean allowDroppedState) {

        /** Whether anything would change. */
        public boolean changes() {
            return !document.toJson().equals(current.document());
        }
    }

    /** The JSON Schema of documents. */
    public String schema() {
        return pipelines.schema();
    }

    /** What a branch runs. */
    public PipelineVersion current(Job job, String branch) {
        return checks.pipeline(job, branch(job, branch).pipelineVersion());
    }

    /**
     * A job's pipeline of some version.
     *
     * @throws StrandlineException {@code pipeline-version-not-found}
     */
    public PipelineVersion version(Job job, int number) {
        return checks.pipeline(job, number);
    }

    /**
     * Checks a document that is to take the place of a branch's.
     *
     * @throws StrandlineException {@code invalid-pipeline} when it is not sound, or has another name or number of key groups
     */
    public PipelineChange propose(Job job, String branchName, PipelineDocument document, boolean allowDroppedState) {
        Branch branch = branch(job, branchName);
        PipelineVersion current = checks.pipeline(job, branch.pipelineVersion());
        PipelineDocument before = checks.parse(current.document()).document();
        if (!document.name().equals(job.name())) {
            throw invalid("/name", "The document is named '" + document.name() + "', the job '" + job.name() + "'.");
        }
        if (document.maxParallelism() != before.maxParallelism()) {
            throw invalid(
                    "/maxParallelism",
                    "maxParallelism is " + before.maxParallelism() + " for the job's life, not "
                            + document.maxParallelism() + ".");
        }
        CompatibilityReport report = branch.head() == null
                ? new CompatibilityReport(List.of())
                : catalog.snapshot(branch.head())
                        .map(head -> checks.compatibility(head, document.toJson()))
                        .orElse(new CompatibilityReport(List.of()));
        return new PipelineChange(branchName, document, current, report, allowDroppedState);
    }

    /**
     * Saves a proposed document; what runs goes on with the old one until it is started anew.
     *
     * @throws StrandlineException {@code incompatible-state}, {@code operation-in-progress}, {@code conflict}
     */
    public PipelineVersion save(Job job, PipelineChange change, Cause cause) {
        StartChecks.refuseIncompatible(change.compatibility(), change.allowDroppedState());
        BranchSupervisor supervisor = supervisors.of(new BranchRef(job.id(), change.branch()));
        try (Claim claim = supervisor.claim("pipeline change", true)) {
            refuseOutdated(job, change);
            if (change.changes()) {
                supervisor.record(cause, List.of(added(job, change)));
            }
            return current(job, claim.on().branch());
        }
    }

    /**
     * Accepts a change that restarts the job.
     *
     * @throws StrandlineException {@code incompatible-state}, {@code operation-in-progress}, {@code job-trashed}, {@code
     *     sink-choice-required} for a sink that a forked branch does not have yet
     */
    public Claim acceptReplacement(Job job, PipelineChange change) {
        StartChecks.refuseIncompatible(change.compatibility(), change.allowDroppedState());
        Branch branch = branch(job, change.branch());
        if (branch.forkedFrom() != null) {
            new SinkChoices(change.document(), "/sinks").refuseMissing(branch.sinks());
        }
        return lifecycle.claim(job, change.branch(), "pipeline change");
    }

    /**
     * Stops the job with a snapshot and starts it with the new document; if it does not come up, the old one runs again.
     *
     * @throws StrandlineException why it did not come up
     */
    public PipelineVersion replace(Claim claim, Job job, PipelineChange change, Cause cause) {
        try (claim) {
            refuseOutdated(job, change);
            BranchSupervisor supervisor = claim.supervisor();
            boolean ran = claim.wanted();
            supervisor.whileStopping(() -> lifecycle.lastSnapshot(supervisor, StopMode.SNAPSHOT, cause));
            supervisor.concludeIfOver();
            claim.stop(Launch.PIPELINE, null, cause, () -> change.changes() ? List.of(added(job, change)) : List.of());
            return start(claim, job, Replacement.by(change), ran, cause);
        }
    }

    /**
     * A document that is saved in another's place and has yet to be started.
     *
     * @param branch the branch
     * @param replaced the version that it ran before
     * @param allowDroppedState whether state may be lost
     */
    public record Replacement(String branch, int replaced, boolean allowDroppedState) {

        private static Replacement by(PipelineChange change) {
            return new Replacement(change.branch(), change.current().version(), change.allowDroppedState());
        }
    }

    /**
     * Goes on where the server stopped in the middle of {@link #replace}, once the document was saved.
     *
     * @throws StrandlineException why it did not come up
     */
    public PipelineVersion replaceAfterRestart(Claim claim, Job job, Replacement saved, Cause cause) {
        try (claim) {
            boolean ran = branch(job, saved.branch()).desired() == Branch.Desired.RUNNING;
            return start(claim, job, saved, ran, cause);
        }
    }

    private PipelineVersion start(Claim claim, Job job, Replacement saved, boolean ran, Cause cause) {
        try {
            claim.start(next(job, saved), cause, List::of);
        } catch (StrandlineException e) {
            goBack(claim, saved, ran, cause);
            throw e;
        }
        return current(job, saved.branch());
    }

    /** What becomes of each state of a version under a job's pipeline of some version. */
    public CompatibilityReport compatibility(Job job, Snapshot version, int pipelineVersion) {
        return checks.compatibility(
                version, checks.pipeline(job, pipelineVersion).document());
    }

    /**
     * Refuses a version from elsewhere that a document cannot go on from.
     *
     * @throws StrandlineException {@code incompatible-state}
     */
    public void refuseIncompatible(Manifest version, PipelineDocument document) {
        int keyGroups = version.content().maxParallelism();
        if (document.maxParallelism() != keyGroups) {
            throw new StrandlineException(
                    ErrorCode.INCOMPATIBLE_STATE,
                    "The version has " + keyGroups + " key groups, the pipeline has a maxParallelism of "
                            + document.maxParallelism() + "; both have to be the same.");
        }
        StartChecks.refuseIncompatible(checks.compatibility(version, document.toJson()), false);
    }

    private Launch next(Job job, Replacement saved) {
        Branch branch = branch(job, saved.branch());
        return new Launch(
                Launch.PIPELINE,
                branch.pipelineVersion(),
                null,
                null,
                branch.head(),
                branch.line(),
                saved.allowDroppedState(),
                null);
    }

    private static void goBack(Claim claim, Replacement saved, boolean ran, Cause cause) {
        claim.giveUpWhen(() -> false);
        BranchRef on = claim.on();
        int version = saved.replaced();
        List<io.strandline.catalog.Change> back = List.of(new PipelineVersionChosen(on.jobId(), on.branch(), version));
        if (!ran) {
            claim.supervisor().record(cause, back);
            return;
        }
        Launch again = claim.continuation(Launch.PIPELINE);
        Launch old = new Launch(Launch.PIPELINE, version, null, null, again.from(), again.line(), true, null);
        claim.start(old, cause, () -> back);
    }

    private PipelineVersionAdded added(Job job, PipelineChange change) {
        return new PipelineVersionAdded(
                job.id(),
                change.branch(),
                catalog.newestPipeline(job.id()) + 1,
                change.document().toJson(),
                clock.instant());
    }

    private void refuseOutdated(Job job, PipelineChange change) {
        int now = branch(job, change.branch()).pipelineVersion();
        if (now != change.current().version()) {
            throw new StrandlineException(
                    ErrorCode.CONFLICT,
                    "The pipeline was changed meanwhile: version " + now + " has replaced "
                            + change.current().version() + ".");
        }
    }

    private Branch branch(Job job, String name) {
        return catalog.branch(job.id(), name)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + name + "'."));
    }

    private static StrandlineException invalid(String pointer, String detail) {
        return Problem.of(ErrorCode.INVALID_PIPELINE, detail)
                .withError(pointer, detail)
                .asException();
    }
}
