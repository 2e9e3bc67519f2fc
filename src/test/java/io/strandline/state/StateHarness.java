package io.strandline.state;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.StateContents.Note;
import io.strandline.state.StateContents.Timer;
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
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one operator's state as an engine would, over several subtasks, beside plain maps that say what it has to hold.
 *
 * <p>Flushes and merges wait in a queue each until they are told to run, unless {@code flushesAtOnce}.
 */
final class StateHarness implements AutoCloseable {

    static final String OPERATOR = "operator";
    static final int MAX_PARALLELISM = 32;

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
    private final List<KeyOwner> owners = new ArrayList<>();
    private final List<KeyedTable> countTables = new ArrayList<>();
    private final List<KeyedTable> windowTables = new ArrayList<>();
    private final List<KeyedTable> noteTables = new ArrayList<>();
    private final List<TimerTable> timerTables = new ArrayList<>();
    private List<CompletableFuture<FlushStatistics>> frozen = List.of();

    /** Opens an instance, whose state need not be ready yet. */
    StateHarness(
            StateBackend backend,
            SnapshotStore store,
            int parallelism,
            long epoch,
            long budget,
            List<OperatorContent> restored)
            throws IOException {
        this.backend = backend;
        this.store = store;
        this.parallelism = parallelism;
        Path work = Files.createTempDirectory("state");
        StateExecutors executors = new StateExecutors(queueing(flushes), queueing(merges));
        this.instance = backend.open(new InstanceStateRequest(
                store, work, String.valueOf(epoch), MAX_PARALLELISM, budget, Duration.ZERO, executors, restored));
        for (int i = 0; i < parallelism; i++) {
            KeyGroupRange keyGroups = KeyGroupRange.of(i, parallelism, MAX_PARALLELISM);
            SubtaskState subtask = instance.subtask(OPERATOR, keyGroups);
            subtasks.add(subtask);
            owners.add(new KeyOwner(keyGroups, MAX_PARALLELISM));
            countTables.add(subtask.table(StateContents.COUNTS, new long[] {0, Double.doubleToRawLongBits(0.5)}));
            windowTables.add(subtask.table(StateContents.WINDOWS, new long[] {7}));
            noteTables.add(subtask.table(StateContents.NOTES, new long[3]));
            timerTables.add(subtask.timers(StateContents.TIMERS));
        }
    }

    /** This one, once it is ready. */
    StateHarness awaited() {
        awaitReady();
        return this;
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
    StateHarness expecting(StateContents contents) {
        counts.putAll(contents.counts());
        contents.windows().forEach((key, byWindow) -> windows.put(key, new HashMap<>(byWindow)));
        notes.putAll(contents.notes());
        timers.addAll(contents.timers());
        return this;
    }

    /** Adds one to the count and the amount to the sum of each key, in one batch. */
    void addCounts(long[] keys, double amount) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = owners.get(subtask).batch(keys);
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
            countTables.get(subtask).remove(owners.get(subtask).batch(keys), null);
        }
        for (long key : keys) {
            counts.remove(key);
        }
    }

    /** What the tables say of a key, null when there is no entry. */
    @Nullable
    List<Long> findCount(long key) {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = owners.get(subtask).batch(new long[] {key});
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
            KeyBatch batch =
                    owners.get(subtask).batch(StateContents.WINDOWS, new Object[] {key}, new double[] {key.length()});
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
            KeyBatch batch =
                    owners.get(subtask).batch(StateContents.WINDOWS, new Object[] {key}, new double[] {key.length()});
            windowTables.get(subtask).remove(batch, fill(batch.size(), window));
        }
        windows.getOrDefault(key, new HashMap<>()).remove(window);
    }

    /** Replaces the newest note of a key and appends it to all. */
    void addNote(String key, String note) {
        awaitReady();
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = owners.get(subtask).batch(StateContents.NOTES, new Object[] {key}, null);
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
                key,
                new Note(note, 1, note),
                (before, first) -> new Note(note, before.count() + 1, before.all() + note));
    }

    void removeNote(String key) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            noteTables
                    .get(subtask)
                    .remove(owners.get(subtask).batch(StateContents.NOTES, new Object[] {key}, null), null);
        }
        notes.remove(key);
    }

    /** What the tables say of a key's notes, null when there is no entry. */
    @Nullable
    Note findNote(String key) {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = owners.get(subtask).batch(StateContents.NOTES, new Object[] {key}, null);
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
            KeyBatch batch = owners.get(subtask).batch(StateContents.TIMERS, new Object[] {key}, null);
            timerTables.get(subtask).register(batch, fill(batch.size(), namespace), fill(batch.size(), time));
        }
        timers.add(new Timer(time, key, namespace));
    }

    void unregister(Timer timer) {
        awaitReady();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            KeyBatch batch = owners.get(subtask).batch(StateContents.TIMERS, new Object[] {timer.key()}, null);
            timerTables
                    .get(subtask)
                    .remove(batch, fill(batch.size(), timer.namespace()), fill(batch.size(), timer.time()));
        }
        timers.remove(timer);
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
                if (!fired.add(new Timer(last, key, rows.namespaces()[row]))) {
                    throw new AssertionError("a timer fired twice");
                }
            }
        }
        timers.removeAll(fired);
        return fired;
    }

    /** What a look at a key shows, which the stream does not wait for: other work goes on between its slices. */
    List<SnapshotReader.Entry> look(String state, List<Object> key, int keyGroup) throws IOException {
        awaitReady();
        SubtaskState owner = subtasks.get(IntStream.range(0, parallelism)
                .filter(index ->
                        KeyGroupRange.of(index, parallelism, MAX_PARALLELISM).contains(keyGroup))
                .findFirst()
                .orElseThrow());
        SubtaskState.Look look = owner.look(state, key).orElseThrow();
        while (!look.step()) {
            owner.sweep();
            awaitReady();
        }
        return look.entries();
    }

    /** Begins an attempt and freezes every subtask; returns what the version has to hold. */
    StateContents freeze(long number, SnapshotMode mode) throws IOException {
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
    StateContents contents() {
        return new StateContents(counts, windows, notes, timers).copy();
    }

    @Override
    public void close() throws IOException {
        instance.close();
    }

    private static long[] fill(int size, long value) {
        long[] filled = new long[Math.max(1, size)];
        Arrays.fill(filled, value);
        return filled;
    }
}
