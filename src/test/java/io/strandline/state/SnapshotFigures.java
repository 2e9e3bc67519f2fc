package io.strandline.state;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.Blob;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Measures what incremental snapshots in a row write, how much garbage they name, and what reading the last one costs. Not a test:
 * run by name, see docs/measurements.md. Arguments: backend, number of keys, number of snapshots, by default {@code filesystem
 * 5000000 200}. One key in a hundred changes between snapshots, each with 100 random bytes.
 */
final class SnapshotFigures {

    private static final int KEY_GROUPS = 128;
    private static final int PARALLELISM = 2;
    private static final int VALUE_BYTES = 100;
    private static final int BATCH = 1024;
    private static final int LOOKUPS = 20_000;
    private static final StateSchema SCHEMA = new StateSchema(
            "values",
            StateSchema.Form.KEYED,
            List.of(new Column("key", ColumnType.LONG)),
            false,
            List.of(new Column("value", ColumnType.BYTES)));

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final SplittableRandom random = new SplittableRandom(7);
    private final Deque<Runnable> merges = new ArrayDeque<>();
    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final StateBackend backend;
    private final SnapshotStore store;
    private final Path directory;
    private final int keys;
    private final byte[] value = new byte[VALUE_BYTES];
    private List<SubtaskState> subtasks = List.of();
    private List<KeyedTable> tables = List.of();
    private long flushMillis;

    private SnapshotFigures(String backend, int keys, Path directory) throws IOException {
        this.backend = backend.equals("rocksdb")
                ? new RocksdbBackend(new SstRunFormat(), formats)
                : new HeapBackend("filesystem", new FlatRunFormat(), formats);
        this.keys = keys;
        this.directory = directory;
        this.store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    public static void main(String[] arguments) throws IOException {
        String backend = arguments.length > 0 ? arguments[0] : "filesystem";
        int keys = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000_000;
        int snapshots = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        Path directory = Files.createTempDirectory("strandline-figures-");
        try {
            SnapshotFigures figures = new SnapshotFigures(backend, keys, directory);
            figures.read(figures.write(snapshots));
            figures.background.shutdown();
            figures.store.close();
        } finally {
            delete(directory);
        }
    }

    private List<OperatorContent> write(int snapshots) throws IOException {
        try (InstanceState instance = open("1", List.of())) {
            long began = System.nanoTime();
            for (int from = 0; from < keys; from += BATCH) {
                change(LongStream.range(from, Math.min(keys, from + BATCH)).toArray());
            }
            List<OperatorContent> version = snapshot(instance, 1, SnapshotMode.INCREMENTAL, new Figures());
            long live = bytes(version);
            out.printf(
                    Locale.ROOT,
                    "%s, %,d keys: base %.1f MB in %d runs, %d ms to flush, %d ms in all%n",
                    backend.name(),
                    keys,
                    live / 1e6,
                    runs(version).size(),
                    flushMillis,
                    millis(began));
            Figures figures = new Figures();
            for (int number = 2; number < snapshots + 2; number++) {
                long[] changed = changed();
                for (int from = 0; from < changed.length; from += BATCH) {
                    change(Arrays.copyOfRange(changed, from, Math.min(changed.length, from + BATCH)));
                }
                version = snapshot(instance, number, SnapshotMode.INCREMENTAL, figures);
                figures.note(version, live);
            }
            figures.print(out);
            return version;
        }
    }

    private void read(List<OperatorContent> version) throws IOException {
        for (Blob blob : blobs(version)) {
            store.check(blob);
        }
        merges.clear();
        restore(version);
        lookUp(version);
    }

    private void restore(List<OperatorContent> version) throws IOException {
        long began = System.nanoTime();
        long cpuBegan = cpuMillis();
        try (InstanceState instance = open("2", version)) {
            change(new long[] {random.nextInt(keys)});
            out.printf(
                    Locale.ROOT,
                    "restore to the first record: %d ms, %d ms of CPU%n",
                    millis(began),
                    cpuMillis() - cpuBegan);
            for (int round = 0; round < 4; round++) {
                began = System.nanoTime();
                for (int i = 0; i < 100; i++) {
                    change(random.longs(BATCH, 0, keys).toArray());
                }
                out.printf(
                        Locale.ROOT,
                        "an update after it, mostly of keys still to be loaded: %.2f µs%n",
                        (System.nanoTime() - began) / 1e3 / BATCH / 100);
            }
        }
    }

    private void lookUp(List<OperatorContent> version) throws IOException {
        long began = System.nanoTime();
        try (SnapshotReader reader = new SnapshotReaders(formats).open(version, KEY_GROUPS, store)) {
            lookUpAny(reader);
            out.printf(Locale.ROOT, "look-up in the version, first: %d ms", millis(began));
            double[] micros = new double[LOOKUPS];
            for (int i = 0; i < LOOKUPS; i++) {
                long start = System.nanoTime();
                lookUpAny(reader);
                micros[i] = (System.nanoTime() - start) / 1e3;
            }
            Arrays.sort(micros);
            out.printf(
                    Locale.ROOT,
                    ", then p50 %.1f µs, p99 %.1f µs, max %.1f µs%n",
                    micros[LOOKUPS / 2],
                    micros[LOOKUPS * 99 / 100],
                    micros[LOOKUPS - 1]);
        }
    }

    private void lookUpAny(SnapshotReader reader) throws IOException {
        if (reader.lookup("operator", "values", List.of((long) random.nextInt(keys)))
                        .size()
                != 1) {
            throw new IllegalStateException("a key is missing");
        }
    }

    private InstanceState open(String owner, List<OperatorContent> restored) throws IOException {
        InstanceState instance = backend.open(new InstanceStateRequest(
                store,
                Files.createTempDirectory(directory, "work"),
                owner,
                KEY_GROUPS,
                2L << 30,
                Duration.ZERO,
                new StateExecutors(background, merges::add),
                restored));
        subtasks = new ArrayList<>();
        tables = new ArrayList<>();
        for (int i = 0; i < PARALLELISM; i++) {
            SubtaskState subtask = instance.subtask("operator", KeyGroupRange.of(i, PARALLELISM, KEY_GROUPS));
            subtasks.add(subtask);
            tables.add(subtask.table(SCHEMA, new long[1]));
        }
        return instance;
    }

    private void change(long[] changed) {
        long[] hashes = new long[changed.length];
        new KeyHasher(SCHEMA.key()).hash(new Object[] {changed}, changed.length, hashes);
        for (int subtask = 0; subtask < PARALLELISM; subtask++) {
            KeyGroupRange own = KeyGroupRange.of(subtask, PARALLELISM, KEY_GROUPS);
            long[] ownKeys = new long[changed.length];
            long[] ownHashes = new long[changed.length];
            int rows = 0;
            for (int row = 0; row < changed.length; row++) {
                if (own.contains(KeyColumns.keyGroup(hashes[row], KEY_GROUPS))) {
                    ownKeys[rows] = changed[row];
                    ownHashes[rows++] = hashes[row];
                }
            }
            KeyBatch batch = new KeyBatch(SCHEMA.key());
            batch.bind(new Object[] {ownKeys}, ownHashes, rows);
            int[] entries = new int[rows];
            KeyedTable table = tables.get(subtask);
            awaitReady(subtasks.get(subtask));
            table.update(batch, null, entries);
            for (int entry : entries) {
                random.nextBytes(value);
                table.words()[entry] = table.values().put(value, 0, value.length);
            }
        }
    }

    private static void awaitReady(SubtaskState subtask) {
        subtask.sweep();
        while (!subtask.isReady()) {
            LockSupport.parkNanos(100_000);
            subtask.sweep();
        }
    }

    private long[] changed() {
        Set<Long> chosen = new HashSet<>();
        while (chosen.size() < keys / 100) {
            chosen.add((long) random.nextInt(keys));
        }
        return chosen.stream().mapToLong(Long::longValue).toArray();
    }

    private List<OperatorContent> snapshot(InstanceState instance, long number, SnapshotMode mode, Figures figures)
            throws IOException {
        long began = System.nanoTime();
        instance.begin(number, mode);
        List<CompletableFuture<FlushStatistics>> flushed =
                subtasks.stream().map(subtask -> subtask.freeze(number)).toList();
        for (SubtaskState subtask : subtasks) {
            while (subtask.sweep()) {
                Thread.onSpinWait();
            }
        }
        long flushedBytes =
                flushed.stream().mapToLong(flush -> flush.join().newBytes()).sum();
        StateCut cut = instance.cut(number);
        instance.committed(number);
        flushMillis = millis(began);
        long mergeBegan = System.nanoTime();
        while (!merges.isEmpty()) {
            merges.poll().run();
        }
        figures.add(flushedBytes, cut.newBytes() - flushedBytes, flushMillis, millis(mergeBegan));
        return StateHarness.operators(cut);
    }

    private static List<Run> runs(List<OperatorContent> version) {
        return version.get(0).states().stream()
                .map(StateContent::runs)
                .flatMap(List::stream)
                .toList();
    }

    private static Set<Blob> blobs(List<OperatorContent> version) {
        return new HashSet<>(runs(version).stream().map(Run::blob).toList());
    }

    private static long bytes(List<OperatorContent> version) {
        return blobs(version).stream().mapToLong(Blob::sizeBytes).sum();
    }

    private static long millis(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** What this process took of all processors. */
    private static long cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What snapshots wrote and named. */
    private static final class Figures {

        private final List<Long> flushed = new ArrayList<>();
        private final List<Long> merged = new ArrayList<>();
        private final List<Long> both = new ArrayList<>();
        private final List<Long> flushTimes = new ArrayList<>();
        private final List<Long> mergeTimes = new ArrayList<>();
        private double mostNamed;
        private double lastNamed;
        private int deepest;
        private int listed;

        void add(long flushedBytes, long mergedBytes, long flushTime, long mergeTime) {
            flushed.add(flushedBytes);
            merged.add(mergedBytes);
            both.add(flushedBytes + mergedBytes);
            flushTimes.add(flushTime);
            mergeTimes.add(mergeTime);
        }

        void note(List<OperatorContent> version, long live) {
            lastNamed = (double) bytes(version) / live;
            mostNamed = Math.max(mostNamed, lastNamed);
            listed = runs(version).size();
            int[] depths = new int[KEY_GROUPS];
            for (Run run : runs(version)) {
                for (int group = run.keyGroups().first();
                        group <= run.keyGroups().last();
                        group++) {
                    depths[group]++;
                }
            }
            deepest = Math.max(deepest, Arrays.stream(depths).max().orElse(0));
        }

        void print(PrintStream out) {
            out.printf(Locale.ROOT, "bytes flushed: %s%n", spread(flushed, 1e6));
            out.printf(Locale.ROOT, "bytes merged: %s%n", spread(merged, 1e6));
            out.printf(Locale.ROOT, "flushed and merged: %s%n", spread(both, 1e6));
            out.printf(Locale.ROOT, "ms to freeze, flush and cut: %s%n", spread(flushTimes, 1));
            out.printf(Locale.ROOT, "ms to merge: %s%n", spread(mergeTimes, 1));
            out.printf(
                    Locale.ROOT,
                    "named / live: %.2f at most, %.2f at the end; %d runs, %d deep at most%n",
                    mostNamed,
                    lastNamed,
                    listed,
                    deepest);
        }

        private static String spread(List<Long> values, double unit) {
            double[] sorted =
                    values.stream().mapToDouble(value -> value / unit).sorted().toArray();
            return String.format(
                    Locale.ROOT,
                    "mean %.1f, median %.1f, most %.1f (%.2f of the median)",
                    Arrays.stream(sorted).average().orElse(0),
                    sorted[sorted.length / 2],
                    sorted[sorted.length - 1],
                    sorted[sorted.length - 1] / Math.max(1e-9, sorted[sorted.length / 2]));
        }
    }
}
