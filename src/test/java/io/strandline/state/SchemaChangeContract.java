package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state whose columns change between versions has to hold what one would that had the last columns from the start. */
abstract class SchemaChangeContract {

    private static final int KEY_GROUPS = 16;
    private static final int KEYS = 2000;
    private static final long FIRST_LIMIT = 42;

    private static final Keys ALL = new Keys(0, KEYS);
    private static final Keys SOME = new Keys(500, 700);
    private static final Keys NONE = new Keys(0, 0);

    private static final Column COUNT = new Column("count", ColumnType.LONG);
    private static final Column TOTAL = new Column("total", ColumnType.LONG);
    private static final Column WIDE_TOTAL = new Column("total", ColumnType.DOUBLE);
    private static final Column NAME = new Column("name", ColumnType.STRING);
    private static final Column LIMIT = new Column("limit", ColumnType.LONG);

    @TempDir
    Path directory;

    private SnapshotStore store;

    abstract StateBackend backend();

    /** Another backend, which the changed state is restored under. */
    abstract StateBackend otherBackend();

    abstract List<RunFormat> formats();

    @BeforeEach
    void openStore() throws IOException {
        store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    void readsStoredEntriesUnderTheColumnsDeclaredNow() throws IOException {
        List<OperatorContent> first = write(backend(), "1", List.of(), schema(COUNT, NAME, TOTAL), ALL, 1);
        StateSchema changed = schema(WIDE_TOTAL, LIMIT, COUNT);

        for (StateBackend restoring : List.of(backend(), otherBackend())) {
            List<OperatorContent> second = write(restoring, restoring.name() + "2", first, changed, SOME, 2);

            assertThat(read(second)).isEqualTo(expected(SOME));
            assertThat(digest(second)).isEqualTo(digest(fresh(restoring, changed)));
        }
    }

    @Test
    void goesOnThroughSeveralChangesAndMerges() throws IOException {
        List<OperatorContent> version = write(backend(), "1", List.of(), schema(COUNT, NAME, TOTAL), ALL, 1);
        version = write(backend(), "2", version, schema(COUNT, TOTAL), NONE, 2);
        long number = 3;
        StateSchema changed = schema(WIDE_TOTAL, LIMIT, COUNT);
        for (int i = 0; i < 30; i++) {
            version = write(backend(), "r" + i, version, changed, i == 0 ? SOME : NONE, number++);
        }
        assertThat(read(version)).isEqualTo(expected(SOME));
        try (InstanceState instance = backend().open(request("full", version))) {
            SubtaskState subtask = instance.subtask("operator", new KeyGroupRange(0, KEY_GROUPS - 1));
            subtask.table(changed, initial(changed));
            version = snapshot(instance, subtask, number, SnapshotMode.FULL);
        }
        assertThat(read(version)).isEqualTo(expected(SOME));
        assertThat(version.get(0).states().get(0).runs())
                .extracting(Run::conversion)
                .containsOnlyNulls();
    }

    /** What a state holds that had the changed columns from the start. */
    private List<OperatorContent> fresh(StateBackend backend, StateSchema schema) throws IOException {
        try (InstanceState instance = backend.open(request(backend.name() + "fresh", List.of()))) {
            SubtaskState subtask = instance.subtask("operator", new KeyGroupRange(0, KEY_GROUPS - 1));
            KeyedTable table = subtask.table(schema, initial(schema));
            add(table, schema, ALL);
            add(table, schema, SOME);
            return snapshot(instance, subtask, 1, SnapshotMode.INCREMENTAL);
        }
    }

    /** Restores, adds to a range of keys and takes a version. */
    private List<OperatorContent> write(
            StateBackend backend,
            String owner,
            List<OperatorContent> restored,
            StateSchema schema,
            Keys keys,
            long number)
            throws IOException {
        try (InstanceState instance = backend.open(request(owner, restored))) {
            SubtaskState subtask = instance.subtask("operator", new KeyGroupRange(0, KEY_GROUPS - 1));
            add(subtask.table(schema, initial(schema)), schema, keys);
            return snapshot(instance, subtask, number, SnapshotMode.INCREMENTAL);
        }
    }

    private InstanceStateRequest request(String owner, List<OperatorContent> restored) throws IOException {
        StateExecutors executors = new StateExecutors(Runnable::run, Runnable::run);
        return new InstanceStateRequest(
                store,
                Files.createTempDirectory(directory, "work"),
                owner,
                KEY_GROUPS,
                1L << 28,
                Duration.ZERO,
                executors,
                restored);
    }

    /** Adds one to the count and the key to the total. */
    private static void add(KeyedTable table, StateSchema schema, Keys changed) {
        if (changed.isEmpty()) {
            return;
        }
        long[] keys = LongStream.range(changed.from, changed.to).toArray();
        long[] hashes = new long[keys.length];
        new KeyHasher(schema.key()).hash(new Object[] {keys}, keys.length, hashes);
        KeyBatch batch = new KeyBatch(schema.key());
        batch.bind(new Object[] {keys}, hashes, keys.length);
        int[] entries = new int[keys.length];
        table.update(batch, null, entries);
        for (int row = 0; row < keys.length; row++) {
            for (int column = 0; column < schema.value().size(); column++) {
                int at = entries[row] + column;
                long word = table.words()[at];
                table.words()[at] = switch (schema.value().get(column).name()) {
                    case "count" -> word + 1;
                    case "total" ->
                        schema.value().get(column).type() == ColumnType.LONG
                                ? word + keys[row]
                                : Double.doubleToRawLongBits(Double.longBitsToDouble(word) + keys[row]);
                    case "name" -> {
                        byte[] name = ("key " + keys[row]).getBytes(StandardCharsets.UTF_8);
                        yield table.values().put(name, 0, name.length);
                    }
                    default -> word;
                };
            }
        }
    }

    private static List<OperatorContent> snapshot(
            InstanceState instance, SubtaskState subtask, long number, SnapshotMode mode) throws IOException {
        instance.begin(number, mode);
        CompletableFuture<FlushStatistics> flushed = subtask.freeze(number);
        while (subtask.sweep()) {
            Thread.onSpinWait();
        }
        flushed.join();
        StateCut cut = instance.cut(number);
        instance.committed(number);
        return StateHarness.operators(cut);
    }

    private Map<Long, List<Object>> read(List<OperatorContent> version) throws IOException {
        Map<Long, List<Object>> entries = new TreeMap<>();
        try (SnapshotReader reader = new SnapshotReaders(formats()).open(version, KEY_GROUPS, store)) {
            reader.scan(
                    "operator",
                    "values",
                    entry -> entries.put((Long) entry.key().get(0), entry.value()));
            assertThat(reader.lookup("operator", "values", List.of(3L)))
                    .extracting(SnapshotReader.Entry::value)
                    .containsExactly(entries.get(3L));
        }
        return entries;
    }

    private String digest(List<OperatorContent> version) throws IOException {
        try (SnapshotReader reader = new SnapshotReaders(formats()).open(version, KEY_GROUPS, store)) {
            return reader.stateDigest().hex();
        }
    }

    private static Map<Long, List<Object>> expected(Keys changed) {
        Map<Long, List<Object>> entries = new TreeMap<>();
        for (long key = 0; key < KEYS; key++) {
            long times = changed.contains(key) ? 2 : 1;
            entries.put(key, List.of((double) times * key, FIRST_LIMIT, times));
        }
        return entries;
    }

    private static StateSchema schema(Column... value) {
        return new StateSchema(
                "values", StateSchema.Form.KEYED, List.of(new Column("key", ColumnType.LONG)), false, List.of(value));
    }

    /** The words that new entries start with, and restored ones where columns were added. */
    private static long[] initial(StateSchema schema) {
        return schema.value().stream()
                .mapToLong(column -> column.equals(LIMIT) ? FIRST_LIMIT : 0)
                .toArray();
    }

    /** A range of keys, without the last. */
    private record Keys(int from, int to) {

        boolean isEmpty() {
            return from == to;
        }

        boolean contains(long key) {
            return key >= from && key < to;
        }
    }
}
