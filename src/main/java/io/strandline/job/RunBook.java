package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.RefChange.SinksChosen;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Instance;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceSpec;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes into the journal which instances began and ended, and what should run; reads it back after a restart. */
@Component
final class RunBook {

    private final Ledger ledger;
    private final Catalog catalog;
    private final History history;
    private final Clock clock;

    RunBook(Ledger ledger, Catalog catalog, History history, Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Grants the next epoch of the job and says that the branch should run; {@code also} becomes true in the same step.
     *
     * @throws StrandlineException {@code conflict} when the head is not the one the start was computed from
     */
    InstanceSpec begin(
            InstanceSpec spec, PipelineDocument document, Launch launch, Cause cause, Supplier<List<Change>> also) {
        BranchRef on = spec.on();
        return ledger.change(new OfJob(on.jobId()), cause, changes -> {
            Branch branch = branch(on);
            also.get().forEach(changes::record);
            refuseOutdated(spec, launch.because());
            Map<String, SinkChoice> sinks = launch.sinks();
            if (sinks != null && !sinks.equals(branch.sinks())) {
                changes.record(new SinksChosen(on.jobId(), on.branch(), sinks));
            }
            if (branch.desired() != Branch.Desired.RUNNING) {
                changes.record(new DesiredStateSet(on.jobId(), on.branch(), Branch.Desired.RUNNING));
            }
            InstanceSpec granted = spec.withEpoch(catalog.newestEpoch(on.jobId()) + 1);
            changes.record(started(granted, document, launch.because()));
            return granted;
        });
    }

    /** An instance is over; {@code desired}, unless null, is what is wanted of the branch from now on. */
    void end(Run run, String because, Ending ending, Cause cause, Supplier<List<Change>> also) {
        BranchRef on = run.spec().on();
        ledger.change(new OfJob(on.jobId()), cause, changes -> {
            if (ending.desired() != null) {
                changes.record(new DesiredStateSet(on.jobId(), on.branch(), ending.desired()));
            }
            changes.record(ended(on, run.spec().instanceId(), because, ending));
            also.get().forEach(changes::record);
            return on;
        });
    }

    /**
     * What makes the branch FINISHED, when the server stopped between the last version of a drained instance and its end:
     * nothing when that was not so.
     */
    List<Change> drained(BranchRef on) {
        SnapshotId head = branch(on).head();
        Optional<Snapshot> last = Optional.ofNullable(head).flatMap(catalog::snapshot);
        return newest(on)
                .filter(instance -> last.filter(
                                version -> version.kind() == SnapshotKind.FINAL && version.epoch() == instance.epoch())
                        .isPresent())
                .<Change>map(instance -> ended(on, instance.id(), "FINISHED", Ending.FINISHED))
                .stream()
                .toList();
    }

    /** What is wanted of a branch on which nothing runs. */
    void want(BranchRef on, Branch.@Nullable Desired desired, Cause cause, Supplier<List<Change>> also) {
        ledger.change(new OfJob(on.jobId()), cause, changes -> {
            if (desired != null) {
                changes.record(new DesiredStateSet(on.jobId(), on.branch(), desired));
            }
            also.get().forEach(changes::record);
            return on;
        });
    }

    /**
     * The branch is FAILED because the next instance could not even begin; it stands in the list as one that ended at
     * once.
     */
    void stillborn(BranchRef on, String instanceId, Launch launch, ProblemNote problem, Cause cause) {
        ledger.change(new OfJob(on.jobId()), cause, changes -> {
            changes.record(new DesiredStateSet(on.jobId(), on.branch(), Branch.Desired.STOPPED));
            newest(on).ifPresent(last -> {
                changes.record(new InstanceStarted(
                        on.jobId(),
                        on.branch(),
                        instanceId,
                        catalog.newestEpoch(on.jobId()) + 1,
                        last.pipelineVersion(),
                        last.parallelism(),
                        last.backend(),
                        launch.from(),
                        launch.because(),
                        clock.instant()));
                changes.record(ended(on, instanceId, "FAILED", Ending.failed(problem)));
            });
            return on;
        });
    }

    /** Ends what an earlier process left open. */
    void closeLeftOvers() {
        for (Instance open : history.openInstances()) {
            BranchRef on = new BranchRef(open.jobId(), open.branch());
            ledger.change(new OfJob(open.jobId()), Cause.system("the server came up"), changes -> {
                changes.record(ended(on, open.id(), "SERVER_STOPPED", Ending.QUIET));
                return on;
            });
        }
    }

    /**
     * How what last ran on a branch goes on: same pipeline, parallelism and backend, from the head — or from nothing, if it
     * had begun from nothing and never got to a version. After a move of the head that got no further, state may be lost only where
     * the last instance began with the same pipeline from the same version.
     */
    Launch continuation(BranchRef on, String because) {
        Branch branch = branch(on);
        Optional<Instance> last = history.newestInstance(on.jobId(), on.branch());
        if (last.isEmpty() || Launch.movesTheHead(last.get().endedBecause())) {
            boolean asBefore =
                    last.filter(instance -> beganAs(instance, branch)).isPresent();
            return new Launch(
                    because, branch.pipelineVersion(), null, null, branch.head(), branch.line(), asBefore, null);
        }
        return beganFromNothing(last.get(), branch.head())
                ? Launch.again(because, last.get(), null, List.of())
                : Launch.again(because, last.get(), branch.head(), branch.line());
    }

    /** The instance that last ran on a branch. */
    Optional<Instance> newest(BranchRef on) {
        return history.newestInstance(on.jobId(), on.branch());
    }

    /** A branch of a job that is there. */
    Branch branch(BranchRef on) {
        return catalog.branch(on.jobId(), on.branch())
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "The job has no branch " + on.branch() + "."));
    }

    /** What was read before this change may have come from a catalog that lagged behind the journal. */
    private void refuseOutdated(InstanceSpec spec, String because) {
        SnapshotId from = spec.restoreFrom() == null ? null : spec.restoreFrom().id();
        boolean goesOn = Launch.RESTART.equals(because) || Launch.RECOVERY.equals(because);
        SnapshotId due = from;
        if (goesOn) {
            due = continuation(spec.on(), because).from();
        } else if (from != null) {
            due = branch(spec.on()).head();
        }
        if (!Objects.equals(from, due)) {
            throw new StrandlineException(
                    ErrorCode.CONFLICT, "The start was to go on from " + from + ", but meanwhile it is " + due + ".");
        }
    }

    private static boolean beganAs(Instance instance, Branch branch) {
        return instance.pipelineVersion() == branch.pipelineVersion()
                && Objects.equals(instance.restoredFrom(), branch.head());
    }

    private boolean beganFromNothing(Instance last, @Nullable SnapshotId head) {
        if (last.restoredFrom() != null || head == null) {
            return head == null;
        }
        return catalog.snapshot(head).map(Snapshot::epoch).orElse(0L) < last.epoch();
    }

    private InstanceStarted started(InstanceSpec spec, PipelineDocument document, String because) {
        Integer parallelism = spec.parallelism();
        String backend = spec.backend();
        return new InstanceStarted(
                spec.on().jobId(),
                spec.on().branch(),
                spec.instanceId(),
                spec.epoch(),
                spec.pipelineVersion(),
                parallelism == null ? document.parallelism() : parallelism,
                backend == null ? document.state().backend().wireName() : backend,
                spec.restoreFrom() == null ? null : spec.restoreFrom().id(),
                because,
                clock.instant());
    }

    private InstanceEnded ended(BranchRef on, String instanceId, String because, Ending ending) {
        return new InstanceEnded(
                on.jobId(), on.branch(), instanceId, because, ending.finished(), ending.problem(), clock.instant());
    }

    /**
     * What an instance's end means for its branch.
     *
     * @param finished whether its input had ended and all of it is in a version
     * @param problem what failed, if something did
     * @param desired what is wanted of the branch from now on, null to leave it
     */
    record Ending(boolean finished, @Nullable ProblemNote problem, Branch.@Nullable Desired desired) {

        /** Over, with nothing to say about what comes next. */
        static final Ending QUIET = new Ending(false, null, null);

        /** Over because somebody wanted it so. */
        static final Ending STOPPED = new Ending(false, null, Branch.Desired.STOPPED);

        /** Over because there is nothing more to read. */
        static final Ending FINISHED = new Ending(true, null, Branch.Desired.STOPPED);

        /** Over for good because of a problem. */
        static Ending failed(ProblemNote problem) {
            return new Ending(false, problem, Branch.Desired.STOPPED);
        }

        /** Over because of a problem; another one follows. */
        static Ending restarting(ProblemNote problem) {
            return new Ending(false, problem, null);
        }
    }
}
