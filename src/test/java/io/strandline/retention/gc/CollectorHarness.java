package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.history.Housekeeping.NamedFile;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.retention.MemoryDocuments;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
import io.strandline.retention.inventory.StoreAudit;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.Manifests;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.StagedBytes;
import io.strandline.storage.Staging;
import io.strandline.storage.file.FileSnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and versions over a real file store, and a collector of their garbage. */
abstract class CollectorHarness {

    static final Cause CAUSE = Cause.system("test");
    static final GcOrder NOW = new GcOrder(GcRun.Mode.DELETE, true, null, true, GcOrder.Unknown.IGNORE, CAUSE);
    static final GcOrder DRY = new GcOrder(GcRun.Mode.DRY_RUN, false, null, false, GcOrder.Unknown.REPORT, CAUSE);

    final SettableClock clock = new SettableClock();
    final MemoryWorld world = new MemoryWorld(clock);
    final MemoryDocuments documents = new MemoryDocuments();
    final Circuit circuit = new Circuit(documents);
    final Job job = world.addJob("flights");

    @TempDir
    Path directory;

    SnapshotStore store;
    Collector collector;
    private int stagings;

    @BeforeEach
    void open() throws IOException {
        store = FileSnapshotStore.open(directory, clock);
        collector = collectorOver(store);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** Asked to release output; its answer does not matter here. */
    final NoOutput outputs = new NoOutput();

    Collector collectorOver(SnapshotStore used) {
        Catalog catalog = world.as(Catalog.class);
        Housekeeping housekeeping = world.as(Housekeeping.class);
        SnapshotStores stores = new SnapshotStores(used, new MemorySnapshotStore(1 << 20, clock));
        GcSettings settings = new GcSettings(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofDays(30));
        return new Collector(
                new Collector.Steps(
                        new TrashEmptier(
                                catalog,
                                housekeeping,
                                new Purger(catalog, housekeeping, world.as(Ledger.class), clock),
                                new TrashedBranches(catalog, housekeeping, world.as(Ledger.class), clock),
                                new WithdrawnOutput(catalog, housekeeping, outputs),
                                clock),
                        new Condemner(catalog, housekeeping, stores),
                        new Sweeper(housekeeping, new SecondWitness(catalog, housekeeping), clock, settings)),
                new StoreAudit(
                        catalog, housekeeping, stores, new DamageFlags(world.as(Ledger.class), catalog, housekeeping)),
                stores,
                circuit,
                clock);
    }

    Blob file(String text) throws IOException {
        try (Staging staging = store.openStaging("1-" + ++stagings)) {
            Blob blob = StagedBytes.publish(staging, "f", text);
            staging.committed();
            return blob;
        }
    }

    Snapshot version(long number, Blob... blobs) throws IOException {
        return commit(job, number, blobs);
    }

    Snapshot commit(Job of, long number, Blob... blobs) throws IOException {
        List<NamedFile> rows = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        for (Blob blob : blobs) {
            rows.add(new NamedFile(blob.digest(), blob.sizeBytes(), "RUN"));
            runs.add(new Run(number, runs.size(), new KeyGroupRange(0, 127), 1, 0, blob));
        }
        Snapshot version =
                world.addVersion(of, number, SnapshotKind.PERIODIC, clock.instant(), rows.toArray(NamedFile[]::new));
        Digest written = new Manifests(store).write(manifest(version, of, runs));
        return world.describe(version, written.toString());
    }

    private static Manifest manifest(Snapshot version, Job of, List<Run> runs) {
        StateSchema schema = new StateSchema(
                "counts",
                StateSchema.Form.KEYED,
                List.of(new Column("key", ColumnType.STRING)),
                false,
                List.of(new Column("count", ColumnType.LONG)));
        SnapshotContent content = new SnapshotContent(
                version.number(),
                SnapshotMode.INCREMENTAL,
                "rocksdb",
                1,
                128,
                List.of(),
                List.of(new OperatorContent("by-key", 0, List.of(new StateContent(schema, runs)))),
                0);
        SnapshotId parent = version.parent();
        return new Manifest(
                version.id(),
                of.id(),
                of.name(),
                "main",
                version.kind(),
                parent,
                parent,
                null,
                1,
                1,
                version.startedAt(),
                version.completedAt(),
                List.of(),
                content,
                null,
                null);
    }

    void trash(Snapshot version) {
        world.trash(version, clock.instant().plus(Duration.ofDays(7)));
    }

    Path manifestFile(Snapshot version) {
        return directory.resolve("manifests").resolve(version.jobId()).resolve(version.number() + ".json");
    }

    List<String> tree() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    static SnapshotStore withoutPins(SnapshotStore real) {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("pin")) {
                        return (Pin) () -> {};
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
