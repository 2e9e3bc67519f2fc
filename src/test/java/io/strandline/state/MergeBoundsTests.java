package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.Blob;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hundred snapshots in a row of 100,000 keys with 104 bytes each, of which one in a hundred changes in between. */
class MergeBoundsTests {

    private static final int KEYS = 100_000;
    private static final int CHANGED = KEYS / 100;
    private static final int SNAPSHOTS = 200;
    private static final int KEY_GROUPS = 128;
    private static final int WORDS = 13;
    private static final StateSchema SCHEMA = new StateSchema(
            "values",
            StateSchema.Form.KEYED,
            List.of(new Column("key", ColumnType.LONG)),
            false,
            IntStream.range(0, WORDS)
                    .mapToObj(i -> new Column("v" + i, ColumnType.LONG))
                    .toList());

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<Long> newBytes = new ArrayList<>();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void writesSteadilyAndNamesLittleGarbage(int parallelism) throws IOException {
        FlatRunFormat flat = new FlatRunFormat();
        try (SnapshotStore store = new MemorySnapshotStore(1L << 30, Clock.systemUTC());
                InstanceState instance = new HeapBackend("memory", flat, List.of(flat)).open(request(store))) {
            List<Part> parts = IntStream.range(0, parallelism)
                    .mapToObj(subtask -> part(instance, KeyGroupRange.of(subtask, parallelism, KEY_GROUPS)))
                    .toList();
            change(parts, IntStream.range(0, KEYS).asLongStream().toArray());
            StateContent version = snapshot(instance, parts, 1);
            long live = version.totalBytes();
            newBytes.clear();
            for (int number = 2; number < SNAPSHOTS + 2; number++) {
                change(parts, changed());
                version = snapshot(instance, parts, number);
                assertThat(named(version)).isLessThan(2 * live);
                assertThat(deepest(version.runs())).isLessThanOrEqualTo(97);
            }
            long flush = live * CHANGED / KEYS;
            long[] sorted =
                    newBytes.stream().mapToLong(Long::longValue).sorted().toArray();
            assertThat(newBytes.stream().mapToLong(Long::longValue).average().orElseThrow() / flush)
                    .isLessThan(14.0 / 5.8);
            assertThat(sorted[sorted.length - 1]).isLessThan(2 * sorted[sorted.length / 2]);
        }
    }

    private InstanceStateRequest request(SnapshotStore store) {
        StateExecutors executors = new StateExecutors(Runnable::run, Runnable::run);
        return new InstanceStateRequest(
                store, directory, "1", KEY_GROUPS, 1L << 30, Duration.ZERO, executors, List.of());
    }

    private long[] changed() {
        Set<Long> keys = new HashSet<>();
        while (keys.size() < CHANGED) {
            keys.add((long) random.nextInt(KEYS));
        }
        return keys.stream().mapToLong(Long::longValue).toArray();
    }

    private void change(List<Part> parts, long[] keys) {
        long[] hashes = new long[keys.length];
        new KeyHasher(SCHEMA.key()).hash(new Object[] {keys}, keys.length, hashes);
        for (Part part : parts) {
            int[] own = IntStream.range(0, keys.length)
                    .filter(row -> part.keyGroups.contains(KeyColumns.keyGroup(hashes[row], KEY_GROUPS)))
                    .toArray();
            change(
                    part.table,
                    Arrays.stream(own).mapToLong(row -> keys[row]).toArray(),
                    Arrays.stream(own).mapToLong(row -> hashes[row]).toArray());
        }
    }

    private void change(KeyedTable table, long[] keys, long[] hashes) {
        KeyBatch batch = new KeyBatch(SCHEMA.key());
        batch.bind(new Object[] {keys}, hashes, keys.length);
        int[] entries = new int[keys.length];
        table.update(batch, null, entries);
        for (int entry : entries) {
            for (int word = 0; word < WORDS; word++) {
                table.words()[entry + word] = random.nextLong();
            }
        }
    }

    private static Part part(InstanceState instance, KeyGroupRange keyGroups) {
        SubtaskState subtask = instance.subtask("operator", keyGroups);
        return new Part(keyGroups, subtask, subtask.table(SCHEMA, new long[WORDS]));
    }

    /** Takes a snapshot; the merges that follow it are in the next. */
    private StateContent snapshot(InstanceState instance, List<Part> parts, long number) throws IOException {
        instance.begin(number, SnapshotMode.INCREMENTAL);
        for (Part part : parts) {
            CompletableFuture<FlushStatistics> flushed = part.subtask.freeze(number);
            while (part.subtask.sweep()) {
                Thread.onSpinWait();
            }
            flushed.join();
        }
        StateCut cut = instance.cut(number);
        instance.committed(number);
        newBytes.add(cut.newBytes());
        return cut.operators().get("operator").get(0);
    }

    private static long named(StateContent version) {
        Map<Blob, Long> files = new HashMap<>();
        version.runs().forEach(run -> files.put(run.blob(), run.sizeBytes()));
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    private static int deepest(List<Run> runs) {
        int deepest = 0;
        for (int group = 0; group < KEY_GROUPS; group++) {
            int sought = group;
            deepest = Math.max(deepest, (int) runs.stream()
                    .filter(run -> run.keyGroups().contains(sought))
                    .count());
        }
        return deepest;
    }

    /** A subtask's part of the state. */
    private record Part(KeyGroupRange keyGroups, SubtaskState subtask, KeyedTable table) {}
}
