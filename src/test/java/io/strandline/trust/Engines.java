package io.strandline.trust;

import io.strandline.engine.Engine;
import io.strandline.engine.EngineSettings;
import io.strandline.runner.connect.ConnectorResources;
import io.strandline.runner.connect.Databases;
import io.strandline.runner.connect.FilesRoots;
import io.strandline.runner.connect.Inboxes;
import io.strandline.runner.connect.Outbox;
import io.strandline.runner.connect.OutputOwners;
import io.strandline.runner.embedded.EmbeddedRunner;
import io.strandline.runner.embedded.StateResources;
import io.strandline.runner.plugin.Plugins;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SourcePosition;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateExecutors;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The runner with its engine and backends, and a reader of what they have stored. */
final class Engines implements AutoCloseable {

    final EmbeddedRunner runner;
    final Path output;
    private final SnapshotStores stores;
    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final ExecutorService background = Executors.newFixedThreadPool(2);

    Engines(Path data, SnapshotStores stores, Disk disk) {
        this.stores = stores;
        Path files = data.resolve("files");
        this.output = files.resolve("out");
        FilesRoots roots = new FilesRoots(List.of(files), data.resolve("work"));
        this.runner = new EmbeddedRunner(
                new Engine(
                        new EngineSettings(1, 64, 8, Duration.ofMillis(1)),
                        System::nanoTime,
                        InstantSource.system(),
                        fatal -> {
                            throw new AssertionError("the engine gave up", fatal);
                        }),
                stores,
                new ConnectorResources(
                        roots,
                        new OutputOwners(roots, new DiskParts(disk)),
                        new Inboxes(data.resolve("inbox"), InstantSource.system()),
                        new Outbox(data.resolve("outbox"), new DiskParts(disk)),
                        new Databases(Map.of())),
                Plugins.off(),
                new StateResources(
                        Map.of(
                                "memory", new HeapBackend("memory", formats.get(0), formats),
                                "filesystem", new HeapBackend("filesystem", formats.get(0), formats),
                                "rocksdb", new RocksdbBackend((SstRunFormat) formats.get(1), formats)),
                        data.resolve("work"),
                        new StateExecutors(background, background),
                        scratch -> FileSnapshotStore.open(scratch, Clock.systemUTC())));
    }

    /** The state of the job's aggregate in a version: key to count and sum. */
    Map<Long, List<Object>> sums(Manifest version) throws IOException {
        Map<Long, List<Object>> sums = new TreeMap<>();
        var store = stores.of(!version.content().backend().equals("memory"));
        try (SnapshotReader reader = new SnapshotReaders(formats)
                .open(version.content().operators(), version.content().maxParallelism(), store)) {
            reader.scan(
                    "sums", "aggregates", entry -> sums.put((Long) entry.key().get(0), entry.value()));
        }
        return sums;
    }

    /** How far each partition had been read. */
    static long[] ends(Manifest version) {
        long[] ends = new long[Station.PARTITIONS];
        for (SourcePosition position : version.content().sources()) {
            ends[Integer.parseInt(position.split())] = position.offset();
        }
        return ends;
    }

    @Override
    public void close() {
        runner.close();
        background.shutdown();
    }
}
