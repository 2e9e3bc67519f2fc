package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.StateContents.Note;
import io.strandline.state.StateContents.Timer;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A look at a key shows what the tables hold at that moment, be it in memory, spilled, or still to be restored. */
class LookTests {

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());

    @TempDir
    Path directory;

    private SnapshotStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({"filesystem, 67108864, 1", "rocksdb, 67108864, 2", "rocksdb, 16384, 3", "rocksdb, 16384, 4"})
    void showsWhatPlainMapsHold(String backend, long budget, long seed) throws IOException {
        Random random = new Random(seed);
        List<OperatorContent> version = List.of();
        StateHarness state = open(backend, budget, 1, version);
        try {
            for (int step = 1; step <= 120; step++) {
                change(state, random);
                if (step % 10 == 0) {
                    version = state.checkpoint(step, SnapshotMode.INCREMENTAL);
                }
                if (step % 40 == 0) {
                    StateContents contents = state.contents();
                    state.close();
                    state = open(backend, budget, step, version).expecting(contents);
                }
                compare(state, random);
            }
        } finally {
            state.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"filesystem", "rocksdb"})
    void findsTheWindowsOfAKeyAmongMany(String backend) throws IOException {
        try (StateHarness state = open(backend, 64L << 20, 1, List.of())) {
            for (int key = 0; key < 30_000; key++) {
                state.addWindow("key" + key, key % 7);
            }
            state.addWindow("key17", 1_000_000);

            assertThat(look(state, StateContents.WINDOWS, List.of("key17", 5.0)))
                    .extracting(Entry::namespace)
                    .containsExactly(3L, 1_000_000L);
            assertThat(look(state, StateContents.WINDOWS, List.of("none", 4.0))).isEmpty();
        }
    }

    private static void change(StateHarness state, Random random) {
        state.addCounts(random.longs(40, 0, 400).distinct().toArray(), 1);
        state.removeCounts(LongStream.of(random.nextInt(400)).toArray());
        state.addWindow("k" + random.nextInt(20), random.nextInt(5));
        state.removeWindow("k" + random.nextInt(20), random.nextInt(5));
        state.addNote("n" + random.nextInt(20), "note");
        state.removeNote("n" + random.nextInt(20));
        state.register("k" + random.nextInt(5), random.nextInt(3), random.nextInt(1000));
        state.poll(random.nextInt(300), 1);
    }

    private static void compare(StateHarness state, Random random) throws IOException {
        long id = random.nextInt(400);
        List<Long> count = state.counts.get(id);
        assertThat(look(state, StateContents.COUNTS, List.of(id)))
                .extracting(Entry::value)
                .isEqualTo(
                        count == null
                                ? List.of()
                                : List.of(List.of(count.get(0), Double.longBitsToDouble(count.get(1)))));
        String key = "k" + random.nextInt(20);
        Map<Long, Long> windows = new TreeMap<>(state.windows.getOrDefault(key, Map.of()));
        List<Entry> found = look(state, StateContents.WINDOWS, List.of(key, (double) key.length()));
        assertThat(found).extracting(Entry::namespace).containsExactlyElementsOf(windows.keySet());
        assertThat(found).extracting(entry -> (Long) entry.value().get(0)).containsExactlyElementsOf(windows.values());
        String name = "n" + random.nextInt(20);
        Note note = state.notes.get(name);
        assertThat(look(state, StateContents.NOTES, List.of(name)))
                .extracting(entry -> new Note(
                        (String) entry.value().get(0),
                        (Long) entry.value().get(1),
                        new String((byte[]) entry.value().get(2), StandardCharsets.UTF_8)))
                .isEqualTo(note == null ? List.of() : List.of(note));
        assertThat(look(state, StateContents.TIMERS, List.of(key)))
                .extracting(entry -> new Timer((Long) entry.value().get(0), key, entry.namespace()))
                .containsExactlyElementsOf(state.timers.stream()
                        .filter(timer -> timer.key().equals(key))
                        .toList());
    }

    private static List<Entry> look(StateHarness state, StateSchema schema, List<Object> key) throws IOException {
        KeyBuffer encoded = new KeyBuffer();
        List<Column> columns = schema.key();
        new KeyCodec(columns).encode(key, encoded);
        long hash = Murmur3.hash(encoded.bytes(), 0, encoded.length());
        return state.look(schema.name(), key, KeyColumns.keyGroup(hash, StateHarness.MAX_PARALLELISM));
    }

    private StateHarness open(String backend, long budget, long epoch, List<OperatorContent> restored)
            throws IOException {
        StateBackend chosen = backend.equals("rocksdb")
                ? new RocksdbBackend(new SstRunFormat(), formats)
                : new HeapBackend("filesystem", new FlatRunFormat(), formats);
        StateHarness state = new StateHarness(chosen, store, 2, epoch, budget, restored).awaited();
        state.flushesAtOnce = true;
        return state;
    }
}
