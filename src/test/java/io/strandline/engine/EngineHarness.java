package io.strandline.engine;

import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.checkpoint.CheckpointSettings.Guarantee;
import io.strandline.engine.checkpoint.CheckpointSettings.Retry;
import io.strandline.engine.checkpoint.CommitOutcome;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.engine.connector.OutputMove;
import io.strandline.engine.graph.JobGraph;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateExecutors;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs graphs on a real engine over the real state room, one instance after another as one job would. */
final class EngineHarness implements AutoCloseable {

    static final int MAX_PARALLELISM = 32;
    static final long PATIENCE_SECONDS = 30;

    final SnapshotStore store = new MemorySnapshotStore(1L << 30, Clock.systemUTC());
    final List<SnapshotCandidate> committed = new CopyOnWriteArrayList<>();
    final List<AttemptReport> attempts = new CopyOnWriteArrayList<>();
    final List<OutputMove> moves = new CopyOnWriteArrayList<>();
    final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    private final Path directory;
    private final Engine engine;
    private final ExecutorService flusher = Executors.newFixedThreadPool(2);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger epochs = new AtomicInteger();
    private final RunFormat format = new FlatRunFormat();
    private final List<LineSegment> line = new ArrayList<>();
    private Function<SnapshotCandidate, CommitOutcome> ledger = this::accept;

    EngineHarness(Path directory, EngineSettings settings) {
        this(directory, settings, System::nanoTime);
    }

    EngineHarness(Path directory, EngineSettings settings, LongSupplier nanos) {
        this.directory = directory;
        this.engine = new Engine(settings, nanos, InstantSource.system(), fatal::set);
    }

    static EngineHarness in(Path directory) {
        return new EngineHarness(directory, new EngineSettings(2, 64, 4, Duration.ofMillis(1)));
    }

    /** Answers commits otherwise. */
    void ledger(Function<SnapshotCandidate, CommitOutcome> answers) {
        ledger = answers;
    }

    CommitOutcome accept(SnapshotCandidate candidate) {
        committed.add(candidate);
        return new CommitOutcome.Committed(
                new SnapshotId(new UUID(0, candidate.content().number())));
    }

    static CheckpointSettings every(@Nullable Duration interval) {
        return new CheckpointSettings(
                interval,
                Duration.ZERO,
                Duration.ofSeconds(20),
                3,
                Retry.NONE,
                Guarantee.EXACTLY_ONCE,
                null,
                SnapshotMode.INCREMENTAL);
    }

    /** Starts from nothing. */
    Running start(JobGraph graph, CheckpointSettings checkpoints) {
        line.clear();
        return start(graph, checkpoints, null);
    }

    /** Goes on from the newest version. */
    Running restart(JobGraph graph, CheckpointSettings checkpoints) {
        SnapshotContent head = head();
        long first = line.isEmpty() ? 1 : line.get(line.size() - 1).lastNumber() + 1;
        line.removeIf(segment -> segment.firstNumber() > head.number());
        line.add(new LineSegment("main", Math.min(first, head.number()), head.number()));
        return start(graph, checkpoints, head);
    }

    SnapshotContent head() {
        return committed.get(committed.size() - 1).content();
    }

    private static boolean full(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("No space left on device");
    }

    /** Reads a version back. */
    SnapshotReader read(SnapshotContent content) throws IOException {
        List<OperatorContent> stateful = content.operators().stream()
                .filter(operator -> !operator.states().isEmpty())
                .toList();
        return new SnapshotReaders(List.of(format)).open(stateful, MAX_PARALLELISM, store);
    }

    private Running start(JobGraph graph, CheckpointSettings checkpoints, @Nullable SnapshotContent from) {
        try {
            int epoch = epochs.incrementAndGet();
            var state = new HeapBackend("memory", format, List.of(format))
                    .open(new InstanceStateRequest(
                            store,
                            java.nio.file.Files.createDirectories(directory.resolve("work-" + epoch)),
                            String.valueOf(epoch),
                            MAX_PARALLELISM,
                            512L << 20,
                            Duration.ZERO,
                            new StateExecutors(flusher, flusher),
                            from == null ? List.of() : from.operators()));
            Running running = new Running();
            JobStart start = new JobStart(
                    "job", "main", "memory", state, from, List.copyOf(line), checkpoints, EngineHarness::full);
            running.job = engine.start(graph, start, new Numbers(), running);
            return running;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        flusher.shutdown();
    }

    /** Counts numbers up and answers commits as told. */
    private final class Numbers implements CheckpointLedger {

        @Override
        public long reserveNumber() {
            return numbers.incrementAndGet();
        }

        @Override
        public CommitOutcome commit(SnapshotCandidate candidate) {
            return ledger.apply(candidate);
        }
    }

    /** An instance and what it told. */
    final class Running implements JobListener {

        final CompletableFuture<Void> started = new CompletableFuture<>();
        private @Nullable RunningJob job;

        RunningJob job() {
            if (job == null) {
                throw new IllegalStateException("not started");
            }
            return job;
        }

        JobEnd end() {
            return get(job().end());
        }

        JobEnd cancel() {
            return get(job().cancel());
        }

        CheckpointOutcome checkpoint(SnapshotKind kind) {
            return get(job().checkpoint(new CheckpointRequest(UUID.randomUUID().toString(), kind, null, null)));
        }

        void awaitRecords(String vertex, long atLeast) {
            await(() -> operator(vertex).recordsIn() >= atLeast, vertex + " has too few of " + atLeast + " records");
        }

        void awaitAttempt() {
            await(() -> !attempts.isEmpty(), "no attempt has ended");
        }

        private void await(BooleanSupplier condition, String otherwise) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline || job().end().isDone()) {
                    throw new AssertionError(otherwise + ": " + job().metrics() + ", end " + job().end());
                }
                Thread.onSpinWait();
            }
        }

        JobMetrics.OperatorMetrics operator(String name) {
            return job().metrics().operators().stream()
                    .filter(operator -> operator.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void outputsReconciled(List<OutputMove> made) {
            moves.addAll(made);
        }

        @Override
        public void running() {
            started.complete(null);
        }

        @Override
        public void attempt(AttemptReport report) {
            attempts.add(report);
        }

        @Override
        public void ended(JobEnd end) {
            started.complete(null);
        }
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
