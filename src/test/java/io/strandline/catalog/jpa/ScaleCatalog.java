package io.strandline.catalog.jpa;

import io.strandline.JobCalls;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.InstanceStarted;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.Policy;
import io.strandline.catalog.PolicyChange.PolicySaved;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.Tag;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.journal.JournalException;
import io.strandline.catalog.journal.UnsyncedFiles;
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
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Makes a data directory as a server leaves it that has taken a version of each of many jobs every minute: the journal by its
 * own code (without fsync), a manifest a version, the files of the oldest versions, and the catalog's rows by
 * {@link ScaleRows}.
 */
final class ScaleCatalog {

    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Cause CAUSE = Cause.system("the checkpoint of an instance");

    private final ScaleShape shape;
    private final Path root;
    private final IntConsumer progress;
    private final MovingClock clock;
    private final TimeOrderedIds ids;
    private final Map<String, SnapshotId[]> taken = new HashMap<>();
    private final Map<String, Deque<Run>> windows = new HashMap<>();

    /** @param progress is told from time to time how many versions of each job there are */
    ScaleCatalog(ScaleShape shape, Path root, Instant end, IntConsumer progress) {
        this.progress = progress;
        this.shape = shape;
        this.root = root;
        this.clock = new MovingClock(end.minus(BETWEEN.multipliedBy(shape.versions() + 1)));
        this.ids = new TimeOrderedIds(clock, new Random(1));
    }

    /** Makes all of it; the catalog goes wherever {@code connections} lead, into tables that are there and empty. */
    void make(List<Connection> connections) throws IOException, SQLException, JournalException {
        try (DataDirectory directory = DataDirectory.open(root, "the generator");
                Journal journal =
                        Journal.open(directory.journal(), clock, new UnsyncedFiles(), Journal.SEGMENT_BYTES)) {
            List<ScaleFeed> catalogs = new ArrayList<>();
            for (Connection connection : connections) {
                catalogs.add(new ScaleFeed(new ScaleRows(connection, directory.id(), shape)));
            }
            for (String part : List.of("blobs/sha256", "manifests", "staging", "quarantine")) {
                Files.createDirectories(directory.store().resolve(part));
            }
            Log log = (scope, change) -> {
                JournalEntry entry = journal.append(scope, CAUSE, List.of(change));
                for (ScaleFeed catalog : catalogs) {
                    catalog.add(entry);
                }
            };
            begin(log);
            Manifests manifests = new Manifests(unsynced(directory.store()));
            for (int number = 1; number <= shape.versions(); number++) {
                for (int job = 0; job < shape.jobs(); job++) {
                    version(shape.jobId(job), number, manifests, log);
                }
                clock.now = clock.now.plus(BETWEEN);
                if (number % 500 == 0) {
                    progress.accept(number);
                }
            }
            end(log);
            for (ScaleFeed catalog : catalogs) {
                catalog.end();
            }
            blobs(directory.store().resolve("blobs/sha256"));
            for (ScaleFeed catalog : catalogs) {
                catalog.close();
            }
        }
    }

    private void begin(Log log) throws IOException, SQLException, JournalException {
        Policy policy = new Policy(
                null,
                null,
                "{\"keep\":{\"last\":" + shape.versions() + ",\"kinds\":null,\"hourly\":null,\"daily\":null}}",
                1,
                clock.now,
                "ada");
        log.add(new Scope.OfServer(), new PolicySaved(policy));
        for (int job = 0; job < shape.jobs(); job++) {
            String id = shape.jobId(job);
            Scope scope = new Scope.OfJob(id);
            log.add(scope, new JobCreated(id, id, null, JobCalls.sums(id, "rocksdb"), clock.now));
            log.add(scope, new NumbersReserved(id, shape.versions()));
            log.add(
                    scope,
                    new InstanceStarted(id, Branch.MAIN, id + "-1", 1, 1, 2, "rocksdb", null, "START", clock.now));
            taken.put(id, new SnapshotId[shape.versions() + 1]);
        }
    }

    private void version(String jobId, int number, Manifests manifests, Log log)
            throws IOException, SQLException, JournalException {
        Manifest manifest = manifest(jobId, number);
        taken.get(jobId)[number] = manifest.id();
        log.add(new Scope.OfJob(jobId), completed(manifest, manifests.write(manifest)));
    }

    private Manifest manifest(String jobId, int number) {
        SnapshotId parent = taken.get(jobId)[number - 1];
        return new Manifest(
                ids.nextSnapshotId(),
                jobId,
                jobId,
                Branch.MAIN,
                SnapshotKind.PERIODIC,
                parent,
                parent,
                null,
                1,
                1,
                clock.now,
                clock.now,
                List.of(new LineSegment(Branch.MAIN, 1, number)),
                content(jobId, number),
                null,
                null);
    }

    private SnapshotCompleted completed(Manifest manifest, Digest digest) {
        SnapshotContent content = manifest.content();
        return new SnapshotCompleted(
                manifest.id(),
                manifest.jobId(),
                manifest.branch(),
                manifest.number(),
                manifest.kind(),
                content.mode(),
                manifest.parent(),
                manifest.base(),
                manifest.revertsTo(),
                manifest.epoch(),
                manifest.pipelineVersion(),
                content.backend(),
                content.parallelism(),
                manifest.startedAt(),
                manifest.completedAt(),
                content.operators().get(0).states().get(0).runs().size() * 64L,
                shape.newFiles() * 64L,
                digest.toString(),
                true,
                Map.of(),
                null,
                manifest.line(),
                null,
                null);
    }

    private void end(Log log) throws IOException, SQLException, JournalException {
        for (int job = 0; job < shape.jobs(); job++) {
            String id = shape.jobId(job);
            for (int i = 0; i < shape.tags(); i++) {
                int number = shape.taggedVersion(i);
                Tag tag = new Tag(id, "release-" + i, taken.get(id)[number], number, null, "ada", clock.now, null);
                log.add(new Scope.OfJob(id), new TagCreated(tag));
            }
            log.add(
                    new Scope.OfJob(id),
                    new InstanceEnded(id, Branch.MAIN, id + "-1", "STOPPED", false, null, clock.now));
        }
    }

    private void blobs(Path directory) throws IOException {
        for (int job = 0; job < shape.jobs(); job++) {
            String id = shape.jobId(job);
            for (int file = 0; file < shape.fileEnd(shape.dying()); file++) {
                byte[] bytes = ScaleFiles.bytes(id, file);
                Files.write(directory.resolve(Digest.ofBytes(bytes).hex()), bytes);
            }
        }
    }

    private SnapshotContent content(String jobId, int number) {
        Deque<Run> runs = windows.computeIfAbsent(jobId, any -> new ArrayDeque<>());
        for (int file = shape.fileEnd(number - 1); file < shape.fileEnd(number); file++) {
            Digest digest = Digest.ofBytes(ScaleFiles.bytes(jobId, file));
            Blob blob = new Blob("application/vnd.strandline.run.flat.v1", digest, ScaleFiles.SIZE_BYTES);
            runs.add(new Run(number, file % shape.newFiles(), new KeyGroupRange(0, 127), 10, 0, blob));
            if (runs.size() > shape.files()) {
                runs.remove();
            }
        }
        StateSchema schema = new StateSchema(
                "aggregates",
                StateSchema.Form.KEYED,
                List.of(new Column("key", ColumnType.LONG)),
                false,
                List.of(new Column("rows", ColumnType.LONG)));
        OperatorContent operator =
                new OperatorContent("by-key", 0, List.of(new StateContent(schema, List.copyOf(runs))));
        return new SnapshotContent(
                number, SnapshotMode.INCREMENTAL, "rocksdb", 2, 128, List.of(), List.of(operator), 128);
    }

    /** A store that only takes manifests, and lets the system write them when it likes. */
    private static SnapshotStore unsynced(Path store) {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, given) -> {
                    if (!method.getName().equals("writeManifest")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    ManifestName name = (ManifestName) given[0];
                    Path folder = store.resolve("manifests").resolve(name.folder());
                    if (name.number() == 1) {
                        Files.createDirectories(folder);
                    }
                    return Files.write(folder.resolve(name.number() + ".json"), (byte[]) given[1]);
                });
    }

    /** Takes a change into journal and catalog. */
    private interface Log {

        void add(Scope scope, Change change) throws IOException, SQLException, JournalException;
    }

    /** A clock that stands until it is moved. */
    private static final class MovingClock extends Clock {

        private Instant now;

        MovingClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
