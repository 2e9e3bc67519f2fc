package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Hold;
import io.strandline.catalog.JobChange.PipelineVersionChosen;
import io.strandline.catalog.Ledger.Commit;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.job.Launch;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.version.RestoreRequest.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One move of a head, and the way back. A ROLLBACK moves the head to an ancestor and holds the later versions for the undo
 * window; a REVERT commits a new version that names the target's files.
 */
final class HeadMove {

    /** What a move back is called in the reflog. */
    static final String TAKEN_BACK = "TAKEN_BACK";

    private static final Duration UNDO_WINDOW = Duration.ofDays(7);

    private final RestorePlan plan;
    private final HeadMoves with;
    private final List<String> undoHolds = new ArrayList<>();
    private Branch before;

    HeadMove(RestorePlan plan, HeadMoves with) {
        this.plan = plan;
        this.with = with;
        this.before = plan.branch();
    }

    /**
     * What becomes true as the old instance ends; asked once nothing runs any more. A REVERT's pipeline comes with its
     * version, so that head and pipeline move together.
     */
    List<Change> changes() {
        before = branch();
        List<Change> changes = new ArrayList<>();
        if (plan.request().mode() == Mode.ROLLBACK) {
            addRollback(changes);
            if (plan.pipelineVersion() != before.pipelineVersion()) {
                changes.add(new PipelineVersionChosen(before.jobId(), before.name(), plan.pipelineVersion()));
            }
        }
        return changes;
    }

    /** Makes what a REVERT needs besides, and returns the version the head is at. */
    Snapshot complete(Cause cause) {
        if (plan.request().mode() == Mode.ROLLBACK) {
            return plan.target();
        }
        Manifest manifest = restored();
        boolean durable = plan.target().durable();
        CommitResult result = with.ledger()
                .commit(
                        new Commit(
                                completed(manifest, durable),
                                manifest,
                                with.stored().writing(manifest, durable),
                                null),
                        cause);
        if (result instanceof CommitResult.Committed committed) {
            return with.catalog().snapshot(committed.id()).orElse(plan.target());
        }
        throw notCommitted(result);
    }

    /** Where the head was. */
    @Nullable
    Snapshot previousHead() {
        return Optional.ofNullable(before.head())
                .flatMap(with.catalog()::snapshot)
                .orElse(null);
    }

    /** The branch as it is now. */
    Branch branch() {
        return with.catalog()
                .branch(plan.branch().jobId(), plan.branch().name())
                .orElse(plan.branch());
    }

    /** What ran before, from where it was. */
    Launch old(Launch last) {
        boolean fromNothing = last.from() == null;
        return new Launch(
                last.because(),
                last.pipelineVersion(),
                last.parallelism(),
                last.backend(),
                fromNothing ? null : before.head(),
                fromNothing ? List.of() : before.line(),
                true);
    }

    /** What takes the move back. */
    List<Change> back() {
        Branch now = branch();
        List<Change> changes = new ArrayList<>();
        SnapshotId head = now.head();
        if (head != null && !head.equals(before.head())) {
            changes.add(new HeadMoved(
                    now.jobId(), now.name(), head, before.head(), before.headNumber(), before.line(), TAKEN_BACK));
        }
        if (now.pipelineVersion() != before.pipelineVersion()) {
            changes.add(new PipelineVersionChosen(now.jobId(), now.name(), before.pipelineVersion()));
        }
        undoHolds.stream()
                .filter(id -> with.catalog().hold(now.jobId(), id).isPresent())
                .forEach(id -> changes.add(new HoldReleased(now.jobId(), id)));
        return changes;
    }

    /** Takes the move back by itself. */
    void undo(Cause cause) {
        with.ledger().change(new OfJob(before.jobId()), cause, changes -> {
            back().forEach(changes::record);
            return before;
        });
    }

    private void addRollback(List<Change> changes) {
        SnapshotId head = before.head();
        SnapshotId target = plan.target().id();
        List<Snapshot> later = head == null
                ? List.of()
                : with.heads()
                        .after(head, target)
                        .orElseThrow(() -> new StrandlineException(
                                ErrorCode.NOT_AN_ANCESTOR,
                                "Version " + plan.target().number() + " is no ancestor of the head any more."));
        if (later.isEmpty()) {
            return;
        }
        List<LineSegment> line =
                plan.request().leavesOutputs() ? before.line() : plan.manifest().line();
        changes.add(new HeadMoved(
                before.jobId(), before.name(), head, target, plan.target().number(), line, Mode.ROLLBACK.name()));
        later.stream()
                .filter(version -> version.state() == Snapshot.State.COMPLETED)
                .forEach(version -> changes.add(new HoldPlaced(undoHold(version))));
    }

    private Hold undoHold(Snapshot version) {
        Instant now = with.moment().now();
        String id = with.moment().id();
        undoHolds.add(id);
        return new Hold(
                id,
                before.jobId(),
                version.id(),
                Hold.Kind.SYSTEM,
                "undo window of the rollback to version " + plan.target().number(),
                "system",
                "branch:" + before.name(),
                now,
                now.plus(UNDO_WINDOW));
    }

    private Manifest restored() {
        Snapshot target = plan.target();
        SnapshotContent old = plan.manifest().content();
        long number = with.ledger().reserveNumber(before.jobId());
        SnapshotContent content = new SnapshotContent(
                number,
                old.mode(),
                old.backend(),
                old.parallelism(),
                old.maxParallelism(),
                old.sources(),
                old.operators(),
                0);
        Instant now = with.moment().now();
        List<LineSegment> line = new ArrayList<>(
                plan.request().leavesOutputs() ? before.line() : plan.manifest().line());
        line.add(new LineSegment(before.name(), number, number));
        return new Manifest(
                with.moment().ids().nextSnapshotId(),
                before.jobId(),
                plan.job().name(),
                before.name(),
                SnapshotKind.RESTORED,
                before.head(),
                target.id(),
                target.id(),
                0,
                plan.pipelineVersion(),
                now,
                now,
                line,
                content,
                document(),
                null);
    }

    private SnapshotCompleted completed(Manifest manifest, boolean durable) {
        SnapshotContent content = manifest.content();
        return new SnapshotCompleted(
                manifest.id(),
                manifest.jobId(),
                manifest.branch(),
                manifest.number(),
                manifest.kind(),
                content.mode(),
                manifest.parent(),
                manifest.base(),
                manifest.revertsTo(),
                0,
                manifest.pipelineVersion(),
                content.backend(),
                content.parallelism(),
                manifest.startedAt(),
                manifest.completedAt(),
                content.totalBytes(),
                0,
                with.stored().digest(manifest),
                durable,
                Map.of(),
                "reverts to version " + plan.target().number(),
                manifest.line(),
                null,
                with.stored().sign(manifest));
    }

    private @Nullable String document() {
        return with.catalog()
                .pipeline(before.jobId(), plan.pipelineVersion())
                .map(PipelineVersion::document)
                .orElse(null);
    }

    private static StrandlineException notCommitted(CommitResult result) {
        if (result instanceof CommitResult.Failed failed) {
            ErrorCode code = ErrorCode.ofWireName(failed.code()).orElse(ErrorCode.STORAGE_UNAVAILABLE);
            return new StrandlineException(code, "The restored version could not be written: " + failed.detail());
        }
        if (result instanceof CommitResult.Stale stale) {
            return new StrandlineException(ErrorCode.HEAD_MOVED, "The head moved meanwhile: " + stale.detail());
        }
        return new StrandlineException(
                ErrorCode.STORAGE_UNAVAILABLE, "Nobody can tell whether the restored version was written: " + result);
    }
}
