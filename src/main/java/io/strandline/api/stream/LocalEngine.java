package io.strandline.api.stream;

import io.strandline.engine.Engine;
import io.strandline.engine.EngineSettings;
import io.strandline.engine.JobStart;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
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
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs in this process and keeps their versions in a directory, each made by its manifest. What a server adds (names, tags,
 * retention, a journal) is not here. Safe for concurrent use by jobs of different names.
 */
public final class LocalEngine implements AutoCloseable {

    static final String ROCKSDB = "rocksdb";

    private static final List<String> BACKENDS = List.of("memory", "filesystem", ROCKSDB);
    private static final String BRANCH = "main";
    private static final long MEMORY_BUDGET = 256L << 20;
    private static final int FLUSHERS = 2;

    private final Path directory;
    private final SnapshotStore store;
    private final Engine engine;
    private final ExecutorService flushers = Executors.newFixedThreadPool(FLUSHERS);
    private final ExecutorService merger = Executors.newSingleThreadExecutor();
    private final ExecutorService sealers = Executors.newFixedThreadPool(FLUSHERS);
    private final RunFormat flat = new FlatRunFormat();
    private final SstRunFormat sst = new SstRunFormat();

    private LocalEngine(Path directory, SnapshotStore store) {
        this.directory = directory;
        this.store = store;
        this.engine = new Engine(EngineSettings.defaults(), System::nanoTime, Clock.systemUTC(), LocalEngine::fatal);
    }

    /** An engine whose versions lie in a directory, which is made if need be. */
    public static LocalEngine in(Path directory) throws IOException {
        Path made = Files.createDirectories(directory);
        return new LocalEngine(
                made, FileSnapshotStore.open(Files.createDirectories(made.resolve("store")), Clock.systemUTC()));
    }

    /** Starts a job from nothing. */
    public LocalRun start(StreamJob job) throws IOException {
        return start(job, null);
    }

    /** Starts a job where a version left off. */
    public LocalRun start(StreamJob job, @Nullable Manifest version) throws IOException {
        LocalLedger ledger = LocalLedger.of(job.name(), store, version);
        List<LineSegment> line = version == null ? List.of() : version.line();
        InstanceState state = backend(job.backend())
                .open(new InstanceStateRequest(
                        store,
                        Files.createTempDirectory(directory, "work"),
                        UUID.randomUUID().toString(),
                        StreamJob.MAX_PARALLELISM,
                        MEMORY_BUDGET,
                        Duration.ZERO,
                        new StateExecutors(flushers, merger, sealers),
                        version == null ? List.of() : version.content().operators()));
        JobStart start = new JobStart(
                job.name(),
                BRANCH,
                job.backend(),
                state,
                version == null ? null : version.content(),
                line,
                job.checkpoints(),
                failure -> false);
        LocalRun run = new LocalRun(ledger);
        run.bind(engine.start(job.graph(), start, ledger, run));
        return run;
    }

    /** A version's state, to look into; closed by the caller. */
    public SnapshotReader read(Manifest version) throws IOException {
        List<OperatorContent> stateful = version.content().operators().stream()
                .filter(operator -> !operator.states().isEmpty())
                .toList();
        return new SnapshotReaders(List.of(flat, sst)).open(stateful, StreamJob.MAX_PARALLELISM, store);
    }

    @Override
    public void close() {
        engine.close();
        flushers.shutdown();
        merger.shutdown();
        sealers.shutdown();
    }

    static void requireBackend(String name) {
        if (!BACKENDS.contains(name)) {
            throw new IllegalArgumentException(
                    "no backend '%s' (there are: %s)".formatted(name, String.join(", ", BACKENDS)));
        }
    }

    private StateBackend backend(String name) {
        List<RunFormat> formats = List.of(flat, sst);
        return name.equals(ROCKSDB) ? new RocksdbBackend(sst, formats) : new HeapBackend(name, flat, formats);
    }

    private static void fatal(Throwable thrown) {
        System.getLogger(LocalEngine.class.getName()).log(System.Logger.Level.ERROR, "the engine cannot go on", thrown);
    }
}
