package io.strandline.engine;

import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.Coordinator;
import io.strandline.engine.checkpoint.CoordinatorEffect;
import io.strandline.engine.checkpoint.CoordinatorEvent;
import io.strandline.engine.checkpoint.CoordinatorLoop;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.task.Steps;
import io.strandline.engine.task.Subtask;
import io.strandline.engine.task.SubtaskPlan;
import io.strandline.engine.task.TaskSettings;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.StateCut;
import io.strandline.state.StateExecutors;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One job through several lives on one thread and in virtual time: real subtasks, channels, state and coordinator, stepped in
 * an order that the seed decides. For a time acknowledgements are lost, late and doubled, the sink takes nothing now and then,
 * commits are refused, and the process is killed between any two steps and goes on at another parallelism. After every version rows read,
 * counted and in flight have to add up; at the end state and output are compared with their closed form.
 */
final class DataflowSimulation {

    private static final int LIVES = 5;
    private static final int TROUBLED_ACTIONS = 60_000;
    private static final int MOST_ACTIONS = 600_000;
    private static final long MILLI = 1_000_000;

    private final Random random;
    private final SimulatedJob job;
    private final PlantedBug bug;
    private final Path directory;
    private final MemorySnapshotStore store = new MemorySnapshotStore(1L << 28, Clock.systemUTC());
    private final RunFormat format = new FlatRunFormat();
    private final List<SnapshotContent> versions = new ArrayList<>();
    private final CheckpointSettings settings;
    private long now = MILLI;
    private long numbers;
    private int life;
    private int actions;
    private Life current;
    long overtaken;

    DataflowSimulation(long seed, PlantedBug bug, Path directory) {
        this.random = new Random(seed);
        this.bug = bug;
        this.directory = directory;
        this.job = new SimulatedJob(bug);
        int patience = random.nextInt(4);
        this.settings = new CheckpointSettings(
                Duration.ofMillis(1 + random.nextInt(6)),
                Duration.ZERO,
                Duration.ofMillis(20 + random.nextInt(40)),
                1_000_000,
                CheckpointSettings.Retry.NONE,
                CheckpointSettings.Guarantee.EXACTLY_ONCE,
                patience == 0 ? null : Duration.ofNanos((patience - 1) * MILLI),
                SnapshotMode.INCREMENTAL);
        this.current = new Life();
    }

    /** Runs to the end of input and checks what is left; how many versions there were. */
    int run() throws IOException {
        while (!current.finished) {
            if (current.killed) {
                current.state.close();
                current = new Life();
            }
            if (actions++ > MOST_ACTIONS) {
                throw new IllegalStateException("no end in sight after %d versions, at %s"
                        .formatted(versions.size(), versions.get(versions.size() - 1)));
            }
            current.act();
        }
        current.state.close();
        job.checkEnd(versions.get(versions.size() - 1), store, format);
        return versions.size();
    }

    /** From one start to the next. */
    private final class Life {

        private final Deque<Runnable> control = new ArrayDeque<>();
        private final Deque<Runnable> background = new ArrayDeque<>();
        private final Deque<BooleanSupplier> lane = new ArrayDeque<>();
        private final PriorityQueue<Timed> timers =
                new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
        private final JobGraph graph;
        private final InstanceState state;
        private final List<Subtask> subtasks;
        private final CoordinatorLoop loop;
        private final SubtaskReports reports;
        private @Nullable StateCut cut;
        private long order;
        private boolean killed;
        private boolean finished;

        Life() {
            life++;
            SnapshotContent head = versions.isEmpty() ? null : bug.restored(versions.get(versions.size() - 1));
            job.output.recover(head == null ? 0 : head.number());
            job.output.ready = true;
            graph = job.graph(1 + random.nextInt(4));
            try {
                state = bug.state(new HeapBackend("memory", format, List.of(format))
                        .open(new InstanceStateRequest(
                                store,
                                directory,
                                "life" + life,
                                EngineHarness.MAX_PARALLELISM,
                                1L << 26,
                                Duration.ZERO,
                                new StateExecutors(background::add, background::add),
                                head == null ? List.of() : head.operators())));
                reports = new SubtaskReports(
                        "simulated", control::add, this::tell, this::failed, new FailureCauses(full -> false));
                subtasks = new SubtaskPlan(graph, taskSettings(head), reports).subtasks();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            reports.expect(subtasks, () -> tell(new CoordinatorEvent.Started()));
            loop = new CoordinatorLoop(
                    new Coordinator(settings, subtasks.size()),
                    this::perform,
                    this::later,
                    () -> now,
                    () -> Instant.EPOCH);
        }

        private TaskSettings taskSettings(@Nullable SnapshotContent head) {
            return new TaskSettings(
                    "main",
                    state,
                    head,
                    bug.aligns(),
                    settings.alignedTimeout() != null,
                    1 + random.nextInt(4),
                    1 + random.nextInt(4),
                    random.nextInt(200_000),
                    background::add,
                    () -> now,
                    () -> Instant.EPOCH,
                    full -> false);
        }

        void act() throws IOException {
            now += random.nextInt(4_000);
            int dice = random.nextInt(1_000);
            if (dice < 700) {
                Steps.step(subtasks.get(random.nextInt(subtasks.size())), now);
            } else if (dice < 850) {
                runNext(control);
            } else if (dice < 920) {
                runNext(background);
            } else if (dice < 960) {
                BooleanSupplier next = lane.peek();
                if (next != null && next.getAsBoolean()) {
                    lane.remove(next);
                }
            } else if (dice < 994) {
                while (!timers.isEmpty() && timers.peek().at <= now) {
                    timers.remove().task.run();
                }
            } else if (dice < 997) {
                job.output.ready = actions > TROUBLED_ACTIONS || random.nextInt(3) > 0;
            } else if (dice < 999) {
                loop.on(new CoordinatorEvent.Requested(
                        new CheckpointRequest("r" + order++, SnapshotKind.MANUAL, null, null)));
            } else if (life < LIVES && random.nextInt(4) == 0) {
                killed = true;
            }
        }

        private void runNext(Deque<Runnable> queue) {
            Runnable task = queue.poll();
            if (task != null) {
                task.run();
            }
        }

        private Future<?> later(Runnable task, long delayNanos) {
            CompletableFuture<Void> pending = new CompletableFuture<>();
            timers.add(new Timed(now + delayNanos, order++, () -> {
                if (!pending.isCancelled()) {
                    task.run();
                }
            }));
            return pending;
        }

        private void failed(FailureCause cause) {
            throw new AssertionError(cause.detail(), cause.cause());
        }

        private void tell(CoordinatorEvent event) {
            boolean mayBeLost = event instanceof CoordinatorEvent.Acknowledged && actions < TROUBLED_ACTIONS;
            int dice = mayBeLost ? random.nextInt(100) : 100;
            if (dice < 1) {
                return;
            }
            if (dice < 10) {
                later(() -> loop.on(event), random.nextInt((int) (30 * MILLI)));
            }
            if (dice >= 5) {
                loop.on(event);
            }
        }

        private void perform(CoordinatorEffect effect) {
            if (effect instanceof CoordinatorEffect.Begin begin) {
                lane.add(() -> begin(begin));
            } else if (effect instanceof CoordinatorEffect.SendBarriers send) {
                Barrier barrier = new Barrier(send.number(), now, settings.patienceNanos());
                sources().forEach(source -> source.trigger(barrier, send.pauseSources()));
                reports.sent(send.number());
            } else if (effect instanceof CoordinatorEffect.Cut wanted) {
                lane.add(() -> cut(wanted.number()));
            } else if (effect instanceof CoordinatorEffect.Commit commit) {
                lane.add(() -> commit(commit));
            } else if (effect instanceof CoordinatorEffect.Abort abort) {
                List<CompletableFuture<Void>> told = subtasks.stream()
                        .map(subtask -> subtask.abort(abort.number()))
                        .toList();
                lane.add(() -> aborted(abort.number(), told));
            } else if (effect instanceof CoordinatorEffect.CommitSinks wanted) {
                control.add(() -> commitSinks(wanted.number()));
            } else if (effect instanceof CoordinatorEffect.ResumeSources) {
                sources().forEach(Subtask::resume);
            } else if (effect instanceof CoordinatorEffect.Fail fail) {
                failed(fail.cause());
            } else if (effect instanceof CoordinatorEffect.End) {
                finished = true;
            }
        }

        private boolean begin(CoordinatorEffect.Begin begin) {
            try {
                state.begin(++numbers, begin.mode());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            tell(new CoordinatorEvent.Begun(begin.ordinal(), numbers));
            return true;
        }

        private boolean cut(long number) {
            try {
                cut = state.cut(number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (bug == PlantedBug.SINKS_COMMIT_BEFORE_THE_ENTRY) {
                commitSinks(number);
            }
            tell(new CoordinatorEvent.Cut(number, 0, 0));
            return true;
        }

        private boolean commit(CoordinatorEffect.Commit commit) {
            StateCut made = cut;
            if (made == null) {
                throw new AssertionError("commit before the cut");
            }
            if (actions < TROUBLED_ACTIONS && random.nextInt(30) == 0) {
                FailureCause refused = FailureCause.of(FailureCause.Kind.COMMIT_REFUSED, "refused", null);
                tell(new CoordinatorEvent.CommitEnded(commit.number(), new CommitOutcome.Refused(refused)));
                return true;
            }
            SnapshotContent content = new SnapshotAssembly(graph, "memory")
                    .candidate(commit, made)
                    .content();
            overtaken += job.checkVersion(content, store, format);
            versions.add(content);
            state.committed(commit.number());
            tell(new CoordinatorEvent.CommitEnded(
                    commit.number(), new CommitOutcome.Committed(new SnapshotId(new UUID(0, commit.number())))));
            return true;
        }

        private boolean aborted(long number, List<CompletableFuture<Void>> told) {
            boolean done = told.stream().allMatch(CompletableFuture::isDone);
            if (done) {
                state.aborted(number);
            }
            return done;
        }

        private void commitSinks(long number) {
            if (versions.stream().noneMatch(version -> version.number() == number)) {
                throw new AssertionError("output of " + number + " is visible, which is no version");
            }
            if (bug != PlantedBug.SINKS_ARE_NOT_NOTIFIED) {
                job.output.commit(number);
            }
            tell(new CoordinatorEvent.SinksCommitted(number));
        }

        private List<Subtask> sources() {
            return subtasks.stream()
                    .filter(subtask ->
                            SimulatedJob.SOURCES.contains(subtask.id().vertex()))
                    .toList();
        }
    }

    /** Something that happens at a time. */
    private record Timed(long at, long order, Runnable task) {}
}
