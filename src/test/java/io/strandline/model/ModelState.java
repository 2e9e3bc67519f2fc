package io.strandline.model;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import io.strandline.state.InstanceStateRequest;
import io.strandline.state.KeyBatch;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyHasher;
import io.strandline.state.KeyedTable;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.StateBackend;
import io.strandline.state.StateCut;
import io.strandline.state.StateDigest;
import io.strandline.state.StateExecutors;
import io.strandline.state.SubtaskState;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** One keyed state on a real backend, over some subtasks; whatever is done in the background is done at once. */
final class ModelState implements Closeable {

    static final int KEY_GROUPS = 8;
    static final String OPERATOR = "by-key";

    private static final long BUDGET = 16L << 20;
    private static final StateSchema COUNTS = new StateSchema(
            "counts",
            StateSchema.Form.KEYED,
            List.of(new Column("key", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG)));
    private static final List<RunFormat> FORMATS = List.of(new FlatRunFormat(), new SstRunFormat());
    private static final SnapshotReaders READERS = new SnapshotReaders(FORMATS);
    private static final Map<String, StateBackend> BACKENDS = Map.of(
            "filesystem", new HeapBackend("filesystem", new FlatRunFormat(), FORMATS),
            "rocksdb", new RocksdbBackend(new SstRunFormat(), FORMATS));

    private final InstanceState state;
    private final List<Part> parts = new ArrayList<>();

    /** What one subtask owns. */
    private record Part(KeyGroupRange keyGroups, SubtaskState subtask, KeyedTable table) {}

    /** Where it is opened, and by whom. */
    record Place(SnapshotStore store, Path work, String owner) {}

    ModelState(Place place, String backend, int parallelism, List<OperatorContent> restored) throws IOException {
        this.state = BACKENDS.get(backend)
                .open(new InstanceStateRequest(
                        place.store(),
                        place.work(),
                        place.owner(),
                        KEY_GROUPS,
                        BUDGET,
                        Duration.ZERO,
                        new StateExecutors(Runnable::run, Runnable::run),
                        restored));
        for (int i = 0; i < parallelism; i++) {
            KeyGroupRange keyGroups = KeyGroupRange.of(i, parallelism, KEY_GROUPS);
            SubtaskState subtask = state.subtask(OPERATOR, keyGroups);
            parts.add(new Part(keyGroups, subtask, subtask.table(COUNTS, new long[1])));
        }
    }

    /** The content of a version, read back from its files. */
    static Map<Long, Long> read(List<OperatorContent> version, SnapshotStore store) throws IOException {
        Map<Long, Long> content = new TreeMap<>();
        try (SnapshotReader reader = READERS.open(version, KEY_GROUPS, store)) {
            reader.scan(
                    OPERATOR,
                    COUNTS.name(),
                    entry -> content.put(
                            (Long) entry.key().get(0), (Long) entry.value().get(0)));
        }
        return content;
    }

    /** The digest of a version's content. */
    static StateDigest digest(List<OperatorContent> version, SnapshotStore store) throws IOException {
        try (SnapshotReader reader = READERS.open(version, KEY_GROUPS, store)) {
            return reader.stateDigest();
        }
    }

    void put(long key, long value) {
        KeyBatch batch = batch(key);
        KeyedTable table = owner(batch).table();
        int[] entries = new int[1];
        table.update(batch, null, entries);
        table.words()[entries[0]] = value;
    }

    void remove(long key) {
        KeyBatch batch = batch(key);
        owner(batch).table().remove(batch, null);
    }

    /** What there is under some keys. */
    Map<Long, Long> among(Iterable<Long> keys) {
        Map<Long, Long> found = new TreeMap<>();
        for (long key : keys) {
            KeyBatch batch = batch(key);
            KeyedTable table = owner(batch).table();
            int[] entries = new int[1];
            table.find(batch, null, entries);
            if (entries[0] >= 0) {
                found.put(key, table.words()[entries[0]]);
            }
        }
        return found;
    }

    /** Freezes and writes everything that has changed, and publishes it. */
    StateCut cut(long number, SnapshotMode mode) throws IOException {
        awaitReady();
        state.begin(number, mode);
        List<CompletableFuture<FlushStatistics>> frozen = new ArrayList<>();
        for (Part part : parts) {
            frozen.add(part.subtask().freeze(number));
        }
        for (Part part : parts) {
            while (part.subtask().sweep()) {
                Thread.onSpinWait();
            }
        }
        frozen.forEach(CompletableFuture::join);
        return state.cut(number);
    }

    void committed(long number) {
        state.committed(number);
    }

    void aborted(long number) {
        state.aborted(number);
    }

    private Part owner(KeyBatch key) {
        awaitReady();
        int keyGroup = KeyColumns.keyGroup(key.hashes()[0], KEY_GROUPS);
        return parts.stream()
                .filter(part -> part.keyGroups().contains(keyGroup))
                .findFirst()
                .orElseThrow();
    }

    private void awaitReady() {
        for (Part part : parts) {
            for (int i = 0; !part.subtask().isReady(); i++) {
                if (i == 10_000) {
                    throw new AssertionError("state of " + part.keyGroups() + " does not become ready");
                }
                part.subtask().sweep();
            }
        }
    }

    private static KeyBatch batch(long key) {
        Object[] keys = {new long[] {key}};
        long[] hashes = new long[1];
        new KeyHasher(COUNTS.key()).hash(keys, 1, hashes);
        KeyBatch batch = new KeyBatch(COUNTS.key());
        batch.bind(keys, hashes, 1);
        return batch;
    }

    @Override
    public void close() throws IOException {
        state.close();
    }
}
