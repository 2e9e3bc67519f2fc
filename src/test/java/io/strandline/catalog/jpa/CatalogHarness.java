package io.strandline.catalog.jpa;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.Ledger.Commit;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Companions;
import io.strandline.catalog.Ledger.ManifestWrite;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.RecordingFiles;
import io.strandline.catalog.jpa.server.ServerTables;
import io.strandline.catalog.ledger.JournaledLedger;
import io.strandline.catalog.ledger.ManifestShelf;
import io.strandline.catalog.ledger.Reconciliation;
import io.strandline.catalog.ledger.Recovery;
import io.strandline.catalog.work.Answers;
import io.strandline.catalog.work.OperationLog;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.LineSegment;
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
import io.strandline.snapshot.signing.ManifestSignature;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.LocalDisk;
import io.strandline.storage.file.FileSnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

/** A server's ledger and catalog over a data directory and a database, to be started, stopped and started again. */
public final class CatalogHarness implements AutoCloseable {

    public static final Cause ADA = new Cause("ada", "request-1", null, "because");

    public final RecordingFiles files = new RecordingFiles();
    public final SteppingClock clock = new SteppingClock();
    final FaultyTransactions transactions;
    final DataDirectory directory;
    public final Journal journal;
    public final SnapshotStores stores;
    final JpaIndex index;
    public final JournaledLedger ledger;
    public final Catalog catalog;
    public final History history;
    public final Housekeeping housekeeping;
    public final OperationLog operations;
    final Answers answers;

    private CatalogHarness(Path root, Database database, StoreOpening store, @Nullable Disk journalDisk)
            throws IOException {
        this.transactions = new FaultyTransactions(database.transactions());
        this.directory = DataDirectory.open(root, "test", journalDisk == null ? new LocalDisk() : journalDisk);
        boolean started = false;
        try {
            this.journal = Journal.open(directory.journal(), clock, journalDisk == null ? files : journalDisk, 20_000);
            clock.notBefore(journal.newestAt());
            this.stores =
                    new SnapshotStores(store.open(directory.store(), clock), new MemorySnapshotStore(1 << 20, clock));
            ManifestShelf shelf = new ManifestShelf(stores);
            CatalogConfiguration.Tables tables = new CatalogConfiguration.Tables(
                    SharedEntityManagerCreator.createSharedEntityManager(database.factory),
                    database.sql,
                    transactions,
                    shelf,
                    new ServerTables(database.sql));
            this.index = tables.index();
            this.ledger = new Recovery(directory.id(), journal, index).open();
            this.catalog = tables.catalog(clock);
            this.history = tables.history(journal);
            this.housekeeping = tables.housekeeping(ledger);
            JpaOperationLog log = tables.operationLog(ledger, clock);
            this.operations = log;
            this.answers = log;
            new Reconciliation(
                            ledger,
                            index,
                            new Reconciliation.Reads(catalog, history, housekeeping),
                            stores.durable(),
                            clock)
                    .run(shelf.unreadable(), directory.copied());
            directory.adopted();
            started = true;
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    public static CatalogHarness start(Path root, Database database) throws IOException {
        return new CatalogHarness(root, database, FileSnapshotStore::open, null);
    }

    /** A server over a store of its own. */
    public static CatalogHarness start(Path root, Database database, StoreOpening store) throws IOException {
        return new CatalogHarness(root, database, store, null);
    }

    /** A server whose journal and store lie on a disk of its own. */
    public static CatalogHarness start(Path root, Database database, Disk disk) throws IOException {
        return new CatalogHarness(root, database, (usual, clock) -> FileSnapshotStore.open(usual, clock, disk), disk);
    }

    /** Opens the durable store. */
    public interface StoreOpening {

        SnapshotStore open(Path usual, Clock clock) throws IOException;
    }

    /** As a killed process: nothing is noted. */
    public void kill() throws IOException {
        journal.close();
        stores.durable().close();
        directory.close();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
        kill();
    }

    public void job(String id) {
        change(id, new JobCreated(id, id, "about " + id, "{\"name\":\"" + id + "\"}", clock.instant()));
    }

    public void change(String jobId, Change... changes) {
        ledger.change(new Scope.OfJob(jobId), ADA, recorder -> {
            List.of(changes).forEach(recorder::record);
            return true;
        });
    }

    public long startInstance(String jobId) {
        return ledger.change(new Scope.OfJob(jobId), ADA, changes -> {
            long epoch = catalog.newestEpoch(jobId) + 1;
            changes.record(new InstanceStarted(
                    jobId, Branch.MAIN, jobId + "-" + epoch, epoch, 1, 2, "rocksdb", null, "START", clock.instant()));
            return epoch;
        });
    }

    /** Takes a version on main as the branch's newest instance would. */
    public SnapshotId snapshot(String jobId, String... blobs) {
        Branch main = catalog.branch(jobId, Branch.MAIN).orElseThrow();
        Candidate candidate = candidate(jobId, main.head(), main.epoch(), main.line(), blobs);
        CommitResult result = commit(candidate);
        if (result instanceof CommitResult.Committed committed) {
            return committed.id();
        }
        throw new AssertionError(result);
    }

    public CommitResult commit(Candidate candidate) {
        return commit(candidate, null);
    }

    CommitResult commit(Candidate candidate, @Nullable Companions companions) {
        ManifestWrite write = writing(new Manifests(stores.durable()), candidate.manifest());
        return ledger.commit(new Commit(candidate.completed(), candidate.manifest(), write, companions), ADA);
    }

    public static ManifestWrite writing(Manifests manifests, Manifest manifest) {
        return new ManifestWrite() {
            @Override
            public void write() throws IOException {
                manifests.write(manifest);
            }

            @Override
            public void undo() throws IOException {
                manifests.delete(manifest);
            }
        };
    }

    /** A version that wants to be committed. */
    public record Candidate(SnapshotCompleted completed, Manifest manifest) {}

    public Candidate candidate(
            String jobId, @Nullable SnapshotId parent, long epoch, List<LineSegment> line, String... blobs) {
        long number = ledger.reserveNumber(jobId);
        List<LineSegment> longer = new ArrayList<>(line);
        longer.add(new LineSegment(Branch.MAIN, number, number));
        SnapshotId id = clock.ids.nextSnapshotId();
        Instant at = clock.instant();
        Manifest manifest = new Manifest(
                id,
                jobId,
                jobId,
                Branch.MAIN,
                SnapshotKind.PERIODIC,
                parent,
                parent,
                null,
                epoch,
                1,
                at,
                at,
                longer,
                content(number, blobs),
                null,
                null);
        return new Candidate(completed(manifest, 100L * blobs.length), manifest);
    }

    private SnapshotCompleted completed(Manifest manifest, long totalBytes) {
        return new SnapshotCompleted(
                manifest.id(),
                manifest.jobId(),
                Branch.MAIN,
                manifest.number(),
                SnapshotKind.PERIODIC,
                SnapshotMode.INCREMENTAL,
                manifest.parent(),
                manifest.parent(),
                null,
                manifest.epoch(),
                1,
                "rocksdb",
                2,
                manifest.startedAt(),
                manifest.completedAt(),
                totalBytes,
                100,
                new Manifests(stores.durable()).digest(manifest).toString(),
                true,
                Map.of("number", "n" + manifest.number(), "team", "flights"),
                null,
                manifest.line(),
                null,
                null);
    }

    /** The candidate as one that came out of an archive, signed. */
    static Candidate imported(Candidate candidate) {
        SnapshotCompleted all = candidate.completed();
        SnapshotCompleted imported = new SnapshotCompleted(
                all.id(),
                all.jobId(),
                all.branch(),
                all.number(),
                SnapshotKind.IMPORTED,
                all.mode(),
                null,
                null,
                null,
                0,
                all.pipelineVersion(),
                all.backend(),
                all.parallelism(),
                all.startedAt(),
                all.completedAt(),
                all.totalBytes(),
                all.newBytes(),
                all.manifestDigest(),
                true,
                all.labels(),
                all.description(),
                all.line(),
                digest("elsewhere").toString(),
                ManifestSignature.of(digest("key").toString(), new byte[ManifestSignature.BYTES]));
        return new Candidate(imported, candidate.manifest());
    }

    static Digest digest(String text) {
        return Digest.ofBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static SnapshotContent content(long number, String... blobs) {
        List<Run> runs = new ArrayList<>();
        for (String blob : blobs) {
            runs.add(new Run(
                    number,
                    0,
                    new KeyGroupRange(0, 127),
                    10,
                    0,
                    new Blob("application/vnd.strandline.run.flat.v1", digest(blob), 100)));
        }
        StateSchema schema = new StateSchema(
                "aggregates",
                StateSchema.Form.KEYED,
                List.of(new Column("origin", ColumnType.STRING)),
                false,
                List.of(new Column("count", ColumnType.LONG)));
        return new SnapshotContent(
                number,
                SnapshotMode.INCREMENTAL,
                "rocksdb",
                2,
                128,
                List.of(),
                List.of(new OperatorContent("by-origin", 0, List.of(new StateContent(schema, runs)))),
                100);
    }
}
