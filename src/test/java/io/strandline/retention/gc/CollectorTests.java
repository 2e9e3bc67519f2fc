package io.strandline.retention.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Housekeeping;
import io.strandline.catalog.Housekeeping.NamedFile;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Snapshot;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
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
import io.strandline.storage.ManifestName;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage collection on a real file store: what goes, what must never go, and what makes it stop. */
class CollectorTests {

    private static final Cause CAUSE = Cause.system("test");
    private static final GcOrder NOW = new GcOrder(GcRun.Mode.DELETE, true, null, true, GcOrder.Unknown.IGNORE, CAUSE);
    private static final GcOrder DRY =
            new GcOrder(GcRun.Mode.DRY_RUN, false, null, false, GcOrder.Unknown.REPORT, CAUSE);

    private final SettableClock clock = new SettableClock();
    private final MemoryWorld world = new MemoryWorld(clock);
    private final Circuit circuit = new Circuit();
    private final Job job = world.addJob("flights");

    @TempDir
    Path directory;

    private SnapshotStore store;
    private Collector collector;
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

    @Test
    void unlinksTheFilesOnlyThePurgedVersionNames() throws IOException {
        Blob shared = file("shared");
        Blob own = file("own");
        Snapshot first = version(1, shared, own);
        version(2, shared);
        trash(first);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(run.purgedVersions()).isEqualTo(1);
        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.sizeOf(shared.digest())).isPresent();
        assertThat(store.sizeOf(own.digest())).isEmpty();
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.manifests()).containsExactly(new ManifestName(job.id(), 2));
        assertThat(world.stateOf(first)).isEqualTo(Snapshot.State.PURGED);
    }

    @Test
    void letsFilesWaitInQuarantineForADay() throws IOException {
        Blob own = file("own");
        trash(version(1, own));
        version(2, file("other"));

        GcRun first =
                collector.run("r1", new GcOrder(GcRun.Mode.DELETE, true, null, false, GcOrder.Unknown.IGNORE, CAUSE));
        assertThat(first.freedBytes()).isZero();
        assertThat(first.quarantinedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.sizeOf(own.digest())).isEmpty();

        clock.pass(Duration.ofHours(23));
        assertThat(collector.run("r2", GcOrder.scheduled(CAUSE)).freedBytes()).isZero();
        clock.pass(Duration.ofHours(1));
        assertThat(collector.run("r3", GcOrder.scheduled(CAUSE)).freedBytes()).isEqualTo(own.sizeBytes());
    }

    @Test
    void purgesByItselfOnlyWhatIsDue() throws IOException {
        Snapshot due = version(1, file("a"));
        Snapshot early = version(2, file("b"));
        version(3, file("c"));
        world.trash(due, clock.instant());
        world.trash(early, clock.instant().plusSeconds(60));

        collector.run("r", GcOrder.scheduled(CAUSE));

        assertThat(world.stateOf(due)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.stateOf(early)).isEqualTo(Snapshot.State.TRASHED);
    }

    @Test
    void keepsATrashedVersionThatAPersonHolds() throws IOException {
        Snapshot held = version(1, file("a"));
        version(2, file("b"));
        trash(held);
        world.addHold("h", held, Hold.Kind.USER, null);

        GcRun run = collector.run("r", NOW);

        assertThat(world.stateOf(held)).isEqualTo(Snapshot.State.TRASHED);
        assertThat(run.skipped()).singleElement().asString().contains("a hold lies on it");
    }

    @Test
    void purgesAJobWithAllItsVersions() throws IOException {
        Snapshot one = version(1, file("a"));
        Snapshot two = version(2, file("b"));
        Job other = world.addJob("other");
        commit(other, 1, file("c"));
        world.trash(job, clock.instant());

        GcRun run = collector.run("r", NOW);

        assertThat(run.purgedJobs()).isEqualTo(1);
        assertThat(run.purgedVersions()).isEqualTo(2);
        assertThat(world.stateOf(one)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.stateOf(two)).isEqualTo(Snapshot.State.PURGED);
        assertThat(world.job(job.id())).isEmpty();
        assertThat(store.blobs()).hasSize(1);
    }

    /** The planted bug of the second half shows that the first half can fail. */
    @Test
    void neverCollectsAFileThatAnAttemptNames() throws IOException {
        assertThat(fileSurvivesTheAttemptThatReusesIt(store, 1)).isTrue();
        assertThat(fileSurvivesTheAttemptThatReusesIt(withoutPins(store), 11)).isFalse();
    }

    private boolean fileSurvivesTheAttemptThatReusesIt(SnapshotStore storeUsed, long number) throws IOException {
        Collector used = collectorOver(storeUsed);
        Blob reused = file("reused by " + number);
        Snapshot old = version(number, reused);
        version(number + 1, file("newer than " + number));
        trash(old);
        try (Pin pin = storeUsed.pin(List.of(reused.digest()))) {
            used.run("r1", NOW);
            commit(job, number + 2, reused);
        }
        used.run("r2", NOW);
        return store.sizeOf(reused.digest()).isPresent();
    }

    @Test
    void condemnsAPinnedFileOnceThePinIsGone() throws IOException {
        Blob own = file("own");
        trash(version(1, own));
        version(2, file("other"));
        try (Pin pin = store.pin(List.of(own.digest()))) {
            GcRun run = collector.run("r1", NOW);
            assertThat(run.pinnedFiles()).isEqualTo(1);
            assertThat(store.manifests()).hasSize(2);
        }

        assertThat(collector.run("r2", NOW).freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.manifests()).hasSize(1);
    }

    @Test
    void takesACondemnedFileThatWasWrittenAnewForNoDisagreement() throws IOException {
        Blob own = file("own");
        trash(version(1, own));
        version(2, file("other"));
        collector.run("r1", new GcOrder(GcRun.Mode.DELETE, true, null, false, GcOrder.Unknown.IGNORE, CAUSE));
        version(3, file("own"));

        GcRun run = collector.run("r2", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(store.quarantined()).isEmpty();
        assertThat(store.sizeOf(own.digest())).isPresent();
    }

    @Test
    void goesOnAfterACrashBetweenThePurgeAndItsFiles() throws IOException {
        Blob own = file("own");
        Snapshot purged = version(1, own);
        version(2, file("other"));
        trash(purged);
        new Purger(world.as(Catalog.class), world.as(Housekeeping.class), world.as(Ledger.class), clock)
                .purge(purged, true, CAUSE);

        GcRun run = collectorOver(store).run("r", NOW);

        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.manifests()).hasSize(1);
    }

    @Test
    void unlinksNothingWhenAManifestNamesWhatTheRowsDoNot() throws IOException {
        Blob lost = file("rows lost");
        Snapshot victim = version(1, lost);
        Snapshot garbage = version(2, lost, file("garbage"));
        version(3, file("other"));
        world.loseFileRows(victim);
        trash(garbage);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.detail()).contains("names " + lost.digest());
        assertThat(run.freedBytes()).isZero();
        assertThat(store.sizeOf(lost.digest()))
                .as("it came back from quarantine")
                .isPresent();
        assertThat(circuit.fault()).isPresent();
        assertThat(catchThrowableOfType(StrandlineException.class, () -> collector.run("r2", NOW))
                        .code())
                .isEqualTo(ErrorCode.CIRCUIT_OPEN);
    }

    @Test
    void unlinksNothingWhenAManifestCannotBeRead() throws IOException {
        trash(version(1, file("own")));
        Snapshot unreadable = version(2, file("other"));
        Files.writeString(manifestFile(unreadable), "{");

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.deletedFiles()).isZero();
        assertThat(store.quarantined()).hasSize(1);
    }

    @Test
    void takesTheRowsOfAVersionKnownToBeDamaged() throws IOException {
        Blob own = file("own");
        Blob damagedOnes = file("damaged one's");
        trash(version(1, own));
        Snapshot damaged = version(2, damagedOnes);
        Files.writeString(manifestFile(damaged), "{");
        world.damage(damaged);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.DONE);
        assertThat(run.freedBytes()).isEqualTo(own.sizeBytes());
        assertThat(store.sizeOf(damagedOnes.digest())).isPresent();
    }

    @Test
    void unlinksNothingWhenNoManifestIsLeftButFilesAre() throws IOException {
        Snapshot gone = version(1, file("own"));
        file("of nobody");
        trash(gone);

        GcRun run = collector.run("r", NOW);

        assertThat(run.outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        assertThat(run.detail()).contains("no manifest at all");
    }

    @Test
    void closesTheCircuitAfterACleanDryRun() throws IOException {
        trash(version(1, file("own")));
        Snapshot unreadable = version(2, file("other"));
        byte[] good = Files.readAllBytes(manifestFile(unreadable));
        Files.writeString(manifestFile(unreadable), "{");
        collector.run("r1", NOW);

        assertThat(collector.run("r2", DRY).outcome()).isEqualTo(GcRun.Outcome.REFUSED);
        Files.write(manifestFile(unreadable), good);
        assertThat(collector.run("r3", DRY).outcome()).isEqualTo(GcRun.Outcome.DONE);

        assertThat(collector.run("r4", NOW).deletedFiles()).isEqualTo(1);
    }

    @Test
    void changesNothingInADryRunAndTellsWhatWouldGo() throws IOException {
        Snapshot due = version(1, file("own"));
        version(2, file("other"));
        Blob unknown = file("of nobody");
        world.trash(due, clock.instant());
        List<String> before = tree();

        GcRun run = collector.run("r", DRY);

        assertThat(run.purgedVersions()).isEqualTo(1);
        assertThat(run.unknownFiles()).isEqualTo(1);
        assertThat(run.unknownBytes()).isEqualTo(unknown.sizeBytes());
        assertThat(tree()).isEqualTo(before);
        assertThat(world.stateOf(due)).isEqualTo(Snapshot.State.TRASHED);
    }

    @Test
    void quarantinesUnknownFilesOnlyByExplicitCommand() throws IOException {
        version(1, file("own"));
        Blob unknown = file("of nobody");
        collector.run("r1", NOW);
        assertThat(store.sizeOf(unknown.digest())).isPresent();

        GcRun run = collector.run(
                "r2", new GcOrder(GcRun.Mode.DELETE, false, null, false, GcOrder.Unknown.QUARANTINE, CAUSE));

        assertThat(run.condemnedFiles()).isEqualTo(1);
        assertThat(store.sizeOf(unknown.digest())).isEmpty();
    }

    private Collector collectorOver(SnapshotStore used) {
        Catalog catalog = world.as(Catalog.class);
        Housekeeping housekeeping = world.as(Housekeeping.class);
        SnapshotStores stores = new SnapshotStores(used, new MemorySnapshotStore(1 << 20, clock));
        GcSettings settings = new GcSettings(Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofDays(30));
        return new Collector(
                new TrashEmptier(
                        catalog, housekeeping, new Purger(catalog, housekeeping, world.as(Ledger.class), clock), clock),
                new Condemner(catalog, housekeeping, stores),
                new Sweeper(housekeeping, new SecondWitness(catalog, housekeeping), clock, settings),
                stores,
                circuit,
                clock);
    }

    private Blob file(String text) throws IOException {
        try (Staging staging = store.openStaging("1-" + ++stagings)) {
            Blob blob = StagedBytes.publish(staging, "f", text);
            staging.committed();
            return blob;
        }
    }

    private Snapshot version(long number, Blob... blobs) throws IOException {
        return commit(job, number, blobs);
    }

    private Snapshot commit(Job of, long number, Blob... blobs) throws IOException {
        List<NamedFile> rows = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        for (Blob blob : blobs) {
            rows.add(new NamedFile(blob.digest(), blob.sizeBytes(), "RUN"));
            runs.add(new Run(number, runs.size(), new KeyGroupRange(0, 127), 1, 0, blob));
        }
        Snapshot version =
                world.addVersion(of, number, SnapshotKind.PERIODIC, clock.instant(), rows.toArray(NamedFile[]::new));
        new Manifests(store).write(manifest(version, of, runs));
        return version;
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
                content);
    }

    private void trash(Snapshot version) {
        world.trash(version, clock.instant().plus(Duration.ofDays(7)));
    }

    private Path manifestFile(Snapshot version) {
        return directory.resolve("manifests").resolve(version.jobId()).resolve(version.number() + ".json");
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    private static SnapshotStore withoutPins(SnapshotStore real) {
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
