package io.strandline.checkpoint;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.RefNames;
import io.strandline.checkpoint.PendingRequests.Pending;
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
import io.strandline.storage.Admission;
import io.strandline.storage.StorageFullException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checkpoints: asking for one, and every attempt with its phases, failures included. */
@Component
public final class Checkpoints {

    private final Catalog catalog;
    private final Instances instances;
    private final PendingRequests requests;
    private final AttemptBook book;
    private final RefPlacement refs;
    private final Admission disk;

    Checkpoints(
            Catalog catalog,
            Instances instances,
            PendingRequests requests,
            AttemptBook book,
            RefPlacement refs,
            Admission disk) {
        this.disk = disk;
        this.catalog = catalog;
        this.instances = instances;
        this.requests = requests;
        this.book = book;
        this.refs = refs;
    }

    /**
     * Refuses a request that could not be met: nothing runs nor is about to, two wait already, or its tag is taken.
     *
     * @return the branch it is about
     * @throws StrandlineException {@code not-running}, {@code snapshot-queue-full}, {@code invalid-name},
     *     {@code tag-exists}, {@code name-taken}, {@code not-durable}, {@code branch-not-found}, {@code job-trashed},
     *     {@code storage-full}
     */
    public BranchRef accept(Job job, SnapshotRequest request) {
        Snapshots.refuseTrashed(job);
        BranchRef on = new BranchRef(job.id(), request.branchOr(Branch.MAIN));
        if (catalog.branch(on.jobId(), on.branch()).isEmpty()) {
            throw new StrandlineException(
                    ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + on.branch() + "'.");
        }
        refuseFields(request);
        String tag = request.tag();
        if (tag != null) {
            RefNames.check(tag, "/tag");
            refs.refuseTaken(job.id(), tag);
        }
        CompletableFuture<Optional<RunningInstance>> coming = instances.awaited(on);
        Optional<RunningInstance> here = coming.getNow(Optional.empty());
        if (coming.isDone() && here.isEmpty()) {
            throw notRunning(on);
        }
        if ((tag != null || request.hold() != null)
                && here.map(RunningInstance::backend).filter("memory"::equals).isPresent()) {
            throw new StrandlineException(
                    ErrorCode.NOT_DURABLE,
                    "Versions of the memory backend are gone with the process; take it without tag and hold.");
        }
        requests.refuseWhenFull(on);
        refuseWithoutRoom();
        return on;
    }

    private void refuseWithoutRoom() {
        try {
            disk.admit();
        } catch (StorageFullException e) {
            throw new StrandlineException(
                    ErrorCode.STORAGE_FULL, "No snapshot can be taken: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Takes the snapshot and waits for it, also while the job is still starting.
     *
     * @param requestId the operation's id
     * @throws StrandlineException why it is no version
     */
    public Snapshot take(BranchRef on, SnapshotRequest request, String requestId, Cause cause) {
        Pending pending = requests.add(requestId, on, request, cause);
        try {
            RunningInstance instance = instances.awaited(on).join().orElseThrow(() -> notRunning(on));
            CheckpointOutcome outcome = instance.checkpoint(
                            new CheckpointRequest(requestId, SnapshotKind.MANUAL, request.mode(), request.timeout()))
                    .join();
            Snapshot version = version(outcome);
            pending.refused().ifPresent(why -> {
                throw Problem.of(
                                why.code(),
                                "Version " + version.number() + " was taken, but without its tag and hold: "
                                        + why.problem().detail())
                        .asException(why);
            });
            return version;
        } finally {
            requests.remove(requestId);
        }
    }

    /** Takes a snapshot before something dangerous; tells why not rather than throwing. */
    public CheckpointOutcome takeSafety(RunningInstance instance, String requestId) {
        return instance.checkpoint(new CheckpointRequest(requestId, SnapshotKind.SAFETY, null, null))
                .join();
    }

    /** Attempts, newest number first, of one branch and state when given. */
    public List<CheckpointAttempt> attempts(
            Job job, @Nullable String branch, @Nullable String state, @Nullable Long before, int limit) {
        return book.list(job.id(), branch, state, before, limit).stream()
                .map(entry -> attempt(job, entry))
                .toList();
    }

    /**
     * One attempt.
     *
     * @throws StrandlineException {@code checkpoint-not-found}
     */
    public CheckpointAttempt attempt(Job job, long number) {
        return book.find(job.id(), number)
                .map(entry -> attempt(job, entry))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.CHECKPOINT_NOT_FOUND,
                        "Nothing is known of an attempt " + number + " of job " + job.name()
                                + "; figures are kept for the newest attempts only."));
    }

    private CheckpointAttempt attempt(Job job, AttemptBook.Entry entry) {
        Snapshot version = catalog.snapshot(job.id(), entry.report().number()).orElse(null);
        return new CheckpointAttempt(entry.on().branch(), entry.instanceId(), entry.report(), version);
    }

    private Snapshot version(CheckpointOutcome outcome) {
        if (outcome instanceof CheckpointOutcome.Completed completed) {
            return catalog.snapshot(completed.id())
                    .orElseThrow(() -> new StrandlineException(
                            ErrorCode.CATALOG_UNAVAILABLE,
                            "Version " + completed.number() + " is committed, but the catalog does not show it yet."));
        }
        if (outcome instanceof CheckpointOutcome.Failed failed) {
            FailureCause cause = failed.cause();
            ErrorCode code = ErrorCode.ofWireName(cause.code()).orElse(ErrorCode.ENGINE_FAILED);
            throw new StrandlineException(code, "Attempt " + failed.number() + " failed: " + cause.detail());
        }
        if (outcome instanceof CheckpointOutcome.Declined declined) {
            throw new StrandlineException(ErrorCode.CHECKPOINT_ABORTED, "No attempt was made: " + declined.reason());
        }
        throw new StrandlineException(
                ErrorCode.COMMIT_UNKNOWN, "Nobody can tell yet whether the version is complete: " + outcome);
    }

    private static void refuseFields(SnapshotRequest request) {
        Snapshots.checkLabels(request.labelsOrNone(), "/labels");
        Duration timeout = request.timeout();
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            String detail = "timeout is " + timeout + "; use a positive duration such as PT1M.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/timeout", detail)
                    .asException();
        }
    }

    private static StrandlineException notRunning(BranchRef on) {
        return new StrandlineException(
                ErrorCode.NOT_RUNNING,
                "Nothing runs on branch " + on.branch() + ", so there is nothing to take a snapshot of.");
    }
}
