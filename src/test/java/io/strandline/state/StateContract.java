package io.strandline.state;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateContent;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts of backends stand on: the backends, a store that fails when asked to, and harnesses that use them. */
abstract class StateContract {

    static final long BUDGET = 256L << 20;

    @TempDir
    Path directory;

    FailingStore store;
    SnapshotReaders readers;

    /** The backend under test. */
    abstract StateBackend backend();

    /** A backend of another run format, which versions are restored under. */
    abstract StateBackend otherBackend();

    /** The store that the backend is used with. */
    abstract SnapshotStore store(Path directory) throws IOException;

    /** How long the random runs are: shorter where every step waits for a disk. */
    abstract int steps();

    /** Every run format. */
    abstract List<RunFormat> formats();

    @BeforeEach
    void openStore() throws IOException {
        store = new FailingStore(store(directory));
        readers = new SnapshotReaders(formats());
    }

    @AfterEach
    void closeStore() throws IOException {
        store.store().close();
    }

    StateHarness open(int parallelism, long epoch, List<OperatorContent> restored) throws IOException {
        return new StateHarness(backend(), store.store(), parallelism, epoch, BUDGET, restored).awaited();
    }

    StateHarness openSmall(int parallelism, long epoch, List<OperatorContent> restored) throws IOException {
        StateHarness small =
                new StateHarness(backend(), store.store(), parallelism, epoch, 1 << 14, restored).awaited();
        small.flushesAtOnce = true;
        return small;
    }

    StateDigest digest(List<OperatorContent> version) throws IOException {
        try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store.store())) {
            return reader.stateDigest();
        }
    }

    static void fill(StateHarness state) {
        state.addCounts(keys(0, 200), 1);
        for (int i = 0; i < 10; i++) {
            state.addWindow("k" + i, 1000);
            state.addWindow("k" + i, -1000);
            state.register("k" + i, 1000, i);
            state.register("k" + i, -1000, i + 10L);
        }
    }

    static List<Run> runs(List<OperatorContent> version) {
        return version.get(0).states().stream()
                .filter(state -> state.schema().name().equals("counts"))
                .map(StateContent::runs)
                .findFirst()
                .orElseThrow();
    }

    static long[] keys(long from, long to) {
        return LongStream.range(from, to).toArray();
    }
}
