package io.strandline.engine.checkpoint;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import io.strandline.storage.StoredBlob;
import io.strandline.storage.disk.Aftermath;
import io.strandline.storage.disk.DurableFrontier;
import io.strandline.storage.disk.SimulatedCrash;
import io.strandline.storage.disk.Trouble;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The real journal and the real store on a disk whose power is cut at a random call: un-fsynced bytes are lost, kept or torn,
 * un-fsynced names undone. When a life begins, everything that was acknowledged has to be there, whole, and nothing that was let go.
 */
final class DurableLedger implements SimulatedLedger {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Scope JOB = new Scope.OfJob("job");
    private static final Cause CAUSE = Cause.system("simulation");
    private static final long SEGMENT_BYTES = 4_000;
    private static final int NUMBERS_AT_ONCE = 3;
    private static final int LONGEST_LIFE = 400;

    private final Random random;
    private final Path directory;
    private final Predicate<Path> leftOut;
    private final TreeMap<Long, Long> versions = new TreeMap<>();
    private final Map<Long, List<Long>> attempted = new HashMap<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> letGo = new HashSet<>();
    private final Set<Long> mayGo = new HashSet<>();
    private DurableFrontier disk;
    private Journal journal;
    private SnapshotStore store;
    private long reserved;
    private long given;
    private long stagings;
    private int life;
    int powerCuts;

    /** {@code leftOut} tells of which fsyncs nothing comes. */
    DurableLedger(Path directory, long seed, Predicate<Path> leftOut) throws IOException {
        this.directory = directory;
        this.random = new Random(seed);
        this.leftOut = leftOut;
        Files.createDirectories(here().resolve("journal"));
    }

    private Path here() {
        return directory.resolve("life-" + life);
    }

    /** Another power cut may come while it starts; sooner or later it starts. */
    @Override
    public void open() {
        for (boolean quiet = false; ; quiet = random.nextInt(3) > 0) {
            try {
                start(quiet ? Trouble.NONE : new Trouble(random.nextInt(LONGEST_LIFE), Trouble.Kind.CRASH));
                return;
            } catch (SimulatedCrash again) {
                close();
            } catch (IOException e) {
                throw new AssertionError("it does not start after a power cut", e);
            }
        }
    }

    private void start(Trouble trouble) throws IOException {
        disk = new DurableFrontier(here(), trouble, leftOut);
        store = FileSnapshotStore.open(here().resolve("store"), CLOCK, disk);
        journal = Journal.open(here().resolve("journal"), CLOCK, disk, SEGMENT_BYTES);
        versions.clear();
        reserved = 0;
        journal.read(1, entry -> entry.changes().forEach(this::apply));
        given = Math.max(given, reserved);
        reserved = given;
        check();
        sweep();
    }

    private void apply(Change change) {
        if (change instanceof NumbersReserved numbers) {
            reserved = Math.max(reserved, numbers.upTo());
        } else if (change instanceof SnapshotCompleted completed) {
            versions.put(completed.number(), completed.totalBytes());
        } else if (change instanceof SnapshotPurged purged) {
            versions.remove(purged.id().value().getLeastSignificantBits());
        }
    }

    private void check() throws IOException {
        for (long number : acknowledged) {
            expect(versions.containsKey(number) || mayGo.contains(number), "version %d is gone", number);
        }
        for (long number : versions.keySet()) {
            expect(!letGo.contains(number), "version %d is back", number);
            expect(attempted.containsKey(number), "version %d was never asked for", number);
            expect(content(number).equals(attempted.get(number)), "version %d is not what was stored", number);
            acknowledged.add(number);
        }
        expect(given <= reserved, "number %d is given out again", given);
    }

    /** Takes away what an earlier life left half done. */
    private void sweep() throws IOException {
        Set<Digest> named = named();
        for (String area : store.leftoverStagings()) {
            store.sweepStaging(area, named::contains);
        }
        store.deleteManifests(store.manifests().stream()
                .filter(name -> !versions.containsKey(name.number()))
                .toList());
        collect(named);
        expect(
                store.blobs().size() == named.size(),
                "%d blobs for %d",
                store.blobs().size(),
                named.size());
    }

    private void collect(Set<Digest> named) throws IOException {
        List<Digest> live = store.blobs().stream().map(StoredBlob::digest).toList();
        Set<Digest> moved = store.quarantine(live, named::contains);
        store.deleteQuarantined(moved);
        store.deleteQuarantined(
                store.quarantined().stream().map(StoredBlob::digest).toList());
    }

    private Set<Digest> named() throws IOException {
        Set<Digest> named = new HashSet<>();
        for (long number : versions.keySet()) {
            named.addAll(digests(number));
        }
        return named;
    }

    private List<Digest> digests(long number) throws IOException {
        byte[] manifest = store.readManifest(new ManifestName("job", number))
                .orElseThrow(() -> new AssertionError("version " + number + " has no manifest"));
        try {
            return Stream.of(new String(manifest, StandardCharsets.UTF_8).split(","))
                    .map(Digest::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new AssertionError("version " + number + " has half a manifest", e);
        }
    }

    private List<Long> content(long number) throws IOException {
        List<Long> positions = new ArrayList<>();
        for (Digest digest : digests(number)) {
            expect(store.hash(digest).equals(digest), "version %d is damaged", number);
            ByteBuffer bytes = ByteBuffer.wrap(
                    Files.readAllBytes(here().resolve("store/blobs/sha256").resolve(digest.hex())));
            positions.add(bytes.getLong());
        }
        return positions;
    }

    @Override
    public void close() {
        try {
            if (journal != null) {
                journal.close();
                store.close();
            }
            Path left = here();
            life++;
            powerCuts++;
            disk.survivors(here(), Aftermath.random(random.nextLong()));
            FileSystemUtils.deleteRecursively(left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long reserve() {
        if (given == reserved) {
            append(new NumbersReserved("job", reserved + NUMBERS_AT_ONCE));
            reserved += NUMBERS_AT_ONCE;
        }
        return ++given;
    }

    @Override
    public void commit(long number, List<Long> positions) {
        attempted.put(number, positions);
        try {
            Staging staging = store.openStaging("job-" + stagings++);
            List<StagedBlob> blobs = new ArrayList<>();
            for (int subtask = 0; subtask < positions.size(); subtask++) {
                blobs.add(written(staging, number, subtask, positions.get(subtask)));
            }
            staging.publish(blobs);
            List<String> digests =
                    blobs.stream().map(blob -> blob.blob().digest().toString()).toList();
            store.writeManifest(
                    new ManifestName("job", number), String.join(",", digests).getBytes(StandardCharsets.UTF_8));
            append(completed(number));
            versions.put(number, 0L);
            acknowledged.add(number);
            staging.committed();
            staging.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StagedBlob written(Staging staging, long number, int subtask, long position) throws IOException {
        try (StagedFile file = staging.create("part-" + subtask)) {
            file.channel()
                    .write(ByteBuffer.allocate(3 * Long.BYTES)
                            .putLong(position)
                            .putLong(number)
                            .putLong(subtask)
                            .flip());
            return file.seal("application/octet-stream");
        }
    }

    private static SnapshotCompleted completed(long number) {
        return new SnapshotCompleted(
                id(number),
                "job",
                "main",
                number,
                SnapshotKind.PERIODIC,
                SnapshotMode.FULL,
                null,
                null,
                null,
                1,
                1,
                "filesystem",
                1,
                CLOCK.instant(),
                CLOCK.instant(),
                0,
                0,
                "sha256:" + "0".repeat(64),
                true,
                Map.of(),
                null,
                List.of(),
                null,
                null);
    }

    private static SnapshotId id(long number) {
        return new SnapshotId(new UUID(0, number));
    }

    /** The entry that gives a version up, then its files. */
    @Override
    public void expire() {
        if (versions.size() < 3) {
            return;
        }
        long oldest = versions.firstKey();
        mayGo.add(oldest);
        try {
            append(new SnapshotPurged(id(oldest), CLOCK.instant()));
            letGo.add(oldest);
            versions.remove(oldest);
            collect(named());
            store.deleteManifest(new ManifestName("job", oldest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(Change change) {
        try {
            journal.append(JOB, CAUSE, List.of(change));
        } catch (JournalException e) {
            throw new AssertionError("nothing but power cuts befalls this disk", e);
        }
    }

    @Override
    public List<Long> committed() {
        return List.copyOf(versions.keySet());
    }

    @Override
    public List<Long> positions(long number) {
        return attempted.get(number);
    }

    private static void expect(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new AssertionError(message.formatted(values));
        }
    }
}
