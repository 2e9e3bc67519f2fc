package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Job;
import io.strandline.catalog.SinkChoice;
import io.strandline.pipeline.StateSpec;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.FailureCause;
import io.strandline.runner.Instances;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.SnapshotKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts and stops jobs. Each verb is accepted first (a {@link Claim} is taken or the refusal thrown), then done on the
 * thread of an operation.
 */
@Component
public final class Lifecycle {

    private static final int MOST_SUBTASKS = 16;

    private final Catalog catalog;
    private final Supervisors supervisors;
    private final StartChecks checks;
    private final Instances instances;

    Lifecycle(Catalog catalog, Supervisors supervisors, StartChecks checks, Instances instances) {
        this.catalog = catalog;
        this.supervisors = supervisors;
        this.checks = checks;
        this.instances = instances;
    }

    /** Takes a branch for a verb of another room that may last. */
    public Claim claim(Job job, String branch, String verb) {
        return supervisor(job, branch).claim(verb, false);
    }

    /** Takes a branch that is yet to be made, so that nobody else makes it meanwhile. */
    public Claim claimNew(Job job, String branch) {
        return supervisors.of(new BranchRef(job.id(), branch)).claim("fork", false);
    }

    /**
     * Refuses a start that could not come about on a branch that is yet to be made.
     *
     * @param branch as it will be
     * @param pointer where the start stands in the request
     * @throws StrandlineException what {@link #acceptStart} and {@link #start} would refuse
     */
    public void checkFork(Branch branch, StartRequest request, String pointer) {
        check(request, pointer);
        checks.prepare(new BranchRef(branch.jobId(), branch.name()), launch(branch, request, pointer));
    }

    /**
     * Accepts a start.
     *
     * @throws StrandlineException {@code already-running}, {@code operation-in-progress}, {@code job-trashed},
     *     {@code invalid-body}, {@code sink-choice-required}
     */
    public Claim acceptStart(Job job, String branch, StartRequest request) {
        check(request, "");
        sinks(branch(job.id(), branch), request, "");
        BranchSupervisor supervisor = supervisor(job, branch);
        refuseWhenRunning(job, supervisor);
        Claim claim = supervisor.claim("start", true);
        try {
            refuseWhenRunning(job, supervisor);
            instances.announce(supervisor.on());
            supervisor.expectStart();
            return claim;
        } catch (StrandlineException e) {
            claim.close();
            throw e;
        }
    }

    /** Starts what was accepted, and returns when it reads records. Closes the claim as soon as the runner has it. */
    public void start(Claim claim, StartRequest request, Cause cause) {
        start(claim, () -> launch(branch(claim.on().jobId(), claim.on().branch()), request, ""), cause);
    }

    /** Starts what the server stopped beneath while somebody waited for its start; else as {@link #start}. */
    public void startAgain(Claim claim, Cause cause) {
        start(claim, () -> claim.continuation(Launch.START), cause);
    }

    private void start(Claim claim, Supplier<Launch> launch, Cause cause) {
        BranchSupervisor supervisor = claim.supervisor();
        Run run;
        try (claim) {
            run = supervisor.launch(launch.get(), cause, List::of);
        }
        run.awaitStart(claim.givenUp()).ifPresent(end -> {
            conclude(supervisor);
            throw Aftermath.neverRan(end, claim.givenUp().getAsBoolean());
        });
    }

    private static void conclude(BranchSupervisor supervisor) {
        try (Claim again = supervisor.claim("start", true)) {
            again.supervisor().concludeIfOver();
        }
    }

    /**
     * Accepts a stop.
     *
     * @throws StrandlineException {@code not-running}, {@code operation-in-progress}, {@code job-trashed}
     */
    public Claim acceptStop(Job job, String branch) {
        BranchSupervisor supervisor = supervisor(job, branch);
        Claim claim = supervisor.claim("stop", false);
        if (!claim.wanted()) {
            claim.close();
            throw new StrandlineException(
                    ErrorCode.NOT_RUNNING, "Job " + job.name() + " does not run on branch " + branch + ".");
        }
        return claim;
    }

    /** Stops what was accepted. A job that only waits for its next restart stops without a snapshot. */
    public void stop(Claim claim, StopMode mode, Cause cause) {
        try (claim) {
            BranchSupervisor supervisor = claim.supervisor();
            supervisor.whileStopping(() -> lastSnapshot(supervisor, mode, cause));
            supervisor.concludeIfOver();
            if (claim.wanted()) {
                String because = mode == StopMode.CANCEL ? "CANCELLED" : "STOPPED";
                supervisor.stop(because, Branch.Desired.STOPPED, cause, List::of);
            }
        }
    }

    /**
     * Ends what the server stopped beneath in the middle of a stop. Nothing runs that could take a last snapshot, so the job
     * stops at its newest version, as one that waits for its next restart; one that is to be drained has to run again first,
     * unless it was.
     */
    public void stopAfterRestart(Claim claim, StopMode mode, Cause cause) {
        try (claim) {
            List<Change> drained =
                    mode == StopMode.DRAIN ? claim.supervisor().crew().book().drained(claim.on()) : List.of();
            if (mode == StopMode.DRAIN && drained.isEmpty()) {
                claim.start(claim.continuation(Launch.RECOVERY), cause, List::of);
                stop(claim, mode, cause);
            } else {
                claim.stop("STOPPED", Branch.Desired.STOPPED, cause, () -> drained);
            }
        }
    }

    /** Takes the snapshot a stop begins with; throws when there is none, and then nothing was stopped. */
    void lastSnapshot(BranchSupervisor supervisor, StopMode mode, Cause cause) {
        RunningInstance instance = supervisor.instance().orElse(null);
        if (instance == null || mode == StopMode.CANCEL) {
            return;
        }
        String requestId = cause.operationId() == null ? "" : cause.operationId();
        CheckpointOutcome outcome = mode == StopMode.DRAIN
                ? instance.drain().join()
                : instance.checkpoint(new CheckpointRequest(requestId, SnapshotKind.FINAL, null, null))
                        .join();
        boolean finished = supervisor
                .run()
                .map(run -> mode == StopMode.DRAIN && outcome instanceof CheckpointOutcome.Completed
                        ? run.ended().join()
                        : run.ended().getNow(new Run.End.Cancelled()))
                .filter(Run.End.Finished.class::isInstance)
                .isPresent();
        if (!finished) {
            requireCompleted(outcome);
        }
    }

    private static void requireCompleted(CheckpointOutcome outcome) {
        if (outcome instanceof CheckpointOutcome.Failed failed) {
            FailureCause cause = failed.cause();
            ErrorCode code = ErrorCode.ofWireName(cause.code()).orElse(ErrorCode.ENGINE_FAILED);
            throw new StrandlineException(code, "The last snapshot failed, so the job runs on: " + cause.detail());
        }
        if (outcome instanceof CheckpointOutcome.Declined declined) {
            throw new StrandlineException(
                    ErrorCode.CHECKPOINT_ABORTED,
                    "The last snapshot was not taken, so the job was not stopped: " + declined.reason());
        }
        if (outcome instanceof CheckpointOutcome.Unknown unknown) {
            throw new StrandlineException(
                    ErrorCode.COMMIT_UNKNOWN,
                    "Nobody can tell yet whether the last snapshot is complete: " + unknown.cause());
        }
    }

    /** How a branch starts as somebody asks, from where it is. */
    private Launch launch(Branch branch, StartRequest request, String pointer) {
        boolean empty = request.fromNothing();
        return new Launch(
                Launch.START,
                pipelineVersion(branch, request),
                request.parallelism(),
                request.backend(),
                empty ? null : branch.head(),
                empty ? List.of() : branch.line(),
                request.dropsState(),
                sinks(branch, request, pointer));
    }

    private static int pipelineVersion(Branch branch, StartRequest request) {
        Integer version = request.pipelineVersion();
        return version == null ? branch.pipelineVersion() : version;
    }

    /** Where sinks write once the branch is started as asked. */
    private Map<String, SinkChoice> sinks(Branch branch, StartRequest request, String pointer) {
        if (branch.forkedFrom() == null) {
            refuseSinks(request);
            return branch.sinks();
        }
        String document =
                checks.document(new BranchRef(branch.jobId(), branch.name()), pipelineVersion(branch, request));
        SinkChoices choices = new SinkChoices(checks.parse(document).document(), pointer + "/sinks");
        Map<String, SinkChoice> chosen = choices.with(branch.sinks(), request.sinksOrNone(), request.reason());
        choices.refuseMissing(chosen);
        return chosen;
    }

    private static void refuseSinks(StartRequest request) {
        if (!request.sinksOrNone().isEmpty()) {
            throw invalid("/sinks", "main writes where its pipeline says; change the pipeline instead.");
        }
    }

    private BranchSupervisor supervisor(Job job, String branch) {
        if (job.trashed() != null) {
            throw new StrandlineException(
                    ErrorCode.JOB_TRASHED,
                    "Job " + job.name() + " is in the trash; bring it back with POST /api/v1/jobs/" + job.name()
                            + "/undelete.");
        }
        branch(job.id(), branch);
        return supervisors.of(new BranchRef(job.id(), branch));
    }

    private Branch branch(String jobId, String name) {
        return catalog.branch(jobId, name)
                .orElseThrow(() ->
                        new StrandlineException(ErrorCode.BRANCH_NOT_FOUND, "The job has no branch " + name + "."));
    }

    private static void refuseWhenRunning(Job job, BranchSupervisor supervisor) {
        supervisor.run().ifPresent(run -> {
            throw Problem.of(
                            ErrorCode.ALREADY_RUNNING,
                            "Job " + job.name() + " runs on branch "
                                    + supervisor.on().branch() + " already.")
                    .withBlockers(List.of(new Blocker(
                            "instance",
                            run.spec().instanceId(),
                            "it runs since epoch " + run.spec().epoch(),
                            null,
                            Claim.stopHref(job.name(), supervisor.on().branch()))))
                    .asException();
        });
        if (supervisor.wanted()) {
            throw new StrandlineException(
                    ErrorCode.ALREADY_RUNNING, "Job " + job.name() + " is being restarted; stop it first.");
        }
    }

    private static void check(StartRequest request, String pointer) {
        Integer parallelism = request.parallelism();
        if (parallelism != null && (parallelism < 1 || parallelism > MOST_SUBTASKS)) {
            throw invalid(
                    pointer + "/parallelism", "parallelism is " + parallelism + "; use 1 to " + MOST_SUBTASKS + ".");
        }
        String backend = request.backend();
        if (backend != null && !isBackend(backend)) {
            throw invalid(pointer + "/backend", "'" + backend + "' is no backend; use memory, filesystem or rocksdb.");
        }
    }

    private static boolean isBackend(@Nullable String name) {
        return Arrays.stream(StateSpec.Backend.values())
                .anyMatch(backend -> backend.wireName().equals(name));
    }

    private static StrandlineException invalid(String pointer, String detail) {
        return Problem.of(ErrorCode.INVALID_BODY, detail)
                .withError(pointer, detail)
                .asException();
    }
}
