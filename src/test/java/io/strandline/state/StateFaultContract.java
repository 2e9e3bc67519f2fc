package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every backend has to do besides when a flush fails half way or a merge ends at an awkward moment. */
abstract class StateFaultContract extends StateBackendContract {

    @Test
    void writesWhatAnErrorInAnotherTableKeptFromBeingWrittenWithTheNextFreeze() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            fill(state);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.addCounts(keys(0, 20), 1);
            state.addWindow("k3", 1000);
            state.poll(5, 3);
            state.freeze(2, SnapshotMode.INCREMENTAL);
            store.watch = (area, call) -> {
                if (call.equals("create")) {
                    throw new OutOfMemoryError("no room for the first table's buffers");
                }
            };
            while (state.sweep()) {
                Thread.onSpinWait();
            }
            state.flush();
            assertThat(state.isWritten()).isFalse();
            state.instance.aborted(2);
            store.watch = (area, call) -> {};

            List<OperatorContent> third = state.checkpoint(3, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, third, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void keepsWhatASpillCouldNotOpenAnAreaFor() throws IOException {
        try (StateHarness state = openSmall(1, 1, List.of())) {
            state.addCounts(keys(0, 100), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            store.watch = (area, call) -> {
                if (call.equals("openStaging")) {
                    throw new IOException("no space left on device");
                }
            };
            for (int from = 0; from < 6000; from += 100) {
                state.addCounts(keys(from, from + 100), 1);
            }
            store.watch = (area, call) -> {};

            List<OperatorContent> second = state.checkpoint(2, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, second, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void keepsTheAreaOfAMergeThatEndsWhileACommitClosesAreas() throws Exception {
        try (StateHarness state = open(1, 1, List.of())) {
            long number = 1;
            state.addCounts(keys(0, 1000), 1);
            state.checkpoint(number, SnapshotMode.INCREMENTAL);
            Thread merge = new Thread(state.merges.remove(), "merge");
            while (number < 10) {
                state.addCounts(keys(0, 1000 >> number), 1);
                state.checkpoint(++number, SnapshotMode.INCREMENTAL);
            }
            merge.setDaemon(true);
            CountDownLatch mergeBegan = new CountDownLatch(1);
            CountDownLatch commitCloses = new CountDownLatch(1);
            state.addCounts(keys(0, 10), 1);
            state.freeze(++number, SnapshotMode.INCREMENTAL);
            store.watch = (area, call) -> {
                if (area.contains("merge") && call.equals("create")) {
                    mergeBegan.countDown();
                    await(commitCloses);
                } else if (area.endsWith("-11") && call.equals("close")) {
                    commitCloses.countDown();
                    join(merge);
                }
            };
            merge.start();
            await(mergeBegan);
            state.complete(number);
            assertThat(commitCloses.getCount()).isZero();

            List<OperatorContent> next = state.checkpoint(number + 1, SnapshotMode.INCREMENTAL);

            assertThat(runs(next)).hasSizeLessThan(11);
            assertThat(StateContents.read(readers, next, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void mergesTheListsBehindOneThatCannotBeMerged() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            state.addCounts(keys(0, 1000), 1);
            for (int note = 0; note < 100; note++) {
                state.addNote("n" + note, "first");
            }
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            Runnable merge = state.merges.remove();
            for (int number = 2; number < 12; number++) {
                state.addCounts(keys(0, 10), 1);
                state.addNote("n7", "more");
                state.checkpoint(number, SnapshotMode.INCREMENTAL);
            }
            List<String> merging = new ArrayList<>();
            store.watch = (area, call) -> {
                if (area.contains("merge") && call.equals("create")) {
                    merging.add(area);
                    if (merging.size() == 1) {
                        throw new IOException("this one cannot be written");
                    }
                }
            };

            merge.run();

            assertThat(merging).hasSizeGreaterThan(1);
            store.watch = (area, call) -> {};
            List<OperatorContent> next = state.checkpoint(12, SnapshotMode.INCREMENTAL);
            assertThat(StateContents.read(readers, next, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void dropsTheOldestRunsWhenTheirEntriesCancelOut() throws IOException {
        List<OperatorContent> first;
        StateContents contents;
        try (StateHarness state = open(1, 1, List.of())) {
            state.addCounts(keys(0, 2), 1);
            first = state.checkpoint(1, SnapshotMode.INCREMENTAL);
            contents = state.contents();
        }
        try (StateHarness state = open(1, 2, first).expecting(contents)) {
            state.removeCounts(keys(0, 1));
            state.checkpoint(2, SnapshotMode.INCREMENTAL);
            state.addCounts(keys(0, 1), 1);
            state.checkpoint(3, SnapshotMode.INCREMENTAL);
            state.removeCounts(keys(0, 2));
            state.checkpoint(4, SnapshotMode.INCREMENTAL);
            state.flush();
            state.addCounts(keys(100, 103), 1);

            List<OperatorContent> next = state.checkpoint(5, SnapshotMode.INCREMENTAL);

            assertThat(runs(next)).extracting(Run::number).containsExactly(5L);
            assertThat(StateContents.read(readers, next, store.store())).isEqualTo(state.contents());
            assertThat(state.findCount(0)).isNull();
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

    private static void join(Thread thread) throws IOException {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
