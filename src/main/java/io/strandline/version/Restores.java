package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.checkpoint.Checkpoints;
import io.strandline.job.Claim;
import io.strandline.job.JobPipelines;
import io.strandline.job.Launch;
import io.strandline.job.Lifecycle;
import io.strandline.operation.Work.Course;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.OutputMove;
import io.strandline.runner.OutputStore;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import io.strandline.version.RestoreRequest.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings versions back, all or nothing: whatever can refuse is checked before the running instance is touched, and when
 * the new start fails the head, the pipeline and the old instance come back.
 */
@Component
public final class Restores {

    private final Catalog catalog;
    private final Lookups lookups;
    private final Lifecycle lifecycle;
    private final JobPipelines pipelines;
    private final Checkpoints checkpoints;
    private final HeadMoves moves;

    Restores(
            Catalog catalog,
            Lookups lookups,
            Lifecycle lifecycle,
            JobPipelines pipelines,
            Checkpoints checkpoints,
            HeadMoves moves) {
        this.catalog = catalog;
        this.lookups = lookups;
        this.lifecycle = lifecycle;
        this.pipelines = pipelines;
        this.checkpoints = checkpoints;
        this.moves = moves;
    }

    /** What finds versions and compares heads. */
    @Component
    record Lookups(
            Revisions revisions,
            StoredVersions stored,
            HeadChecks heads,
            DamageFlags damage,
            OutputStore outputs,
            PipelineChoices choices) {}

    /**
     * Accepts a restore once nothing stands in its way, or refuses it with nothing touched. From then on the target is held
     * for the operation that is to do it.
     *
     * @throws StrandlineException {@code head-moved}, {@code not-an-ancestor}, {@code damaged}, {@code snapshot-lost},
     *     {@code pipeline-choice-required}, {@code incompatible-state}, {@code operation-in-progress}, …
     */
    public RestorePlan accept(Job job, RestoreRequest request, String operationId, Cause cause) {
        String branchName = request.branchOrMain();
        Snapshot target = lookups.revisions().usable(job, request.to(), branchName);
        Claim claim = lifecycle.claim(job, branchName, "restore");
        try {
            RestorePlan plan = plan(job, request, target, claim);
            claim.check(launch(plan, target.id(), plan.manifest().line(), claim.continuation(Launch.RESTORE)));
            moves.holds().keepFor(operationId, job, target, cause);
            return plan;
        } catch (StrandlineException e) {
            claim.close();
            throw e;
        }
    }

    /**
     * Does it. Closes the claim.
     *
     * @throws StrandlineException why the new start failed; then everything is as it was
     */
    public RestoreOutcome run(RestorePlan plan, Course course) {
        try (Claim claim = plan.claim()) {
            try {
                return restore(plan, claim, course);
            } finally {
                moves.holds().letGo(course.operationId(), plan.job(), course.cause());
            }
        }
    }

    /** Gives back what accepting it took, when the operation will not do it. */
    public void giveUp(RestorePlan plan, String operationId, Cause cause) {
        try (Claim claim = plan.claim()) {
            moves.holds().letGo(operationId, plan.job(), cause);
        }
    }

    private RestoreOutcome restore(RestorePlan plan, Claim claim, Course course) {
        course.stage("safety-snapshot");
        CheckpointOutcome safety = safetySnapshot(plan, claim, course);
        course.checkCancelled();
        course.stage("move-head");
        boolean ran = claim.wanted();
        boolean start = plan.request().start() == null ? ran : plan.request().start();
        Launch last = claim.continuation(Launch.RESTORE);
        HeadMove move = moves.begin(plan);
        try {
            claim.stop(Launch.RESTORE, start ? null : Branch.Desired.STOPPED, course.cause(), move::changes);
            Snapshot head = move.complete(course.cause());
            course.stage("start");
            claim.giveUpWhen(course::cancelRequested);
            List<OutputMove> outputs =
                    start ? claim.start(next(plan, move, last), course.cause(), List::of) : List.of();
            return new RestoreOutcome(plan.target(), move.previousHead(), head, safety, start, outputs);
        } catch (StrandlineException e) {
            throw comeBack(move, claim, ran ? last : null, course.cause(), e);
        }
    }

    private @Nullable CheckpointOutcome safetySnapshot(RestorePlan plan, Claim claim, Course course) {
        return plan.request().wantsSafety()
                ? claim.instance()
                        .map(instance -> checkpoints.takeSafety(instance, course.operationId()))
                        .orElse(null)
                : null;
    }

    private StrandlineException comeBack(
            HeadMove move, Claim claim, @Nullable Launch last, Cause cause, StrandlineException failure) {
        claim.giveUpWhen(() -> false);
        String detail = failure.problem().detail();
        if (last == null) {
            move.undo(cause);
            return failed(failure, detail + " The head is back where it was.");
        }
        try {
            claim.start(move.old(last), cause, move::back);
            return failed(failure, detail + " The head is back and the job runs again as before.");
        } catch (StrandlineException again) {
            move.undo(cause);
            claim.resume();
            again.addSuppressed(failure);
            return failed(
                    again,
                    detail + " The head is back, but the job did not come up again either: "
                            + again.problem().detail());
        }
    }

    private static StrandlineException failed(StrandlineException cause, String detail) {
        Problem problem = cause.problem();
        return new StrandlineException(
                new Problem(
                        problem.code(),
                        detail,
                        problem.errors(),
                        problem.blockers(),
                        problem.currentHead(),
                        problem.retryAfter(),
                        problem.operationId(),
                        problem.extensions()),
                cause);
    }

    private Launch next(RestorePlan plan, HeadMove move, Launch last) {
        Branch now = move.branch();
        return launch(plan, now.head(), now.line(), last);
    }

    /** An accepted restore once more, after the server stopped in it; the head may have been moved before. */
    RestorePlan again(Job job, RestoreRequest request, Snapshot target, boolean moved) {
        Claim claim = lifecycle.claim(job, request.branchOrMain(), "restore");
        try {
            Branch branch = catalog.branch(job.id(), claim.on().branch()).orElseThrow();
            int pipelineVersion = moved
                    ? branch.pipelineVersion()
                    : lookups.choices().choose(job, branch.pipelineVersion(), target, request.pipeline());
            Manifest manifest =
                    lookups.damage().watching(target, () -> lookups.stored().manifest(target));
            return new RestorePlan(job, branch, target, manifest, pipelineVersion, request, claim);
        } catch (StrandlineException e) {
            claim.close();
            throw e;
        }
    }

    static Launch launch(RestorePlan plan, @Nullable SnapshotId from, List<LineSegment> line, Launch last) {
        boolean same = last.pipelineVersion() == plan.pipelineVersion();
        return new Launch(
                Launch.RESTORE,
                plan.pipelineVersion(),
                same ? last.parallelism() : null,
                same ? last.backend() : null,
                from,
                line,
                plan.request().dropsState());
    }

    private RestorePlan plan(Job job, RestoreRequest request, Snapshot target, Claim claim) {
        Branch branch = catalog.branch(job.id(), claim.on().branch()).orElseThrow();
        Revision expected = request.expectedHead();
        if (expected != null) {
            Snapshot head = lookups.revisions().resolve(job, expected, branch.name());
            lookups.heads().refuseMoved(branch, head, claim.instance());
        }
        if (request.mode() == Mode.ROLLBACK) {
            lookups.heads().refuseForeign(job, branch, target);
        }
        int pipelineVersion = lookups.choices().choose(job, branch.pipelineVersion(), target, request.pipeline());
        refuseIrrevocable(job, branch, target, request);
        Manifest manifest =
                lookups.damage().watching(target, () -> lookups.stored().manifest(target));
        return new RestorePlan(job, branch, target, manifest, pipelineVersion, request, claim);
    }

    private void refuseIrrevocable(Job job, Branch branch, Snapshot target, RestoreRequest request) {
        if (request.leavesOutputs() || target.id().equals(branch.head())) {
            return;
        }
        List<String> sinks = lookups.outputs()
                .irrevocableSinks(
                        pipelines.version(job, branch.pipelineVersion()).document());
        if (!sinks.isEmpty()) {
            throw Problem.of(
                            ErrorCode.OUTPUT_NOT_REVERTIBLE,
                            "What " + String.join(", ", sinks) + " has put into a database since version "
                                    + target.number() + " cannot be taken back; send outputs LEAVE to leave it there.")
                    .asException();
        }
    }
}
