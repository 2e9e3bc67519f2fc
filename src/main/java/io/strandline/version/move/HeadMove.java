package io.strandline.version.move;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Commit;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.job.Launch;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import io.strandline.version.Moment;
import io.strandline.version.move.MovePlan.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One move of a head, and the way back. Whatever the verb, the head moves in the journal entry in which the old instance
 * ends; only a REVERT commits a new version after that.
 */
final class HeadMove {

    private final MovePlan plan;
    private final Tools with;
    private @Nullable Branch before;
    private Traces traces;

    /**
     * What every move works with.
     *
     * @param ledger where it becomes true
     * @param catalog what is true
     * @param stored the manifests
     * @param heads compares heads
     * @param window keeps what a move leaves behind
     * @param moment the time, and ids
     */
    @Component
    record Tools(
            Ledger ledger,
            Catalog catalog,
            StoredVersions stored,
            HeadChecks heads,
            UndoWindow window,
            Moment moment) {}

    /** A move that is about to be made. */
    HeadMove(MovePlan plan, Tools with) {
        this.plan = plan;
        this.with = with;
        this.traces = Traces.NONE;
    }

    /** A move that an earlier process made, with what it left. */
    HeadMove(MovePlan plan, Tools with, Branch before, Traces traces) {
        this.plan = plan;
        this.with = with;
        this.before = before;
        this.traces = traces;
    }

    /**
     * What becomes true as the old instance ends; asked once nothing runs any more.
     *
     * @throws StrandlineException {@code not-an-ancestor}, {@code diverged}, {@code protected} when checkpoints since the
     *     move was accepted have made it another
     */
    List<Change> changes(Cause cause) {
        Branch now = branch();
        Snapshot target = target();
        List<Change> changes = new ArrayList<>();
        if (plan.verb() != MoveVerb.REVERT) {
            refuseOutdated(now, target);
            moveTo(now, target, changes);
            changes.addAll(with.window().open(now, with.heads().leftBehind(now, target), name(target)));
            besides(now, changes, cause);
        }
        before = now;
        traces = Traces.of(changes);
        return changes;
    }

    /** Makes what a REVERT needs besides, and returns the version the head is at; null when there is none. */
    @Nullable
    Snapshot complete(Cause cause) {
        Snapshot target = plan.target();
        Manifest old = plan.destination().manifest();
        if (plan.verb() != MoveVerb.REVERT || target == null || old == null) {
            return head();
        }
        Branch now = branch();
        Reverted.Mark mark = new Reverted.Mark(
                with.moment().ids().nextSnapshotId(),
                with.ledger().reserveNumber(now.jobId()),
                with.moment().now());
        Reverted.Source source = new Reverted.Source(target, old, document(now));
        Reverted reverted = Reverted.of(plan, now, source, line(now), mark);
        Manifest manifest = reverted.manifest();
        CommitResult result = with.ledger()
                .commit(
                        new Commit(
                                reverted.completed(
                                        with.stored().digest(manifest),
                                        with.stored().sign(manifest)),
                                manifest,
                                with.stored().writing(manifest, target.durable()),
                                null),
                        cause);
        if (result instanceof CommitResult.Committed committed) {
            return version(committed.id());
        }
        throw Reverted.refused(result);
    }

    private @Nullable String document(Branch now) {
        return with.catalog()
                .pipeline(now.jobId(), plan.pipelineVersion())
                .map(PipelineVersion::document)
                .orElse(null);
    }

    /** Where the head is. */
    @Nullable
    Snapshot head() {
        return version(branch().head());
    }

    /** Where the head was. */
    @Nullable
    Snapshot previousHead() {
        return version(before().head());
    }

    /** The tag that keeps the old head, null when none was made. */
    @Nullable
    String tag() {
        return traces.tag();
    }

    /** The branch as it is now. */
    Branch branch() {
        return with.catalog()
                .branch(plan.branch().jobId(), plan.branch().name())
                .orElse(plan.branch());
    }

    /** How the next instance begins. */
    Launch next(Launch last) {
        Branch now = branch();
        return plan.launch(now.head(), now.line(), last);
    }

    /** What ran before, from where it was. */
    Launch old(Launch last) {
        return last.goingOnFrom(before());
    }

    /** What takes the move back, and what came with it where the head did not move at all. */
    List<Change> back() {
        Branch now = branch();
        Branch was = before();
        boolean moved = !Objects.equals(now.head(), was.head()) || now.pipelineVersion() != was.pipelineVersion();
        List<Change> changes = new ArrayList<>();
        if (moved) {
            changes.add(new HeadMoved(
                    now.jobId(),
                    now.name(),
                    now.head(),
                    was.head(),
                    was.headNumber(),
                    was.line(),
                    MoveVerb.TAKEN_BACK,
                    was.pipelineVersion()));
        }
        traces.holds().stream()
                .filter(id -> with.catalog().hold(now.jobId(), id).isPresent())
                .forEach(id -> changes.add(new HoldReleased(now.jobId(), id)));
        String tag = traces.tag();
        if (tag != null && with.catalog().tag(now.jobId(), tag).isPresent()) {
            changes.add(new TagDeleted(now.jobId(), tag));
        }
        if (traces.stopped() != null) {
            changes.add(new DesiredStateSet(now.jobId(), traces.stopped(), Branch.Desired.RUNNING));
        }
        if (moved && plan.destination().because() instanceof Origin.Reversed reversed) {
            changes.addAll(with.window().reopen(reversed.move()));
        }
        return changes;
    }

    /** Takes the move back by itself. */
    void undo(Cause cause) {
        with.ledger().change(new OfJob(plan.job().id()), cause, changes -> {
            back().forEach(changes::record);
            return plan;
        });
    }

    /** What a move has left in the journal besides the head, so that it can be taken back. */
    record Traces(
            List<String> holds,
            @Nullable String tag,
            @Nullable String stopped) {

        static final Traces NONE = new Traces(List.of(), null, null);

        Traces {
            holds = List.copyOf(holds);
        }

        private static Traces of(List<Change> changes) {
            List<String> holds = new ArrayList<>();
            String tag = null;
            String stopped = null;
            for (Change change : changes) {
                if (change instanceof HoldPlaced placed) {
                    holds.add(placed.hold().id());
                } else if (change instanceof TagCreated created) {
                    tag = created.tag().name();
                } else if (change instanceof DesiredStateSet set) {
                    stopped = set.branch();
                }
            }
            return new Traces(holds, tag, stopped);
        }
    }

    /** The branch before the move; as it is now while no move has been made. */
    private Branch before() {
        return before == null ? branch() : before;
    }

    /** The version the head goes to; of a fork the newest it has now that it is stopped. */
    private @Nullable Snapshot target() {
        return plan.destination().because() instanceof Origin.Fork fork
                ? version(now(fork).head())
                : plan.target();
    }

    private Branch now(Origin.Fork fork) {
        return with.catalog().branch(fork.fork().jobId(), fork.fork().name()).orElse(fork.fork());
    }

    private void refuseOutdated(Branch now, @Nullable Snapshot target) {
        if (target != null && plan.verb() == MoveVerb.ROLLBACK) {
            with.heads().refuseForeign(plan.job(), now, target);
        } else if (target != null && plan.verb() == MoveVerb.FAST_FORWARD) {
            with.heads().refuseDiverged(now, target);
        }
        with.heads().refuseProtected(plan.job(), now, target);
    }

    private void moveTo(Branch now, @Nullable Snapshot target, List<Change> changes) {
        SnapshotId to = target == null ? null : target.id();
        boolean otherPipeline = plan.pipelineVersion() != now.pipelineVersion();
        if (otherPipeline || !Objects.equals(to, now.head())) {
            changes.add(new HeadMoved(
                    now.jobId(),
                    now.name(),
                    now.head(),
                    to,
                    target == null ? null : target.number(),
                    line(now, target),
                    plan.verb().name(),
                    plan.pipelineVersion()));
        }
    }

    private void besides(Branch now, List<Change> changes, Cause cause) {
        Origin origin = plan.destination().because();
        if (origin instanceof Origin.Reversed reversed) {
            changes.addAll(with.window().close(reversed.move()));
        } else if (origin instanceof Origin.Fork fork) {
            Optional.ofNullable(version(now.head()))
                    .flatMap(old -> Keepsakes.of(old, with.catalog(), with.moment(), cause))
                    .ifPresent(changes::add);
            Branch stopped = now(fork);
            if (stopped.desired() == Branch.Desired.RUNNING) {
                changes.add(new DesiredStateSet(stopped.jobId(), stopped.name(), Branch.Desired.STOPPED));
            }
        }
    }

    /** A fork's line may have grown since the move was accepted. */
    private List<LineSegment> line(Branch now, @Nullable Snapshot target) {
        if (target != null && plan.destination().because() instanceof Origin.Fork) {
            return plan.options()
                    .kept(now.line(), with.stored().manifest(target).line());
        }
        return line(now);
    }

    private List<LineSegment> line(Branch now) {
        return plan.options().kept(now.line(), plan.destination().line());
    }

    private String name(@Nullable Snapshot target) {
        return "the " + plan.verb() + (target == null ? "" : " to version " + target.number());
    }

    private @Nullable Snapshot version(@Nullable SnapshotId id) {
        return Optional.ofNullable(id).flatMap(with.catalog()::snapshot).orElse(null);
    }
}
