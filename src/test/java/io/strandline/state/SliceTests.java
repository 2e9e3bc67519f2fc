package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.SnapshotReader.KeyPrefix;
import io.strandline.state.SnapshotReader.Position;
import io.strandline.state.SnapshotReader.Slice;
import io.strandline.state.SnapshotReader.SliceRequest;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.BlobReader;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages over a stored version's keys: their order, their prefixes, and what they cost. */
class SliceTests {

    private static final long BUDGET = 256L << 20;

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final SnapshotReaders readers = new SnapshotReaders(formats);

    @TempDir
    Path directory;

    private SnapshotStore real;
    private SnapshotStore store;
    private int filesOpened;
    private int viewed;

    @BeforeEach
    void openStore() throws IOException {
        real = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
        store = counting();
    }

    @AfterEach
    void closeStore() throws IOException {
        real.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void goesOverAllKeysInTheirOrderWhateverKeyGroupTheyFallInto(String backend) throws IOException {
        List<OperatorContent> version = changedAtRandom(backend);
        StateContents contents = StateContents.read(readers, version, store);

        for (int limit : new int[] {1, 7, 500, 5000}) {
            List<Entry> all = all(version, "counts", KeyPrefix.NONE, limit);
            assertThat(all)
                    .extracting(entry -> (Long) entry.key().get(0))
                    .containsExactlyElementsOf(contents.sortedCounts().keySet());
        }
        assertThat(all(version, "notes", KeyPrefix.NONE, 3))
                .extracting(entry -> (String) entry.key().get(0))
                .containsExactlyElementsOf(new TreeMap<>(contents.notes()).keySet());
        assertThat(all(version, "timers", KeyPrefix.NONE, 4))
                .extracting(entry -> new StateContents.Timer(
                        (Long) entry.value().get(0), (String) entry.key().get(0), entry.namespace()))
                .containsExactlyElementsOf(contents.timers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void findsWhatBeginsWithAPrefixAndNothingElse(String backend) throws IOException {
        List<OperatorContent> version = changedAtRandom(backend);
        StateContents contents = StateContents.read(readers, version, store);

        for (String prefix : List.of("", "n", "n1", "n11", "n1\0", "zz")) {
            assertThat(all(version, "notes", new KeyPrefix(List.of(), prefix), 2))
                    .extracting(entry -> (String) entry.key().get(0))
                    .containsExactlyElementsOf(contents.notes().keySet().stream()
                            .filter(key -> key.startsWith(prefix))
                            .sorted()
                            .toList());
        }
        assertThat(all(version, "windows", new KeyPrefix(List.of("k1"), null), 2))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.key()).containsExactly("k1", 2.0))
                .extracting(Entry::namespace)
                .isSorted()
                .hasSameSizeAs(contents.windows().get("k1").keySet());
        assertThat(all(version, "counts", new KeyPrefix(List.of(17L), null), 2))
                .extracting(entry -> entry.key().get(0))
                .isEqualTo(contents.counts().containsKey(17L) ? List.of(17L) : List.of());
    }

    @Test
    void pagesThroughKeysThatAreLongerThanAPositionAndAlikeForLong() throws IOException {
        String alike = "x".repeat(2000);
        try (StateHarness state = open("filesystem")) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                keys.add(alike + i);
            }
            keys.addAll(List.of("w", "y", alike.substring(0, 600), alike.substring(0, 511)));
            for (String key : keys) {
                state.addNote(key, "note");
            }
            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.INCREMENTAL);

            for (int limit : new int[] {1, 2, 6, 100}) {
                assertThat(all(version, "notes", KeyPrefix.NONE, limit))
                        .extracting(entry -> (String) entry.key().get(0))
                        .containsExactlyElementsOf(keys.stream().sorted().toList());
            }
        }
    }

    @Test
    void saysThatThereIsNothingMoreWithTheLastPage() throws IOException {
        try (StateHarness state = open("filesystem")) {
            state.addCounts(keys(0, 10), 1);
            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.INCREMENTAL);

            try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store)) {
                Slice whole = reader.slice("operator", "counts", new SliceRequest(KeyPrefix.NONE, null, 10));
                assertThat(whole.entries()).hasSize(10);
                assertThat(whole.next()).isNull();
                assertThat(reader.slice("operator", "notes", new SliceRequest(KeyPrefix.NONE, null, 10))
                                .entries())
                        .isEmpty();
                assertThat(Arrays.stream(reader.count("operator", "counts")).sum())
                        .isEqualTo(10);
            }
        }
    }

    @Test
    void refusesAPrefixThatIsNotOfTheColumns() throws IOException {
        try (StateHarness state = open("filesystem")) {
            state.addCounts(keys(0, 10), 1);
            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.INCREMENTAL);

            try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store)) {
                for (KeyPrefix prefix : List.of(
                        new KeyPrefix(List.of("text"), null),
                        new KeyPrefix(List.of(), "text"),
                        new KeyPrefix(List.of(1L, 2L), null),
                        new KeyPrefix(List.of(1L), "text"))) {
                    assertThatThrownBy(() -> reader.slice("operator", "counts", new SliceRequest(prefix, null, 10)))
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void costsAsMuchInALargeStateAsInASmallOne(String backend) throws IOException {
        int small = blocksOfAPage(backend, 20_000);
        int large = blocksOfAPage(backend, 400_000);

        assertThat(large).isLessThanOrEqualTo(2 * small).isLessThan(10 * StateHarness.MAX_PARALLELISM);
    }

    @Test
    void opensTheFilesAlongWhichAKeyIsLookedUpAndNoOthers() throws IOException {
        try (StateHarness state = open("filesystem")) {
            state.addCounts(keys(0, 400_000), 1);
            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.FULL);
            int files = version.get(0).states().get(0).runs().size();
            assertThat(files).as("the base is divided").isGreaterThan(8);

            filesOpened = 0;
            try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store)) {
                assertThat(filesOpened).isZero();
                assertThat(reader.lookup("operator", "counts", List.of(17L))).hasSize(1);
                assertThat(filesOpened).isOne();
                reader.lookup("operator", "counts", List.of(17L));
                assertThat(filesOpened).isOne();
            }
        }
    }

    private int blocksOfAPage(String backend, int entries) throws IOException {
        try (StateHarness state = open(backend)) {
            for (int from = 0; from < entries; from += 10_000) {
                state.addCounts(keys(from, from + 10_000L), 1);
            }
            state.checkpoint(1, SnapshotMode.FULL);
            state.addCounts(keys(100, 200), 1);
            List<OperatorContent> version = state.checkpoint(2, SnapshotMode.INCREMENTAL);
            try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store)) {
                Slice first = reader.slice("operator", "counts", new SliceRequest(KeyPrefix.NONE, null, 50));
                viewed = 0;
                reader.slice("operator", "counts", new SliceRequest(KeyPrefix.NONE, first.next(), 50));
                return viewed;
            }
        }
    }

    private List<OperatorContent> changedAtRandom(String backend) throws IOException {
        Random random = new Random(42);
        List<OperatorContent> version = List.of();
        try (StateHarness state = open(backend)) {
            for (int number = 1; number <= 6; number++) {
                state.addCounts(random.longs(300, -500, 500).distinct().toArray(), 1);
                state.removeCounts(random.longs(80, -500, 500).distinct().toArray());
                for (int i = 0; i < 10; i++) {
                    state.addNote("n" + random.nextInt(30), "note");
                    state.addNote("m\0" + random.nextInt(5), "note");
                    state.removeNote("n" + random.nextInt(30));
                    state.addWindow("k" + random.nextInt(3), random.nextInt(9) - 4);
                    state.register("k" + random.nextInt(3), random.nextInt(5), random.nextInt(100));
                }
                version = state.checkpoint(number, SnapshotMode.INCREMENTAL);
            }
        }
        return version;
    }

    private List<Entry> all(List<OperatorContent> version, String name, KeyPrefix prefix, int limit)
            throws IOException {
        List<Entry> all = new ArrayList<>();
        try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store)) {
            @Nullable Position next = null;
            do {
                Slice slice = reader.slice("operator", name, new SliceRequest(prefix, next, limit));
                assertThat(slice.entries()).hasSizeLessThanOrEqualTo(limit);
                all.addAll(slice.entries());
                next = slice.next();
            } while (next != null);
        }
        return all;
    }

    private StateHarness open(String backend) throws IOException {
        StateBackend chosen = backend.equals("rocksdb")
                ? new RocksdbBackend(new SstRunFormat(), formats)
                : new HeapBackend("filesystem", new FlatRunFormat(), formats);
        return new StateHarness(chosen, store, 1, System.nanoTime(), BUDGET, List.of()).awaited();
    }

    private static long[] keys(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

    /** The store, with the files opened and the pieces of them that were looked at counted. */
    private SnapshotStore counting() {
        return (SnapshotStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, arguments) -> {
                    Object result = call(real, method, arguments);
                    if (result instanceof BlobReader reader) {
                        filesOpened++;
                        return counted(reader);
                    }
                    return result;
                });
    }

    private BlobReader counted(BlobReader reader) {
        return (BlobReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BlobReader.class}, (proxy, method, arguments) -> {
                    viewed += method.getName().equals("view") ? 1 : 0;
                    return call(reader, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
