package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance makes of runs that are labelled with numbers of another line or another job. */
class ForeignNumbersTests {

    private static final long BUDGET = 64L << 20;

    private final List<RunFormat> formats = List.of(new FlatRunFormat());
    private final SnapshotReaders readers = new SnapshotReaders(formats);
    private final StateBackend backend = new HeapBackend("filesystem", new FlatRunFormat(), formats);

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

    @Test
    void keepsWhatWasRestoredThoughItsNumbersAreHigherThanItsOwn() throws IOException {
        List<OperatorContent> imported = filled(900);
        try (StateHarness state = open(2, imported).expecting(read(imported))) {
            state.addCounts(keys(0, 400), 1);
            state.addCounts(keys(100, 101), 1);

            List<OperatorContent> version = state.checkpoint(3, SnapshotMode.INCREMENTAL);

            assertThat(numbers(version)).contains(900L, 3L);
            assertThat(read(version)).isEqualTo(state.contents());
        }
    }

    @Test
    void keepsItAllThroughTheMergesOfManyVersions() throws IOException {
        List<OperatorContent> version = filled(900);
        try (StateHarness state = open(2, version).expecting(read(version))) {
            state.addCounts(keys(0, 400), 1);
            for (int number = 3; number < 60; number++) {
                state.addCounts(keys(number, number + 20L), 1);
                state.removeCounts(keys(2L * number, 2L * number + 1));
                version = state.checkpoint(number, SnapshotMode.INCREMENTAL);
                state.flush();
                assertThat(read(version)).isEqualTo(state.contents());
            }
        }
        assertThat(numbers(version)).as("merged runs are in between").hasSizeLessThan(40);
    }

    private List<OperatorContent> filled(long number) throws IOException {
        try (StateHarness state = open(1, List.of())) {
            state.addCounts(keys(0, 200), 1);
            state.addNote("a", "first");
            return state.checkpoint(number, SnapshotMode.INCREMENTAL);
        }
    }

    private StateHarness open(long epoch, List<OperatorContent> restored) throws IOException {
        return new StateHarness(backend, store, 1, epoch, BUDGET, restored).awaited();
    }

    private StateContents read(List<OperatorContent> version) throws IOException {
        return StateContents.read(readers, version, store);
    }

    private static Set<Long> numbers(List<OperatorContent> version) {
        return version.get(0).states().stream()
                .flatMap(state -> state.runs().stream())
                .map(Run::number)
                .collect(Collectors.toSet());
    }

    private static long[] keys(long from, long to) {
        return LongStream.range(from, to).toArray();
    }
}
