package io.strandline.state;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.run.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs one operator's state as an engine would, over several subtasks, beside plain maps that say what it has to hold.
 *
 * <p>Flushes and merges wait in a queue each until they are told to run, unless {@code flushesAtOnce}.
 */
final class StateHarness implements AutoCloseable {

    static final String OPERATOR = "operator";
    static final int MAX_PARALLELISM = 32;

    static final StateSchema COUNTS = new StateSchema(
            "counts",
            StateSchema.Form.KEYED,
            List.of(new Column("id", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG), new Column("sum", ColumnType.DOUBLE)));
    static final StateSchema WINDOWS = new StateSchema(
            "windows",
            StateSchema.Form.KEYED,
            List.of(new Column("name", ColumnType.STRING), new Column("rate", ColumnType.DOUBLE)),
            true,
            List.of(new Column("count", ColumnType.LONG)));
    static final StateSchema NOTES = new StateSchema(
            "notes",
            StateSchema.Form.KEYED,
            List.of(new Column("name", ColumnType.STRING)),
            false,
            List.of(
                    new Column("newest", ColumnType.STRING),
                    new Column("count", ColumnType.LONG),
                    new Column("all", ColumnType.BYTES)));
    static final StateSchema TIMERS = new StateSchema(
            "timers", StateSchema.Form.TIMERS, List.of(new Column("name", ColumnType.STRING)), true, List.of());

    final SnapshotStore store;
    final StateBackend backend;
    final int parallelism;
    final InstanceState instance;
    final Deque<Runnable> flushes = new ArrayDeque<>();
    final Deque<Runnable> merges = new ArrayDeque<>();
    final Map<Long, List<Long>> counts = new HashMap<>();
    final Map<String, Map<Long, Long>> windows = new HashMap<>();
    final Map<String, Note> notes = new HashMap<>();
    final TreeSet<Timer> timers = new TreeSet<>();
    boolean flushesAtOnce;

    private final List<SubtaskState> subtasks = new ArrayList<>();
    private final List<KeyedTable> countTables = new ArrayList<>();
    private final List<KeyedTable> windowTables = new ArrayList<>();
    private final List<KeyedTable> noteTables = new ArrayList<>();
    private final List<TimerTable> timerTables = new ArrayList<>();
    private List<CompletableFuture<FlushStatistics>> frozen = List.of();

    StateHarness(
            StateBackend backend,
            SnapshotStore store,
            int parallelism,
            long epoch,
            long budget,
            List<OperatorContent> restored)
            throws IOException {
        this(backend, store, parallelism, epoch, budget, restored, true);
    }

    /**
     * Opens an instance.
     *
     * @param awaited whether to wait until it is ready
     */
    StateHarness(
            StateBackend backend,
            SnapshotStore store,
            int parallelism,
            long epoch,
            long budget,
            List<OperatorContent> restored,
            boolean awaited)
            throws IOException {
        this.backend = backend;
        this.store = store;
        this.parallelism = parallelism;
        Path work = Files.createTempDirectory("state");
        StateExecutors executors = new StateExecutors(queueing(flushes), queueing(merges));
        this.instance = backend.open(new InstanceStateRequest(
                store, work, String.valueOf(epoch), MAX_PARALLELISM, budget, Duration.ZERO, executors, restored));
        for (int i = 0; i < parallelism; i++) {
            SubtaskState subtask = instance.subtask(OPERATOR, KeyGroupRange.of(i, parallelism, MAX_PARALLELISM));
            subtasks.add(subtask);
            countTables.add(subtask.table(COUNTS, new long[] {0, Double.doubleToRawLongBits(0.5)}));
            windowTables.add(subtask.table(WINDOWS, new long[] {7}));
            noteTables.add(subtask.table(NOTES, new long[3]));
            timerTables.add(subtask.timers(TIMERS));
        }
        if (awaited) {
            awaitReady();
        }
    }

    List<SubtaskState> subtasks() {
        return subtasks;
    }

    /** Lets the background work until every subtask's state may be used; but not for ever, which is crueller than an engine. */
    void awaitReady() {
        for (SubtaskState subtask : subtasks) {
            if (flushesAtOnce) {
                subtask.sweep();
            }
            for (int i = 0; i < 100 && !subtask.isReady(); i++) {
                run(flushes);
                subtask.sweep();
            }
        }
    }

    /** Lets every subtask take in all that was restored. */
    void warmUp() {
        for (int i = 0; i < 100; i++) {
            run(flushes);
            subtasks.forEach(SubtaskState::sweep);
        }
    }

    /** Takes over what another harness' maps say. */
    StateHarness expecting(Contents contents) {
        counts.putAll(contents.counts);
        contents.windows.forEach((key, byWindow) -> windows.put(key, new HashMap<>(byWindow)));
        notes.putAll(contents.notes);
        timers.addAll(contents.timers);
        return this;
    }

    /** Adds one to the count and the amount to the sum of each key, in one batch. */
    void addCounts(long[] keys, double amount) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = longBatch(keys, subtask);
            int[] entries = new int[batch.size()];
            countTables.get(subtask).update(batch, null, entries);
            long[] words = countTables.get(subtask).words();
            for (int entry : entries) {
                words[entry]++;
                words[entry + 1] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[entry + 1]) + amount);
            }
        }
        for (long key : keys) {
            List<Long> before = counts.getOrDefault(key, List.of(0L, Double.doubleToRawLongBits(0.5)));
            double sum = Double.longBitsToDouble(before.get(1)) + amount;
            counts.put(key, List.of(before.get(0) + 1, Double.doubleToRawLongBits(sum)));
        }
    }

    void removeCounts(long[] keys) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            countTables.get(subtask).remove(longBatch(keys, subtask), null);
        }
        for (long key : keys) {
            counts.remove(key);
        }
    }

    /** What the tables say of a key, null when there is no entry. */
    @Nullable
    List<Long> findCount(long key) {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = longBatch(new long[] {key}, subtask);
            if (batch.size() == 1) {
                int[] entries = new int[1];
                countTables.get(subtask).find(batch, null, entries);
                long[] words = countTables.get(subtask).words();
                return entries[0] < 0 ? null : List.of(words[entries[0]], words[entries[0] + 1]);
            }
        }
        throw new AssertionError("nobody owns key " + key);
    }

    void addWindow(String key, long window) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = stringBatch(WINDOWS, new Object[] {key}, new double[] {key.length()}, subtask);
            int[] entries = new int[batch.size()];
            windowTables.get(subtask).update(batch, fill(batch.size(), window), entries);
            for (int entry : entries) {
                windowTables.get(subtask).words()[entry]++;
            }
        }
        windows.computeIfAbsent(key, any -> new HashMap<>()).merge(window, 8L, (before, first) -> before + 1);
    }

    void removeWindow(String key, long window) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = stringBatch(WINDOWS, new Object[] {key}, new double[] {key.length()}, subtask);
            windowTables.get(subtask).remove(batch, fill(batch.size(), window));
        }
        windows.getOrDefault(key, new HashMap<>()).remove(window);
    }

    /** Replaces the newest note of a key and appends it to all. */
    void addNote(String key, String note) {
        awaitReady();
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = stringBatch(NOTES, new Object[] {key}, null, subtask);
            int[] entries = new int[batch.size()];
            KeyedTable table = noteTables.get(subtask);
            table.update(batch, null, entries);
            for (int entry : entries) {
                long[] words = table.words();
                words[entry] = table.values().put(bytes, 0, bytes.length);
                words[entry + 1]++;
                words[entry + 2] = table.values().append(words[entry + 2], bytes, 0, bytes.length);
            }
        }
        notes.merge(
                key, new Note(note, 1, note), (before, first) -> new Note(note, before.count + 1, before.all + note));
    }

    void removeNote(String key) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            noteTables.get(subtask).remove(stringBatch(NOTES, new Object[] {key}, null, subtask), null);
        }
        notes.remove(key);
    }

    /** What the tables say of a key's notes, null when there is no entry. */
    @Nullable
    Note findNote(String key) {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = stringBatch(NOTES, new Object[] {key}, null, subtask);
            if (batch.size() == 1) {
                int[] entries = new int[1];
                KeyedTable table = noteTables.get(subtask);
                table.find(batch, null, entries);
                long[] words = table.words();
                int at = entries[0];
                return at < 0
                        ? null
                        : new Note(content(table, words[at]), words[at + 1], content(table, words[at + 2]));
            }
        }
        throw new AssertionError("nobody owns key " + key);
    }

    private static String content(KeyedTable table, long reference) {
        byte[] content = new byte[table.values().length(reference)];
        table.values().read(reference, content, 0);
        return new String(content, StandardCharsets.UTF_8);
    }

    void register(String key, long namespace, long time) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = stringBatch(TIMERS, new Object[] {key}, null, subtask);
            timerTables.get(subtask).register(batch, fill(batch.size(), namespace), fill(batch.size(), time));
        }
        timers.add(new Timer(time, key, namespace));
    }

    /** Fires timers and says which, over all subtasks. */
    TreeSet<Timer> poll(long upTo, int max) {
        awaitReady();
        TreeSet<Timer> fired = new TreeSet<>();
        for (TimerTable table : timerTables) {
            TimerTable.Fired rows = table.poll(upTo, max);
            long last = Long.MIN_VALUE;
            for (int row = 0; row < rows.keys().size(); row++) {
                if (rows.times()[row] < last) {
                    throw new AssertionError("timers out of order");
                }
                last = rows.times()[row];
                String key = (String) ((Object[]) rows.keys().array(0))[row];
                fired.add(new Timer(last, key, rows.namespaces()[row]));
            }
        }
        timers.removeAll(fired);
        return fired;
    }

    /** Begins an attempt and freezes every subtask; returns what the version has to hold. */
    Contents freeze(long number, SnapshotMode mode) throws IOException {
        instance.begin(number, mode);
        frozen = subtasks.stream().map(subtask -> subtask.freeze(number)).toList();
        return contents();
    }

    /** Lets every subtask copy a slice; whether there is more. */
    boolean sweep() {
        boolean more = false;
        for (SubtaskState subtask : subtasks) {
            more |= subtask.sweep();
        }
        return more;
    }

    void flush() {
        run(merges);
        run(flushes);
    }

    private static void run(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private Executor queueing(Deque<Runnable> tasks) {
        return task -> {
            if (flushesAtOnce) {
                task.run();
            } else {
                tasks.add(task);
            }
        };
    }

    /** Writes what was frozen, all of it. */
    void finishFreeze() {
        while (sweep()) {
            Thread.onSpinWait();
        }
        flush();
        frozen.forEach(CompletableFuture::join);
    }

    /** Completes the attempt that was frozen. */
    List<OperatorContent> complete(long number) throws IOException {
        finishFreeze();
        StateCut cut = instance.cut(number);
        instance.committed(number);
        return operators(cut);
    }

    /** Whether every subtask's freeze was written. */
    boolean isWritten() {
        return frozen.stream().noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    List<OperatorContent> checkpoint(long number, SnapshotMode mode) throws IOException {
        freeze(number, mode);
        return complete(number);
    }

    static List<OperatorContent> operators(StateCut cut) {
        List<OperatorContent> operators = new ArrayList<>();
        cut.operators().forEach((name, states) -> operators.add(new OperatorContent(name, 0, states)));
        return operators;
    }

    /** A copy of the maps. */
    Contents contents() {
        Map<String, Map<Long, Long>> copied = new HashMap<>();
        windows.forEach((key, byWindow) -> {
            if (!byWindow.isEmpty()) {
                copied.put(key, new HashMap<>(byWindow));
            }
        });
        return new Contents(new HashMap<>(counts), copied, new HashMap<>(notes), new TreeSet<>(timers));
    }

    /** What a stored version holds. */
    static Contents read(SnapshotReaders readers, List<OperatorContent> operators, SnapshotStore store)
            throws IOException {
        Contents contents = new Contents(new HashMap<>(), new HashMap<>(), new HashMap<>(), new TreeSet<>());
        try (SnapshotReader reader = readers.open(operators, MAX_PARALLELISM, store)) {
            reader.scan(
                    OPERATOR,
                    COUNTS.name(),
                    entry -> contents.counts.put(
                            (Long) entry.key().get(0),
                            List.of((Long) entry.value().get(0), Double.doubleToRawLongBits((Double)
                                    entry.value().get(1)))));
            reader.scan(
                    OPERATOR,
                    WINDOWS.name(),
                    entry -> contents.windows
                            .computeIfAbsent((String) entry.key().get(0), any -> new HashMap<>())
                            .put(entry.namespace(), (Long) entry.value().get(0)));
            reader.scan(OPERATOR, NOTES.name(), entry -> {
                byte[] all = (byte[]) entry.value().get(2);
                contents.notes.put(
                        (String) entry.key().get(0),
                        new Note(
                                (String) entry.value().get(0),
                                (Long) entry.value().get(1),
                                new String(all, StandardCharsets.UTF_8)));
            });
            reader.scan(
                    OPERATOR,
                    TIMERS.name(),
                    entry -> contents.timers.add(new Timer(
                            (Long) entry.value().get(0), (String) entry.key().get(0), entry.namespace())));
        }
        return contents;
    }

    static List<StateContent> states(List<OperatorContent> operators) {
        return operators.get(0).states();
    }

    @Override
    public void close() throws IOException {
        instance.close();
    }

    private KeyBatch longBatch(long[] keys, int subtask) {
        long[] hashes = new long[keys.length];
        new KeyHasher(COUNTS.key()).hash(new Object[] {keys}, keys.length, hashes);
        long[] own = new long[keys.length];
        long[] ownHashes = new long[keys.length];
        int rows = 0;
        for (int row = 0; row < keys.length; row++) {
            if (owns(subtask, hashes[row])) {
                own[rows] = keys[row];
                ownHashes[rows++] = hashes[row];
            }
        }
        KeyBatch batch = new KeyBatch(COUNTS.key());
        batch.bind(new Object[] {own}, ownHashes, rows);
        return batch;
    }

    private KeyBatch stringBatch(StateSchema schema, Object[] strings, double @Nullable [] doubles, int subtask) {
        Object[] arrays = doubles == null ? new Object[] {strings} : new Object[] {strings, doubles};
        long[] hashes = new long[1];
        new KeyHasher(schema.key()).hash(arrays, 1, hashes);
        KeyBatch batch = new KeyBatch(schema.key());
        batch.bind(arrays, hashes, owns(subtask, hashes[0]) ? 1 : 0);
        return batch;
    }

    private boolean owns(int subtask, long hash) {
        return KeyGroupRange.of(subtask, parallelism, MAX_PARALLELISM)
                .contains(KeyColumns.keyGroup(hash, MAX_PARALLELISM));
    }

    private static long[] fill(int size, long value) {
        long[] filled = new long[Math.max(1, size)];
        Arrays.fill(filled, value);
        return filled;
    }

    /** What a version holds, as plain maps. */
    record Contents(
            Map<Long, List<Long>> counts,
            Map<String, Map<Long, Long>> windows,
            Map<String, Note> notes,
            TreeSet<Timer> timers) {

        Map<Long, List<Long>> sortedCounts() {
            return new TreeMap<>(counts);
        }
    }

    /** Contents of variable width. */
    record Note(String newest, long count, String all) {}

    /** A timer. */
    record Timer(long time, String key, long namespace) implements Comparable<Timer> {

        @Override
        public int compareTo(Timer other) {
            int order = Long.compare(time, other.time);
            order = order != 0 ? order : key.compareTo(other.key);
            return order != 0 ? order : Long.compare(namespace, other.namespace);
        }
    }
}
