package io.strandline.runner.embedded;

import io.strandline.engine.Engine;
import io.strandline.engine.EngineSettings;
import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.connect.ConnectorResources;
import io.strandline.runner.connect.Databases;
import io.strandline.runner.connect.FilesRoots;
import io.strandline.runner.connect.Inboxes;
import io.strandline.runner.connect.Outbox;
import io.strandline.runner.connect.OutputOwners;
import io.strandline.runner.plugin.Plugins;
import io.strandline.snapshot.Manifest;
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
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.file.FileSnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The embedded runner over real stores, backends and files, without a server: jobs keep their versions as manifests. */
final class RunnerHarness implements AutoCloseable {

    static final EngineSettings SMALL_BATCHES = new EngineSettings(2, 64, 8, Duration.ofMillis(1));

    final Path files;
    final FileSnapshotStore durable;
    final EmbeddedRunner runner;
    final EmbeddedRehearser rehearser;
    final Inboxes inboxes;
    private final SnapshotStores stores;
    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private final ExecutorService merger = Executors.newSingleThreadExecutor();
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    RunnerHarness(Path directory) {
        this(directory, SMALL_BATCHES);
    }

    RunnerHarness(Path directory, EngineSettings settings) {
        this(directory, settings, new Databases(Map.of()));
    }

    RunnerHarness(Path directory, EngineSettings settings, Databases databases) {
        try {
            files = Files.createDirectories(directory.resolve("files"));
            durable = FileSnapshotStore.open(Files.createDirectories(directory.resolve("store")), Clock.systemUTC());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        stores = new SnapshotStores(durable, new MemorySnapshotStore(1L << 30, Clock.systemUTC()));
        inboxes = new Inboxes(directory.resolve("inbox"), InstantSource.system());
        FilesRoots roots = new FilesRoots(List.of(files), directory.resolve("bundled"));
        Engine engine = new Engine(settings, System::nanoTime, InstantSource.system(), fatal::set);
        StateResources state = new StateResources(
                backends(),
                directory.resolve("work"),
                new StateExecutors(background, merger),
                scratch -> FileSnapshotStore.open(scratch, Clock.systemUTC()));
        rehearser = new EmbeddedRehearser(engine, stores, Plugins.off(), state, new SnapshotReaders(formats));
        runner = new EmbeddedRunner(
                engine,
                stores,
                new ConnectorResources(
                        roots,
                        new OutputOwners(roots, new DiskPartFiles()),
                        inboxes,
                        new Outbox(directory.resolve("outbox"), new DiskPartFiles()),
                        databases),
                Plugins.off(),
                state);
    }

    private Map<String, StateBackend> backends() {
        RunFormat flat = formats.get(0);
        return Map.of(
                "memory", new HeapBackend("memory", flat, formats),
                "filesystem", new HeapBackend("filesystem", flat, formats),
                "rocksdb", new RocksdbBackend((SstRunFormat) formats.get(1), formats));
    }

    ManifestHistory job() {
        return new ManifestHistory(UUID.randomUUID().toString(), durable);
    }

    /** Canonical JSON of a document written as YAML. */
    static String document(String yaml) {
        return new Pipelines().read(yaml, Pipelines.Syntax.YAML).document().toJson();
    }

    InstanceSpec spec(ManifestHistory job, String yaml, int parallelism, String backend, @Nullable Manifest from) {
        return new InstanceSpec(
                UUID.randomUUID().toString(),
                new BranchRef(job.jobId(), "main"),
                "job",
                job.nextEpoch(),
                document(yaml),
                1,
                parallelism,
                backend,
                from,
                from == null ? List.of() : from.line(),
                Map.of());
    }

    /** Starts an instance from a version, or from nothing. */
    InstanceWatch start(ManifestHistory job, String yaml, int parallelism, String backend, @Nullable Manifest from) {
        InstanceSpec spec = spec(job, yaml, parallelism, backend, from);
        InstanceWatch watch = new InstanceWatch();
        return watch.of(runner.start(spec, job.ledger(spec), watch));
    }

    /** Runs until input ends. */
    InstanceWatch run(ManifestHistory job, String yaml, int parallelism, String backend, @Nullable Manifest from) {
        InstanceWatch watch = start(job, yaml, parallelism, backend, from);
        watch.awaitFinished();
        return watch;
    }

    SnapshotReader read(Manifest version) throws IOException {
        SnapshotStore store = stores.of(!version.content().backend().equals("memory"));
        return new SnapshotReaders(formats)
                .open(version.content().operators(), version.content().maxParallelism(), store);
    }

    String stateDigest(Manifest version) throws IOException {
        try (SnapshotReader reader = read(version)) {
            return reader.stateDigest().hex();
        }
    }

    /** A state's entries: key columns (and the window, if it has any) to value columns. */
    Map<String, List<Object>> state(Manifest version, String operator, String state) throws IOException {
        Map<String, List<Object>> entries = new TreeMap<>();
        try (SnapshotReader reader = read(version)) {
            boolean namespaced = reader.schema(operator, state).orElseThrow().namespaced();
            reader.scan(operator, state, entry -> {
                String key = namespaced
                        ? entry.key() + "@" + entry.namespace()
                        : entry.key().toString();
                entries.put(key, entry.value());
            });
        }
        return entries;
    }

    /** Lines of the committed part files of a sink, file by file in the order of their numbers. */
    List<String> output(String path) throws IOException {
        List<String> lines = new ArrayList<>();
        Path directory = files.resolve(path);
        if (!Files.exists(directory)) {
            return lines;
        }
        try (Stream<Path> listed = Files.list(directory)) {
            List<Path> parts = listed.filter(
                            file -> file.getFileName().toString().startsWith("part-"))
                    .sorted((one, other) -> Long.compare(number(one), number(other)))
                    .toList();
            for (Path part : parts) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }

    /** What two runs have in common whatever the order in which subtasks wrote. */
    List<String> sortedOutput(String path) throws IOException {
        return output(path).stream().sorted().toList();
    }

    private static long number(Path part) {
        return Long.parseLong(part.getFileName().toString().split("-", -1)[2]);
    }

    @Override
    public void close() {
        runner.close();
        background.shutdown();
        merger.shutdown();
        if (fatal.get() != null) {
            throw new AssertionError("the engine gave up", fatal.get());
        }
    }
}
