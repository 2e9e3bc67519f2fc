package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.TimeToLive.Refresh;
import io.strandline.state.heap.HeapBackend;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeToLiveTests {

    private static final int KEY_GROUPS = 8;
    private static final StateSchema SEEN = new StateSchema(
            "seen",
            StateSchema.Form.KEYED,
            List.of(new Column("id", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG), new Column("note", ColumnType.STRING)));

    private final RunFormat format = new FlatRunFormat();
    private final SnapshotStore store = new MemorySnapshotStore(1L << 24, Clock.systemUTC());
    private final AtomicLong now = new AtomicLong(1000);

    @TempDir
    Path directory;

    private @Nullable InstanceState instance;
    private SubtaskState subtask;
    private KeyedTable table;
    private long epoch;
    private long number;

    @AfterEach
    void close() throws IOException {
        if (instance != null) {
            instance.close();
        }
        store.close();
    }

    @Test
    void countsAnEntryAsAbsentOnceItHasNotBeenWrittenForItsTime() throws IOException {
        open(Refresh.WRITES, List.of());
        add(1);
        add(2);
        now.addAndGet(6);
        add(2);
        now.addAndGet(4);

        assertThat(count(1)).isZero();
        assertThat(count(2)).isEqualTo(2);
        add(1);
        assertThat(count(1)).as("starts anew").isEqualTo(1);
    }

    @Test
    void letsAnEntryLiveOnWhenItIsFound() throws IOException {
        open(Refresh.READS_AND_WRITES, List.of());
        add(1);
        for (int i = 0; i < 5; i++) {
            now.addAndGet(9);
            assertThat(count(1)).isEqualTo(1);
            checkpoint(SnapshotMode.INCREMENTAL);
        }
        now.addAndGet(10);

        assertThat(count(1)).isZero();
    }

    @Test
    void countsOnAcrossRestores() throws IOException {
        open(Refresh.WRITES, List.of());
        add(1);
        now.addAndGet(8);
        add(2);
        List<OperatorContent> version = checkpoint(SnapshotMode.INCREMENTAL);

        open(Refresh.WRITES, version);
        now.addAndGet(2);

        assertThat(count(1)).isZero();
        assertThat(count(2)).isEqualTo(1);
        assertThat(read(checkpoint(SnapshotMode.FULL), 1)).isEmpty();
        assertThat(read(checkpoint(SnapshotMode.FULL), 2)).hasSize(1);
    }

    @Test
    void deletesWhatHasExpiredThoughNobodyAsksForIt() throws IOException {
        open(Refresh.WRITES, List.of());
        for (int i = 0; i < 200; i++) {
            add(i);
        }
        checkpoint(SnapshotMode.INCREMENTAL);
        now.addAndGet(10);
        for (int i = 0; i < 20; i++) {
            add(1000);
        }

        List<OperatorContent> version = checkpoint(SnapshotMode.INCREMENTAL);

        assertThat(read(version, 7)).isEmpty();
        List<Run> runs = version.get(0).states().get(0).runs();
        assertThat(runs.stream().mapToLong(Run::entries).sum()).isEqualTo(1);
    }

    @Test
    void letsWhatHasExpiredGoWhenItIsWrittenAgain() throws IOException {
        open(Refresh.WRITES, List.of());
        LongStream.range(0, 100).forEach(this::add);
        List<OperatorContent> version = checkpoint(SnapshotMode.INCREMENTAL);
        open(Refresh.WRITES, version);
        now.addAndGet(10);

        List<OperatorContent> full = checkpoint(SnapshotMode.FULL);

        assertThat(full.get(0).states().get(0).runs()).isEmpty();
    }

    @Test
    void letsEntriesOfAVersionFromBeforeLiveFromWhenTheyAreNoticed() throws IOException {
        open(Refresh.WRITES, List.of(), false);
        add(1);
        add(2);
        List<OperatorContent> version = checkpoint(SnapshotMode.INCREMENTAL);

        open(Refresh.WRITES, version);
        while (subtask.sweep()) {
            Thread.onSpinWait();
        }
        add(1);
        now.addAndGet(6);
        add(1);
        now.addAndGet(4);

        assertThat(count(1)).isEqualTo(3);
        assertThat(count(2)).isZero();

        open(Refresh.WRITES, checkpoint(SnapshotMode.INCREMENTAL), false);
        now.addAndGet(100);
        assertThat(count(1)).as("lives for ever again").isEqualTo(3);
    }

    @Test
    void refusesToLiveForNoTime() {
        assertThatThrownBy(() -> new TimeToLive(Duration.ofNanos(1), Refresh.WRITES, now::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.000000001S");
    }

    private void open(Refresh refresh, List<OperatorContent> restored) throws IOException {
        open(refresh, restored, true);
    }

    private void open(Refresh refresh, List<OperatorContent> restored, boolean expires) throws IOException {
        if (instance != null) {
            instance.close();
        }
        instance = new HeapBackend("memory", format, List.of(format))
                .open(new InstanceStateRequest(
                        store,
                        directory,
                        String.valueOf(++epoch),
                        KEY_GROUPS,
                        1L << 24,
                        Duration.ZERO,
                        new StateExecutors(Runnable::run, Runnable::run),
                        restored));
        subtask = instance.subtask("operator", KeyGroupRange.of(0, 1, KEY_GROUPS));
        TimeToLive ttl = new TimeToLive(Duration.ofMillis(10), refresh, now::get);
        table = expires ? subtask.table(SEEN, new long[2], ttl) : subtask.table(SEEN, new long[2]);
        assertThat(table.width()).isEqualTo(2);
        while (!subtask.isReady()) {
            subtask.sweep();
        }
    }

    private void add(long key) {
        int[] entries = new int[1];
        table.update(keys(key), null, entries);
        byte[] note = {'n'};
        table.words()[entries[0]]++;
        table.words()[entries[0] + 1] = table.values().put(note, 0, 1);
    }

    private long count(long key) {
        int[] entries = new int[1];
        table.find(keys(key), null, entries);
        return entries[0] < 0 ? 0 : table.words()[entries[0]];
    }

    private static KeyColumns keys(long key) {
        Object[] arrays = {new long[] {key}};
        long[] hashes = new long[1];
        new KeyHasher(SEEN.key()).hash(arrays, 1, hashes);
        KeyBatch batch = new KeyBatch(SEEN.key());
        batch.bind(arrays, hashes, 1);
        return batch;
    }

    private List<OperatorContent> checkpoint(SnapshotMode mode) throws IOException {
        instance.begin(++number, mode);
        var frozen = subtask.freeze(number);
        while (subtask.sweep()) {
            Thread.onSpinWait();
        }
        frozen.join();
        StateCut cut = instance.cut(number);
        instance.committed(number);
        return StateHarness.operators(cut);
    }

    private List<SnapshotReader.Entry> read(List<OperatorContent> version, long key) throws IOException {
        try (SnapshotReader reader = new SnapshotReaders(List.of(format)).open(version, KEY_GROUPS, store)) {
            return reader.lookup("operator", "seen", List.of(key));
        }
    }
}
