package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateContent;
import io.strandline.state.SnapshotReader.Decoder;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.diff.Alignment;
import io.strandline.state.diff.Difference;
import io.strandline.state.diff.ReadMeter;
import io.strandline.state.diff.StateComparison;
import io.strandline.state.diff.StateTally;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.run.RunFiles;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two versions differ in is what plain maps of what they hold differ in, whoever wrote them and from whichever base. */
class VersionComparisonTests {

    private static final int HISTORIES = Integer.getInteger("strandline.diff.histories", 8);
    private static final int VERSIONS = 7;
    private static final int PAIRS = 26;
    private static final long BUDGET = 64L << 20;

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final List<StateBackend> backends = List.of(
            new HeapBackend("filesystem", new FlatRunFormat(), formats),
            new RocksdbBackend(new SstRunFormat(), formats));

    @TempDir
    private Path directory;

    private SnapshotStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    void findsWhatPlainMapsDifferInWhoeverWroteTheVersions() throws IOException {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Version> versions = history(random, seed * 1000L);
            for (int pair = 0; pair < PAIRS; pair++) {
                Version from = versions.get(random.nextInt(versions.size()));
                Version to = versions.get(random.nextInt(versions.size()));
                for (String state : List.of("counts", "windows", "notes", "timers")) {
                    compare("seed " + seed + ", " + state, from, to, state, random);
                }
            }
        }
    }

    @Test
    void readsNothingOfWhatBothShareButWhatTheOtherRunsNeed() throws IOException {
        StateHarness state = open(0, 1, 1, List.of());
        state.addCounts(StateContract.keys(0, 20_000), 1);
        List<OperatorContent> first = state.checkpoint(1, SnapshotMode.INCREMENTAL);
        state.addCounts(StateContract.keys(500, 520), 1);
        state.removeCounts(new long[] {7});
        state.addCounts(new long[] {30_000}, 1);
        List<OperatorContent> second = state.checkpoint(2, SnapshotMode.INCREMENTAL);
        state.close();

        ReadMeter meter = new ReadMeter();
        StateTally tally = count(content(first, "counts"), content(second, "counts"), meter);

        assertThat(tally.total().changed()).isEqualTo(20);
        assertThat(tally.total().removed()).isEqualTo(1);
        assertThat(tally.total().added()).isEqualTo(1);
        assertThat(tally.unmodified()).isEqualTo(19_979);
        assertThat(tally.unmodifiedIsExact()).isTrue();
        long whole = content(first, "counts").totalBytes();
        assertThat(meter.bytes()).isLessThan(whole / 5);
    }

    @Test
    void readsNothingAtAllOfEqualLists() throws IOException {
        StateHarness state = open(1, 2, 1, List.of());
        state.addCounts(StateContract.keys(0, 5_000), 1);
        List<OperatorContent> first = state.checkpoint(1, SnapshotMode.INCREMENTAL);
        state.addNote("n", "changed");
        List<OperatorContent> second = state.checkpoint(2, SnapshotMode.INCREMENTAL);
        state.close();

        List<Difference> found = new ArrayList<>();
        ReadMeter meter = new ReadMeter();
        try (StateComparison comparison = comparison(content(first, "counts"), content(second, "counts"), meter)) {
            comparison.walk(null, found::add);
        }

        assertThat(found).isEmpty();
        assertThat(meter.bytes()).isZero();
    }

    private List<Version> history(Random random, long firstEpoch) throws IOException {
        List<Version> versions = new ArrayList<>();
        versions.add(new Version(List.of(), null));
        long epoch = firstEpoch;
        StateHarness state = open(random.nextInt(2), 1 + random.nextInt(3), ++epoch, List.of());
        for (long number = 1; number <= VERSIONS; number++) {
            if (random.nextInt(3) == 0) {
                state.close();
                Version base = versions.get(random.nextInt(versions.size()));
                state = open(random.nextInt(2), 1 + random.nextInt(4), ++epoch, base.operators);
                if (base.contents != null) {
                    state.expecting(base.contents);
                }
            }
            change(state, random);
            SnapshotMode mode = random.nextInt(5) == 0 ? SnapshotMode.FULL : SnapshotMode.INCREMENTAL;
            List<OperatorContent> operators = state.checkpoint(number, mode);
            state.flush();
            versions.add(new Version(operators, state.contents()));
        }
        state.close();
        return versions;
    }

    private static void change(StateHarness state, Random random) {
        int changes = random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int name = random.nextInt(40);
            switch (random.nextInt(8)) {
                case 0 -> state.addCounts(keys(random, 400), random.nextInt(50));
                case 1 -> state.addCounts(keys(random, 20), random.nextInt(50));
                case 2 -> state.removeCounts(keys(random, 30));
                case 3 -> state.addWindow("w" + name, random.nextInt(4) * 1000L - 2000);
                case 4 -> state.removeWindow("w" + name, random.nextInt(4) * 1000L - 2000);
                case 5 -> state.addNote("n" + name, "é\0".repeat(random.nextInt(20)));
                case 6 -> state.removeNote("n" + name);
                default -> state.register("t\0" + name, random.nextInt(3), random.nextInt(100));
            }
        }
        if (random.nextInt(4) == 0) {
            state.poll(random.nextInt(60), 1 + random.nextInt(9));
        }
    }

    private static long[] keys(Random random, int most) {
        return random.longs(1 + random.nextInt(most), 0, 600).distinct().toArray();
    }

    private void compare(String what, Version from, Version to, String name, Random random) throws IOException {
        StateContent before = content(from.operators, name);
        StateContent after = content(to.operators, name);
        Map<Object, Object> expectedFrom = from.entries(name);
        Map<Object, Object> expectedTo = to.entries(name);
        Set<Object> expected = changed(expectedFrom, expectedTo);

        List<Difference> found = new ArrayList<>();
        StateTally tally;
        try (StateComparison comparison = comparison(before, after, new ReadMeter())) {
            tally = comparison.count(found::add);
        }

        Decoder decoder = new Decoder(after.schema());
        assertThat(found.stream().map(difference -> key(decoder, difference)))
                .as(what)
                .containsExactlyInAnyOrderElementsOf(expected);
        for (Difference difference : found) {
            Object key = key(decoder, difference);
            assertThat(value(decoder, difference.key(), difference.before()))
                    .as("%s, before %s", what, key)
                    .isEqualTo(expectedFrom.get(key));
            assertThat(value(decoder, difference.key(), difference.after()))
                    .as("%s, after %s", what, key)
                    .isEqualTo(expectedTo.get(key));
        }
        long unmodified = expectedFrom.keySet().stream()
                .filter(key -> expectedFrom.get(key).equals(expectedTo.get(key)))
                .count();
        assertThat(tally.unmodified()).as(what).isGreaterThanOrEqualTo(unmodified);
        if (tally.unmodifiedIsExact()) {
            assertThat(tally.unmodified()).as(what).isEqualTo(unmodified);
        }
        assertThat(tally.total().differences()).isEqualTo(expected.size());
        assertThat(tally.keyGroups().stream()
                        .mapToLong(group -> group.counts().differences())
                        .sum())
                .isEqualTo(expected.size());
        assertThat(paged(before, after, 1 + random.nextInt(40))).as(what).isEqualTo(found);
    }

    private static Set<Object> changed(Map<Object, Object> from, Map<Object, Object> to) {
        return Stream.concat(from.keySet().stream(), to.keySet().stream())
                .filter(key -> !Objects.equals(from.get(key), to.get(key)))
                .collect(Collectors.toSet());
    }

    private List<Difference> paged(StateContent before, StateContent after, int size) throws IOException {
        List<Difference> all = new ArrayList<>();
        ByteBuffer last = null;
        while (true) {
            List<Difference> page = new ArrayList<>();
            try (StateComparison comparison = comparison(before, after, new ReadMeter())) {
                comparison.walk(last, difference -> {
                    page.add(difference);
                    return page.size() < size;
                });
            }
            all.addAll(page);
            if (page.size() < size) {
                return all;
            }
            last = page.get(page.size() - 1).key();
        }
    }

    private StateTally count(StateContent from, StateContent to, ReadMeter meter) throws IOException {
        try (StateComparison comparison = comparison(from, to, meter)) {
            return comparison.count(difference -> true);
        }
    }

    private StateComparison comparison(StateContent from, StateContent to, ReadMeter meter) {
        RunFiles files = new RunFiles(meter.counting(store::open), formats);
        return new StateComparison(Alignment.of(from, to), StateHarness.MAX_PARALLELISM, files, files, () -> {});
    }

    private StateHarness open(int backend, int parallelism, long epoch, List<OperatorContent> restored)
            throws IOException {
        return new StateHarness(backends.get(backend), store, parallelism, epoch, BUDGET, restored).awaited();
    }

    private static StateContent content(List<OperatorContent> version, String name) {
        return version.stream()
                .flatMap(operator -> operator.states().stream())
                .filter(state -> state.schema().name().equals(name))
                .findFirst()
                .orElseGet(() -> new StateContent(
                        Stream.of(
                                        StateContents.COUNTS,
                                        StateContents.WINDOWS,
                                        StateContents.NOTES,
                                        StateContents.TIMERS)
                                .filter(schema -> schema.name().equals(name))
                                .findFirst()
                                .orElseThrow(),
                        List.<Run>of()));
    }

    private static Object key(Decoder decoder, Difference difference) {
        ByteBuffer before = difference.before();
        ByteBuffer value = before == null ? Objects.requireNonNull(difference.after()) : before;
        Entry entry = decoder.decode(difference.key(), value);
        return List.of(entry.key().get(0), entry.namespace(), entry.value().size() == 1 ? timeOf(entry) : 0);
    }

    /** A timer's time is part of what it is; a window's count is not. */
    private static Object timeOf(Entry entry) {
        return entry.key().size() == 1 ? entry.value().get(0) : 0;
    }

    private static @Nullable Object value(Decoder decoder, ByteBuffer key, @Nullable ByteBuffer value) {
        return value == null
                ? null
                : decoder.decode(key, value).value().stream()
                        .map(column ->
                                column instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : column)
                        .toList();
    }

    /** A version and what it has to hold. */
    private record Version(
            List<OperatorContent> operators, @Nullable StateContents contents) {

        Map<Object, Object> entries(String state) {
            Map<Object, Object> entries = new HashMap<>();
            if (contents == null) {
                return entries;
            }
            switch (state) {
                case "counts" ->
                    contents.counts()
                            .forEach((key, words) -> entries.put(
                                    List.of(key, 0L, 0), List.of(words.get(0), Double.longBitsToDouble(words.get(1)))));
                case "windows" ->
                    contents.windows()
                            .forEach((key, byWindow) -> byWindow.forEach(
                                    (window, count) -> entries.put(List.of(key, window, 0), List.of(count))));
                case "notes" ->
                    contents.notes()
                            .forEach((key, note) ->
                                    entries.put(List.of(key, 0L, 0), List.of(note.newest(), note.count(), note.all())));
                default ->
                    contents.timers()
                            .forEach(timer -> entries.put(
                                    List.of(timer.key(), timer.namespace(), timer.time()), List.of(timer.time())));
            }
            return entries;
        }
    }
}
