package io.strandline.engine;

import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.checkpoint.CheckpointSettings.Guarantee;
import io.strandline.engine.checkpoint.Coordinator;
import io.strandline.engine.checkpoint.CoordinatorEffect;
import io.strandline.engine.checkpoint.CoordinatorEvent;
import io.strandline.engine.checkpoint.CoordinatorLoop;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.checkpoint.FailureCause.Kind;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex.SinkVertex;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.engine.task.EdgeQueues;
import io.strandline.engine.task.Subtask;
import io.strandline.engine.task.SubtaskPlan;
import io.strandline.engine.task.TaskSettings;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One instance from start to end. Its own state is touched on the engine's control thread only; whatever blocks runs in the
 * lanes of {@link EffectRunner}.
 */
final class JobExecution implements RunningJob {

    private final JobGraph graph;
    private final JobStart start;
    private final JobListener listener;
    private final EngineParts engine;
    private final FailureCauses causes;
    private final EffectRunner effects;
    private final Map<CheckpointRequest, CompletableFuture<CheckpointOutcome>> asked = new HashMap<>();
    private final List<CompletableFuture<CheckpointOutcome>> drains = new ArrayList<>();
    private final CompletableFuture<JobEnd> end = new CompletableFuture<>();
    private final SubtaskReports reports;
    private @Nullable CoordinatorLoop loop;
    private @Nullable JobEnd ending;
    private @Nullable CheckpointOutcome lastFinal;
    private volatile List<Subtask> subtasks = List.of();
    private volatile List<EdgeQueues> queues = List.of();
    private volatile boolean sinkCommitPending;
    private volatile boolean storageFull;

    JobExecution(JobGraph graph, JobStart start, CheckpointLedger ledger, JobListener listener, EngineParts engine) {
        this.graph = graph;
        this.start = start;
        this.listener = listener;
        this.engine = engine;
        this.causes = new FailureCauses(start.storageFull());
        this.effects = new EffectRunner(
                graph,
                start,
                ledger,
                this::tell,
                this::breakDown,
                engine.threads().blocking());
        this.reports = new SubtaskReports(start.job(), this::control, this::tell, this::fail, causes);
    }

    /** Opens it, off the caller's thread. */
    void start() {
        effects.open(() -> {
            try {
                List<OutputMove> moves = recoverSinks();
                SubtaskPlan plan = new SubtaskPlan(graph, taskSettings(), reports);
                List<Subtask> planned = plan.subtasks();
                queues = plan.queues();
                control(() -> run(planned, moves));
            } catch (IOException | RuntimeException e) {
                control(() -> fail(causes.ofStart(e)));
            }
        });
    }

    @Override
    public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
        CompletableFuture<CheckpointOutcome> outcome = new CompletableFuture<>();
        control(() -> {
            if (ending != null) {
                outcome.complete(declined());
                return;
            }
            asked.put(request, outcome);
            if (loop != null) {
                loop.on(new CoordinatorEvent.Requested(request));
            }
        });
        return outcome;
    }

    @Override
    public CompletableFuture<CheckpointOutcome> drain() {
        CompletableFuture<CheckpointOutcome> outcome = new CompletableFuture<>();
        control(() -> {
            if (ending != null) {
                outcome.complete(lastFinal == null ? declined() : lastFinal);
                return;
            }
            drains.add(outcome);
            sources().forEach(Subtask::drain);
        });
        return outcome;
    }

    @Override
    public CompletableFuture<JobEnd> cancel() {
        control(() ->
                halt(FailureCause.of(Kind.INSTANCE_ENDED, "the instance was cancelled", null), new JobEnd.Stopped()));
        return end;
    }

    @Override
    public CompletableFuture<JobEnd> end() {
        return end;
    }

    @Override
    public LiveState state() {
        return new LiveState(graph, start.state(), () -> subtasks);
    }

    @Override
    public JobMetrics metrics() {
        MetricsReading reading = new MetricsReading(graph, subtasks, queues, effects.stored());
        return new JobMetrics(
                reading.operators(),
                reading.edges(),
                start.state().size(),
                sinkCommitPending,
                storageFull,
                reports.stuckSteps(),
                reading.refusedRows());
    }

    private List<OutputMove> recoverSinks() throws IOException {
        List<OutputMove> moves = new ArrayList<>();
        for (var vertex : graph.vertices()) {
            if (vertex instanceof SinkVertex sink) {
                moves.addAll(sink.sink().recover(new SinkStart(sink.name(), start.branch(), start.line())));
            }
        }
        return moves;
    }

    private TaskSettings taskSettings() {
        EngineSettings settings = engine.settings();
        return new TaskSettings(
                start.branch(),
                start.state(),
                start.restored(),
                start.checkpoints().guarantee() == Guarantee.EXACTLY_ONCE,
                start.checkpoints().patienceNanos() != Barrier.PATIENT,
                settings.batchSize(),
                settings.queueCapacity(),
                settings.latencyBudget().toNanos(),
                engine.threads().blocking(),
                engine.clocks().nanos(),
                engine.clocks().wall(),
                start.storageFull());
    }

    private void run(List<Subtask> planned, List<OutputMove> moves) {
        if (ending != null) {
            return;
        }
        if (!moves.isEmpty()) {
            listener.outputsReconciled(moves);
        }
        subtasks = planned;
        reports.expect(planned, () -> started());
        CoordinatorLoop made = new CoordinatorLoop(
                new Coordinator(start.checkpoints(), planned.size()),
                this::perform,
                this::later,
                engine.clocks().nanos(),
                engine.clocks().wall());
        loop = made;
        asked.keySet().stream().toList().forEach(request -> made.on(new CoordinatorEvent.Requested(request)));
        if (!drains.isEmpty()) {
            sources().forEach(Subtask::drain);
        }
        engine.threads().workers().run(planned);
    }

    private void started() {
        listener.running();
        tell(new CoordinatorEvent.Started());
        SnapshotContent restored = start.restored();
        if (restored != null) {
            tell(new CoordinatorEvent.Restored(restored.number()));
        }
    }

    private void perform(CoordinatorEffect effect) {
        if (effect instanceof CoordinatorEffect.Begin begin) {
            effects.begin(begin);
        } else if (effect instanceof CoordinatorEffect.SendBarriers send) {
            Barrier barrier = new Barrier(
                    send.number(),
                    engine.clocks().nanos().getAsLong(),
                    start.checkpoints().patienceNanos());
            sources().forEach(source -> source.trigger(barrier, send.pauseSources()));
            reports.sent(send.number());
        } else if (effect instanceof CoordinatorEffect.Cut cut) {
            effects.cut(cut.number());
        } else if (effect instanceof CoordinatorEffect.Commit commit) {
            effects.commit(commit);
        } else if (effect instanceof CoordinatorEffect.Abort abort) {
            effects.abort(abort.number(), subtasks);
        } else if (effect instanceof CoordinatorEffect.CommitSinks commit) {
            sinkCommitPending = true;
            effects.commitSinks(commit.number());
        } else if (effect instanceof CoordinatorEffect.ResumeSources) {
            sources().forEach(Subtask::resume);
        } else if (effect instanceof CoordinatorEffect.Answer answer) {
            answer(answer);
        } else if (effect instanceof CoordinatorEffect.Report report) {
            report(report.report());
        } else if (effect instanceof CoordinatorEffect.Fail fail) {
            endWith(new JobEnd.Failed(fail.cause()));
        } else if (effect instanceof CoordinatorEffect.End done) {
            endWith(done.finished() ? new JobEnd.Finished() : new JobEnd.Stopped());
        }
    }

    private void answer(CoordinatorEffect.Answer answer) {
        if (answer.request().kind() == SnapshotKind.FINAL) {
            lastFinal = answer.outcome();
        }
        CompletableFuture<CheckpointOutcome> waiting = asked.remove(answer.request());
        if (waiting != null) {
            waiting.complete(answer.outcome());
        }
    }

    private void report(AttemptReport report) {
        if (report.state() != AttemptReport.State.RUNNING) {
            storageFull = report.failure() != null && report.failure().kind() == Kind.STORAGE_FULL;
        }
        listener.attempt(report);
    }

    private List<Subtask> sources() {
        return subtasks.stream()
                .filter(subtask -> graph.vertex(subtask.id().vertex()) instanceof SourceVertex)
                .toList();
    }

    private void fail(FailureCause cause) {
        halt(cause, new JobEnd.Failed(cause));
    }

    private void halt(FailureCause cause, JobEnd how) {
        if (ending != null) {
            return;
        }
        if (loop != null) {
            loop.on(new CoordinatorEvent.Halted(cause));
        }
        endWith(how);
    }

    private void endWith(JobEnd how) {
        if (ending != null) {
            return;
        }
        ending = how;
        effects.close(subtasks, failure -> control(() -> effects.afterSinks(() -> control(() -> ended(how)))));
    }

    private void ended(JobEnd how) {
        if (loop != null) {
            loop.stop();
        }
        CheckpointOutcome outcome = lastFinal == null ? declined() : lastFinal;
        drains.forEach(drain -> drain.complete(outcome));
        asked.values().forEach(waiting -> waiting.complete(declined()));
        asked.clear();
        try {
            listener.ended(how);
        } finally {
            end.complete(how);
        }
    }

    private void tell(CoordinatorEvent event) {
        control(() -> {
            if (event instanceof CoordinatorEvent.SinksCommitted) {
                sinkCommitPending = false;
            }
            if (loop != null) {
                loop.on(event);
            }
        });
    }

    /** Something where things block will never come about: without it nobody would wait for an answer any more. */
    private void breakDown(FailureCause cause) {
        control(() -> fail(cause));
    }

    private void control(Runnable task) {
        engine.threads().control().execute(() -> guarded(task));
    }

    private Future<?> later(Runnable task, long delayNanos) {
        return engine.threads().control().schedule(() -> guarded(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    /** What breaks here is this instance's end, and the process's if even that cannot be brought about. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            try {
                endWith(new JobEnd.Failed(causes.ofBreak(e)));
            } catch (RuntimeException | Error second) {
                engine.threads().fatal().accept(second);
            }
        }
    }

    private static CheckpointOutcome declined() {
        return new CheckpointOutcome.Declined(CheckpointOutcome.Declined.Reason.ENDING);
    }
}
