package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.rocksdb.RocksdbBackend;
import io.strandline.state.rocksdb.SstRunFormat;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the background does for state, and what its owner is spared: waiting, and memory without bound. */
class StateUpkeepTests {

    private static final long LARGE = 64L << 20;
    private static final long SMALL = 1L << 17;

    private final List<RunFormat> formats = List.of(new FlatRunFormat(), new SstRunFormat());
    private final SnapshotReaders readers = new SnapshotReaders(formats);

    @TempDir
    Path directory;

    private FailingStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = new FailingStore(FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC()));
    }

    @AfterEach
    void closeStore() throws IOException {
        store.store().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void asksNoRunAnyMoreOnceAllThatWasRestoredIsInMemory(String backend) throws IOException {
        List<OperatorContent> first = version(backend, 5000);
        try (StateHarness state = open(backend, LARGE, 2, first)) {
            state.addCounts(keys(0, 10), 1);
            assertThat(counts(state)).satisfies(table -> {
                assertThat(table.complete()).isFalse();
                assertThat(table.misses()).isBetween(1L, 10L);
            });
            long misses = counts(state).misses();

            state.warmUp();
            state.addCounts(keys(0, 10_000), 1);

            assertThat(state.findCount(5)).isEqualTo(List.of(3L, Double.doubleToRawLongBits(3.5)));
            assertThat(state.findCount(4999)).isEqualTo(List.of(2L, Double.doubleToRawLongBits(2.5)));
            assertThat(counts(state)).satisfies(table -> {
                assertThat(table.complete()).isTrue();
                assertThat(table.entries()).isEqualTo(10_000);
                assertThat(table.misses()).isEqualTo(misses);
                assertThat(table.lookups()).isEqualTo(10_012);
            });
        }
    }

    @Test
    void goesOnAskingRunsWhenTheBudgetIsTooSmallForAll() throws IOException {
        List<OperatorContent> first = version("rocksdb", 20_000);
        try (StateHarness state = open("rocksdb", SMALL, 2, first)) {
            state.warmUp();

            assertThat(counts(state).complete()).isFalse();
            assertThat(counts(state).bytes()).isLessThan(2 * SMALL);
            assertThat(state.findCount(19_999)).isEqualTo(List.of(1L, Double.doubleToRawLongBits(1.5)));
        }
    }

    @Test
    void asksNoRunAnyMoreWhenWhatDidNotFitHasShrunk() throws IOException {
        try (StateHarness state = open("rocksdb", SMALL, 1, List.of())) {
            for (long from = 0; from < 6000; from += 100) {
                state.addCounts(keys(from, from + 100), 1);
                state.flush();
                state.sweep();
            }
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            assertThat(counts(state).complete()).isFalse();
            for (long from = 100; from < 6000; from += 100) {
                state.removeCounts(keys(from, from + 100));
                state.flush();
                state.sweep();
            }
            state.checkpoint(2, SnapshotMode.FULL);
            state.warmUp();

            assertThat(state.findCount(7)).isEqualTo(List.of(1L, Double.doubleToRawLongBits(1.5)));
            assertThat(state.findCount(4000)).isNull();
            assertThat(counts(state).complete()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void isNotReadyBeforeRestoredTimersAreInMemory(String backend) throws IOException {
        List<OperatorContent> first;
        try (StateHarness state = open(backend, LARGE, 1, List.of())) {
            for (int i = 0; i < 3000; i++) {
                state.register("t" + i, 0, i);
            }
            first = state.checkpoint(1, SnapshotMode.INCREMENTAL);
        }
        try (StateHarness state = openIdle(backend, LARGE, 2, first)) {
            SubtaskState subtask = state.subtasks().get(0);
            int advanced = 0;
            while (!subtask.isReady()) {
                subtask.sweep();
                Runnable task = state.flushes.poll();
                if (task != null) {
                    task.run();
                    advanced++;
                }
            }
            assertThat(advanced).as("blocks read").isGreaterThanOrEqualTo(3);
            assertThat(state.poll(Long.MAX_VALUE, 5000)).hasSize(3000);
        }
    }

    @Test
    void firesManyTimersOfOneTimeInOrderThoughSomeComeLate() throws IOException {
        try (StateHarness state = open("filesystem", LARGE, 1, List.of())) {
            for (int i = 0; i < 9000; i++) {
                state.register("t" + i, 0, 5);
            }
            assertThat(state.poll(5, 3000)).hasSize(3000);
            for (int i = 0; i < 500; i++) {
                state.register("late" + i, 0, 5);
                state.register("later" + i, 0, 6);
            }
            assertThat(state.poll(5, 10_000)).hasSize(6500);
            assertThat(state.poll(6, 10_000)).hasSize(500);
            assertThat(state.poll(6, 1)).isEmpty();
        }
    }

    @Test
    void holdsItsInputBackWhileChangesFillTheBudget() throws IOException {
        try (StateHarness state = open("rocksdb", SMALL, 1, List.of())) {
            SubtaskState subtask = state.subtasks().get(0);
            int batches = 0;
            while (subtask.isReady() && batches < 1000) {
                state.addCounts(keys(100L * batches, 100L * batches + 100), 1);
                subtask.sweep();
                batches++;
            }
            assertThat(batches).isBetween(5, 100);
            assertThat(state.instance.size().hotBytes()).isLessThan(4 * SMALL);

            while (subtask.sweep()) {
                Thread.onSpinWait();
            }
            assertThat(subtask.isReady()).isFalse();
            state.flush();
            assertThat(subtask.isReady()).isTrue();

            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.INCREMENTAL);
            assertThat(StateContents.read(readers, version, store.store())).isEqualTo(state.contents());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem", "rocksdb"})
    void keepsItsMemoryBoundedWhileNothingCanBeWritten(String backend) throws IOException {
        try (StateHarness state = open(backend, LARGE, 1, List.of())) {
            state.addCounts(keys(0, 20_000), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            long before = state.instance.size().hotBytes();
            store.failing = true;
            for (long number = 2; number < 40; number++) {
                state.addCounts(keys(0, 5000), 1);
                state.removeCounts(keys(6000 + number, 6001 + number));
                state.freeze(number, SnapshotMode.INCREMENTAL);
                while (state.sweep()) {
                    Thread.onSpinWait();
                }
                state.flush();
                assertThat(state.isWritten()).isFalse();
                state.instance.aborted(number);
                state.sweep();
            }
            assertThat(state.instance.size().hotBytes()).isLessThan(2 * before);
            store.failing = false;

            List<OperatorContent> version = state.checkpoint(40, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, version, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void refusesAFreezeWhileTwoWaitForBeingWritten() throws IOException {
        try (StateHarness state = open("filesystem", LARGE, 1, List.of())) {
            for (long number = 1; number < 4; number++) {
                state.addCounts(keys(0, 100), 1);
                state.freeze(number, SnapshotMode.INCREMENTAL);
                while (state.sweep()) {
                    Thread.onSpinWait();
                }
                assertThat(state.isWritten()).isEqualTo(number < 3);
                state.instance.aborted(number);
            }
            state.flush();

            List<OperatorContent> version = state.checkpoint(4, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, version, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void waitsForAFlushUnderWayWhenClosed() throws Exception {
        StateHarness state = open("filesystem", LARGE, 1, List.of());
        state.addCounts(keys(0, 100), 1);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.watch = (area, call) -> {
            if (call.equals("create")) {
                writing.countDown();
                await(goOn);
            }
        };
        state.freeze(1, SnapshotMode.INCREMENTAL);
        while (state.sweep()) {
            Thread.onSpinWait();
        }
        Thread flush = new Thread(state::flush, "flush");
        flush.start();
        await(writing);
        Thread close = new Thread(() -> closeQuietly(state), "close");
        close.start();
        while (close.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        close.join(TimeUnit.SECONDS.toMillis(20));
        flush.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(close.isAlive()).isFalse();
        assertThat(store.store().leftoverStagings())
                .as("areas that nobody closed")
                .hasSizeLessThanOrEqualTo(1);
    }

    private List<OperatorContent> version(String backend, int keys) throws IOException {
        try (StateHarness state = open(backend, LARGE, 1, List.of())) {
            state.addCounts(keys(0, keys), 1);
            return state.checkpoint(1, SnapshotMode.INCREMENTAL);
        }
    }

    private StateHarness open(String backend, long budget, long epoch, List<OperatorContent> restored)
            throws IOException {
        return new StateHarness(backend(backend), store.store(), 1, epoch, budget, restored).awaited();
    }

    private StateHarness openIdle(String backend, long budget, long epoch, List<OperatorContent> restored)
            throws IOException {
        return new StateHarness(backend(backend), store.store(), 1, epoch, budget, restored);
    }

    private StateBackend backend(String name) {
        return name.equals("rocksdb")
                ? new RocksdbBackend(new SstRunFormat(), formats)
                : new HeapBackend(name, new FlatRunFormat(), formats);
    }

    private static StateSize.TableFigures counts(StateHarness state) {
        return state.instance.size().tables().stream()
                .filter(table -> table.state().equals("counts"))
                .findFirst()
                .orElseThrow();
    }

    private static long[] keys(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

    private static void closeQuietly(StateHarness state) {
        try {
            state.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("nothing happened for too long");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
