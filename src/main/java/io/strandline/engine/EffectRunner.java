package io.strandline.engine;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.CoordinatorEffect;
import io.strandline.engine.checkpoint.CoordinatorEvent;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.checkpoint.NumberRefusedException;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.engine.connector.RefusedRowException;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex.SinkVertex;
import io.strandline.engine.task.Subtask;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.state.InstanceState;
import io.strandline.state.StateCut;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does for the coordinator what may block: numbers, staging, cuts and commits in one lane, sinks' commits in another. */
final class EffectRunner {

    private static final System.Logger LOG = System.getLogger(EffectRunner.class.getName());

    private final InstanceState state;
    private final CheckpointLedger ledger;
    private final SnapshotAssembly assembly;
    private final FailureCauses causes;
    private final StoredState stored;
    private final Consumer<CoordinatorEvent> events;
    private final List<SinkVertex> sinks;
    private final Consumer<FailureCause> fatal;
    private final Executor blocking;
    private final Lane lane;
    private final Lane sinkLane;
    private @Nullable StateCut cut;

    EffectRunner(
            JobGraph graph,
            JobStart start,
            CheckpointLedger ledger,
            Consumer<CoordinatorEvent> events,
            Consumer<FailureCause> fatal,
            Executor blocking) {
        this.state = start.state();
        this.ledger = ledger;
        this.assembly = new SnapshotAssembly(graph, start.backend());
        this.causes = new FailureCauses(start.storageFull());
        SnapshotContent restored = start.restored();
        this.stored = new StoredState(restored == null ? List.of() : restored.operators());
        this.events = events;
        this.fatal = fatal;
        this.sinks = graph.vertices().stream()
                .filter(SinkVertex.class::isInstance)
                .map(SinkVertex.class::cast)
                .toList();
        this.blocking = blocking;
        Consumer<Throwable> broken = thrown -> fatal.accept(causes.ofBreak(thrown));
        this.lane = new Lane(blocking, broken);
        this.sinkLane = new Lane(blocking, broken);
    }

    /** How big the newest versions are. */
    StoredState stored() {
        return stored;
    }

    /** Runs a task before everything else. */
    void open(Runnable task) {
        lane.run(task);
    }

    void begin(CoordinatorEffect.Begin begin) {
        lane.run(() -> {
            try {
                long number = ledger.reserveNumber();
                state.begin(number, begin.mode());
                events.accept(new CoordinatorEvent.Begun(begin.ordinal(), number));
            } catch (NumberRefusedException e) {
                events.accept(new CoordinatorEvent.BeginFailed(begin.ordinal(), e.failure()));
            } catch (IOException | RuntimeException e) {
                events.accept(new CoordinatorEvent.BeginFailed(begin.ordinal(), causes.ofWrite(e)));
            }
        });
    }

    void cut(long number) {
        lane.run(() -> {
            try {
                StateCut made = state.cut(number);
                cut = made;
                events.accept(new CoordinatorEvent.Cut(number, made.newBytes(), SnapshotAssembly.totalBytes(made)));
            } catch (IOException | RuntimeException e) {
                events.accept(new CoordinatorEvent.CutFailed(number, causes.ofWrite(e)));
            }
        });
    }

    void commit(CoordinatorEffect.Commit commit) {
        lane.run(() -> events.accept(new CoordinatorEvent.CommitEnded(commit.number(), outcome(commit))));
    }

    void abort(long number, List<Subtask> subtasks) {
        lane.await(CompletableFuture.allOf(
                subtasks.stream().map(subtask -> subtask.abort(number)).toArray(CompletableFuture[]::new)));
        lane.run(() -> state.aborted(number));
    }

    void commitSinks(long number) {
        sinkLane.run(() -> {
            boolean committed = true;
            for (SinkVertex vertex : sinks) {
                committed &= commit(vertex, number);
            }
            events.accept(
                    committed
                            ? new CoordinatorEvent.SinksCommitted(number)
                            : new CoordinatorEvent.SinkCommitFailed(number));
        });
    }

    /** Whether it went well; a sink that cannot commit now holds no other up, and one that never will ends the instance. */
    private boolean commit(SinkVertex vertex, long number) {
        try {
            vertex.sink().commit(number);
            return true;
        } catch (RefusedRowException refused) {
            fatal.accept(causes.ofSink(vertex.name(), refused));
            return false;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "output of version {0} waits: {1}", number, e.getMessage());
            return false;
        }
    }

    /**
     * Closes the state when everything before is done and {@code subtasks} have ended, then runs {@code last}. When one was
     * given up it does not wait for it, and the state is closed once nobody uses it any more.
     */
    void close(List<Subtask> subtasks, Consumer<@Nullable Exception> last) {
        lane.await(
                CompletableFuture.allOf(subtasks.stream().map(Subtask::cancel).toArray(CompletableFuture[]::new)));
        CompletableFuture<Void> left =
                CompletableFuture.allOf(subtasks.stream().map(Subtask::left).toArray(CompletableFuture[]::new));
        lane.run(() -> {
            if (left.isDone()) {
                last.accept(closeState());
            } else {
                left.thenRunAsync(this::closeState, blocking);
                last.accept(null);
            }
        });
    }

    private @Nullable Exception closeState() {
        try {
            state.close();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    /** Runs when all commits of sinks that were wanted before are done. */
    void afterSinks(Runnable task) {
        sinkLane.run(task);
    }

    private CommitOutcome outcome(CoordinatorEffect.Commit commit) {
        StateCut made = cut;
        if (made == null) {
            throw new IllegalStateException("commit of " + commit.number() + " before its cut");
        }
        SnapshotCandidate candidate = assembly.candidate(commit, made);
        CommitOutcome outcome;
        try {
            outcome = ledger.commit(candidate);
        } catch (RuntimeException e) {
            return new CommitOutcome.Unknown("the ledger failed: " + e);
        }
        if (outcome instanceof CommitOutcome.Committed) {
            state.committed(commit.number());
            stored.committed(candidate.content().operators(), commit.startedAt());
        }
        return outcome;
    }
}
