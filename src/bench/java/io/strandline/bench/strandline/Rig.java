package io.strandline.bench.strandline;

import io.strandline.bench.measure.Parameters;
import io.strandline.engine.Engine;
import io.strandline.engine.EngineSettings;
import io.strandline.engine.JobStart;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.graph.JobGraph;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateBackend;
import io.strandline.state.StateExecutors;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine with all that the server gives one, in a directory that is deleted at the end. */
final class Rig implements AutoCloseable {

    static final int MAX_PARALLELISM = 128;
    private static final String JOB = "bench";

    final Parameters asked;
    final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final Path directory;
    private final FileSnapshotStore store;
    private final Engine engine;
    private final ManifestLedger ledger;
    private final ExecutorService flusher = Executors.newFixedThreadPool(2, named("state-io"));
    private final ExecutorService merger = Executors.newSingleThreadExecutor(named("state-merge"));
    private final ExecutorService sealer = Executors.newFixedThreadPool(2, named("state-seal"));
    private int starts;

    Rig(Parameters asked) throws IOException {
        this.asked = asked;
        this.directory = Files.createTempDirectory(asked.directory(), "strandline-bench-");
        this.store = openStore();
        this.ledger = new ManifestLedger(JOB, store);
        this.engine = new Engine(EngineSettings.defaults(), System::nanoTime, InstantSource.system(), Rig::giveUp);
    }

    ManifestLedger ledger() {
        return ledger;
    }

    FileSnapshotStore store() {
        return store;
    }

    /** The same directory as a process that has just started sees it: nothing is known to be sound yet. */
    FileSnapshotStore openStore() throws IOException {
        return FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    /** Opens a version for reading. */
    SnapshotReader open(Manifest version) throws IOException {
        SnapshotContent content = version.content();
        List<OperatorContent> stateful = content.operators().stream()
                .filter(operator -> !operator.states().isEmpty())
                .toList();
        return new SnapshotReaders(formats).open(stateful, content.maxParallelism(), store);
    }

    /** Starts with periodic checkpoints, as the parameters say. */
    Watch start(JobGraph graph) throws IOException {
        return start(graph, Duration.ofMillis(asked.interval()), null, state -> state);
    }

    /**
     * Starts an instance.
     *
     * @param interval between checkpoints, null for none but those asked for
     * @param from the version to go on from, null for a fresh start
     * @param wrap stands between the engine and the state
     */
    Watch start(JobGraph graph, @Nullable Duration interval, @Nullable Manifest from, UnaryOperator<InstanceState> wrap)
            throws IOException {
        SnapshotContent restored = from == null ? null : from.content();
        InstanceState state = wrap.apply(backend()
                .open(new InstanceStateRequest(
                        store,
                        Files.createDirectories(directory.resolve("work-" + starts)),
                        JOB + starts++,
                        MAX_PARALLELISM,
                        asked.budget() << 20,
                        interval == null ? Duration.ZERO : interval,
                        new StateExecutors(flusher, merger, sealer),
                        restored == null ? List.of() : restored.operators())));
        Watch watch = new Watch();
        watch.of(engine.start(
                graph,
                new JobStart(
                        JOB,
                        "main",
                        backend().name(),
                        state,
                        restored,
                        List.of(),
                        checkpoints(interval),
                        full -> false),
                ledger,
                watch));
        return watch;
    }

    @Override
    public void close() throws IOException {
        engine.close();
        flusher.shutdown();
        merger.shutdown();
        sealer.shutdown();
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private StateBackend backend() {
        return asked.backend().equals("rocksdb")
                ? new RocksdbBackend((SstRunFormat) formats.get(1), formats)
                : new HeapBackend("filesystem", formats.get(0), formats);
    }

    private static CheckpointSettings checkpoints(@Nullable Duration interval) {
        return new CheckpointSettings(
                interval,
                Duration.ZERO,
                Duration.ofMinutes(10),
                0,
                CheckpointSettings.Retry.NONE,
                CheckpointSettings.Guarantee.EXACTLY_ONCE,
                null,
                SnapshotMode.INCREMENTAL);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void giveUp(Throwable fatal) {
        System.getLogger(Rig.class.getName()).log(System.Logger.Level.ERROR, "the engine gave up", fatal);
        Runtime.getRuntime().halt(3);
    }
}
