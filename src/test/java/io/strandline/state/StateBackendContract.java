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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend has to do, whatever a freeze catches it at. */
abstract class StateBackendContract extends StateContract {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsInEveryVersionWhatWasThereWhenItWasFrozen(long seed) throws IOException {
        new RandomRun(seed, store, this::open, readers).run(steps());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void holdsItWhenTheBudgetIsSmall(long seed) throws IOException {
        new RandomRun(seed, store, this::openSmall, readers).run(steps());
    }

    @Test
    void keepsTheRunOfAnAttemptThatFailedInTheNextVersion() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            state.addCounts(keys(0, 1000), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.addCounts(keys(0, 10), 1);
            state.freeze(2, SnapshotMode.INCREMENTAL);
            while (state.sweep()) {
                Thread.onSpinWait();
            }
            state.flush();
            state.instance.aborted(2);

            state.addCounts(keys(500, 510), 1);
            List<OperatorContent> third = state.checkpoint(3, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, third, store.store())).isEqualTo(state.contents());
            assertThat(runs(third)).extracting(Run::number).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void writesWhatCouldNotBeWrittenWithTheNextFreezeUnlessOverwrittenSince() throws IOException {
        try (StateHarness state = open(2, 1, List.of())) {
            state.addCounts(keys(0, 1000), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.addCounts(keys(0, 20), 1);
            state.removeCounts(keys(20, 30));
            state.freeze(2, SnapshotMode.INCREMENTAL);
            store.failing = true;
            while (state.sweep()) {
                Thread.onSpinWait();
            }
            state.flush();
            assertThat(state.isWritten()).isFalse();
            state.instance.aborted(2);
            store.failing = false;

            state.addCounts(keys(10, 12), 1);
            state.addCounts(keys(25, 26), 3);
            List<OperatorContent> third = state.checkpoint(3, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, third, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void aMergeBetweenCutAndCommitIsPartOfTheNextVersion() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            long number = 0;
            while (number < 10) {
                state.addCounts(keys(0, 1000 >> number), 1);
                state.checkpoint(++number, SnapshotMode.INCREMENTAL);
            }
            Runnable merge = state.merges.remove();
            state.addCounts(keys(0, 10), 1);
            state.freeze(++number, SnapshotMode.INCREMENTAL);
            state.finishFreeze();
            state.instance.cut(number);
            merge.run();
            state.instance.committed(number);

            List<OperatorContent> next = state.checkpoint(number + 1, SnapshotMode.INCREMENTAL);

            assertThat(StateContents.read(readers, next, store.store())).isEqualTo(state.contents());
        }
    }

    @Test
    void writesOnlyWhatChanged() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            state.addCounts(keys(0, 5000), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.addCounts(keys(0, 50), 1);

            List<OperatorContent> second = state.checkpoint(2, SnapshotMode.INCREMENTAL);

            List<Run> base =
                    runs(second).stream().filter(run -> run.number() == 1).toList();
            assertThat(base.stream().mapToLong(Run::entries).sum()).isEqualTo(5000);
            assertThat(runs(second))
                    .filteredOn(run -> run.number() == 2)
                    .extracting(Run::entries)
                    .containsExactly(50L);
        }
    }

    @Test
    void writesNothingWhenNothingChanged() throws IOException {
        try (StateHarness state = open(2, 1, List.of())) {
            state.addCounts(keys(0, 100), 1);
            List<OperatorContent> first = state.checkpoint(1, SnapshotMode.INCREMENTAL);

            state.freeze(2, SnapshotMode.INCREMENTAL);
            while (state.sweep()) {
                Thread.onSpinWait();
            }
            state.flush();
            StateCut cut = state.instance.cut(2);

            assertThat(cut.newBytes()).isZero();
            assertThat(StateHarness.operators(cut)).isEqualTo(first);
        }
    }

    @Test
    void writesAFullVersionOfOneRunForEachSubtaskAndNoDeleteMarkers() throws IOException {
        List<OperatorContent> second;
        try (StateHarness state = open(2, 1, List.of())) {
            state.addCounts(keys(0, 1000), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.removeCounts(keys(0, 100));
            second = state.checkpoint(2, SnapshotMode.INCREMENTAL);
            List<OperatorContent> third = state.checkpoint(3, SnapshotMode.FULL);

            assertThat(runs(second)).hasSize(4);
            assertFull(third, state.contents());
        }
        try (StateHarness restored = open(2, 2, second)) {
            for (long key = 0; key < 100; key++) {
                restored.counts.remove(key);
            }
            assertFull(restored.checkpoint(4, SnapshotMode.FULL), StateContents.read(readers, second, store.store()));
        }
    }

    private void assertFull(List<OperatorContent> version, StateContents contents) throws IOException {
        assertThat(runs(version)).hasSize(2);
        assertThat(runs(version)).extracting(Run::deletes).containsOnly(0L);
        assertThat(runs(version).stream().mapToLong(Run::entries).sum()).isEqualTo(900);
        assertThat(StateContents.read(readers, version, store.store())).isEqualTo(contents);
    }

    @Test
    void keepsDeleteMarkersUntilAMergeIncludesTheOldestRun() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            state.addCounts(keys(0, 4000), 1);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            long number = 2;
            for (int i = 0; i < 40; i++) {
                state.removeCounts(keys(10 * i, 10 * i + 5));
                state.addCounts(keys(2000 + i, 2001 + i), 1);
                List<OperatorContent> version = state.checkpoint(number++, SnapshotMode.INCREMENTAL);
                state.flush();

                assertThat(StateContents.read(readers, version, store.store())).isEqualTo(state.contents());
                assertThat(runs(version)).hasSizeLessThanOrEqualTo(11);
            }
        }
    }

    @Test
    void equalsByDigestUnderAnotherBackendAndParallelism() throws IOException {
        List<OperatorContent> first;
        StateContents contents;
        try (StateHarness state = open(2, 1, List.of())) {
            fill(state);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.removeCounts(keys(5, 10));
            state.removeWindow("k3", 1000);
            state.poll(5, 3);
            first = state.checkpoint(2, SnapshotMode.INCREMENTAL);
            contents = state.contents();
        }
        StateDigest digest = digest(first);

        for (int parallelism : new int[] {1, 3, 4}) {
            for (StateBackend restoring : List.of(backend(), otherBackend())) {
                long epoch = restoring == backend() ? 100 + parallelism : 200 + parallelism;
                try (StateHarness state = new StateHarness(restoring, store.store(), parallelism, epoch, BUDGET, first)
                        .awaited()
                        .expecting(contents)) {
                    List<OperatorContent> full = state.checkpoint(3, SnapshotMode.FULL);
                    assertThat(digest(full)).isEqualTo(digest);

                    state.addCounts(keys(0, 3), 2);
                    List<OperatorContent> next = state.checkpoint(4, SnapshotMode.INCREMENTAL);
                    assertThat(StateContents.read(readers, next, store.store())).isEqualTo(state.contents());
                    assertThat(digest(next)).isNotEqualTo(digest);
                }
            }
        }
    }

    @Test
    void readsThroughToRestoredRuns() throws IOException {
        List<OperatorContent> first;
        try (StateHarness state = open(2, 1, List.of())) {
            fill(state);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.removeCounts(keys(5, 10));
            first = state.checkpoint(2, SnapshotMode.INCREMENTAL);
        }
        for (StateBackend restoring : List.of(backend(), otherBackend())) {
            long epoch = restoring == backend() ? 7 : 8;
            try (StateHarness state = new StateHarness(restoring, store.store(), 3, epoch, BUDGET, first).awaited()) {
                assertThat(state.findCount(7)).isNull();
                assertThat(state.findCount(4)).isEqualTo(List.of(1L, Double.doubleToRawLongBits(1.5)));
                assertThat(state.findCount(123_456)).isNull();
                assertThat(state.poll(Long.MAX_VALUE, 1000)).hasSize(20);
            }
        }
    }

    @Test
    void looksUpOneKeyOfAVersion() throws IOException {
        try (StateHarness state = open(2, 1, List.of())) {
            fill(state);
            state.checkpoint(1, SnapshotMode.INCREMENTAL);
            state.addCounts(new long[] {3}, 1);
            state.removeCounts(new long[] {4});
            List<OperatorContent> version = state.checkpoint(2, SnapshotMode.INCREMENTAL);

            try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store.store())) {
                assertThat(reader.lookup("operator", "counts", List.of(3L)))
                        .extracting(SnapshotReader.Entry::value)
                        .containsExactly(List.of(2L, 2.5));
                assertThat(reader.lookup("operator", "counts", List.of(4L))).isEmpty();
                assertThat(reader.lookup("operator", "windows", List.of("k3", 2.0)))
                        .extracting(SnapshotReader.Entry::namespace)
                        .containsExactly(-1000L, 1000L);
                assertThat(reader.lookup("operator", "timers", List.of("k3")))
                        .extracting(SnapshotReader.Entry::value)
                        .containsExactly(List.of(3L), List.of(13L));
                assertThatThrownBy(() -> reader.lookup("operator", "counts", List.of("3")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("id");
            }
        }
    }

    @Test
    void firesTimersOnceInTheOrderOfTime() throws IOException {
        try (StateHarness state = open(1, 1, List.of())) {
            fill(state);
            state.register("k3", 1000, 3);
            assertThat(state.poll(4, 3)).hasSize(3);
            state.register("late", 0, 2);
            assertThat(state.poll(4, 100)).hasSize(3);
            assertThat(state.poll(4, 100)).isEmpty();
            assertThat(state.timers).hasSize(15);
        }
    }

    /** Timers come and go many times over few times and keys, so that buckets hold some that were taken back and set again. */
    @Test
    void firesNoTimerThatWasTakenBackAndOneThatWasSetAgainOnce() throws IOException {
        Random random = new Random(11);
        try (StateHarness state = open(1, 2, List.of())) {
            for (int step = 0; step < 3_000; step++) {
                StateContents.Timer timer = new StateContents.Timer(
                        step / 100 + random.nextInt(20), "k" + random.nextInt(12), random.nextInt(2));
                if (random.nextInt(5) < 3) {
                    state.register(timer.key(), timer.namespace(), timer.time());
                } else {
                    state.unregister(timer);
                }
                if (step % 40 == 0) {
                    Set<StateContents.Timer> before = new TreeSet<>(state.timers);
                    long upTo = step / 100 + 2;
                    Set<StateContents.Timer> fired = state.poll(upTo, 1 + random.nextInt(7));
                    assertThat(before).containsAll(fired);
                    while (!state.poll(upTo, 5).isEmpty()) {
                        assertThat(state.timers).isNotNull();
                    }
                    assertThat(state.timers).allMatch(left -> left.time() > upTo);
                }
            }
            Set<StateContents.Timer> left = new TreeSet<>(state.timers);
            assertThat(left).isNotEmpty();
            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.INCREMENTAL);
            try (StateHarness again = open(2, 1, version)) {
                assertThat(again.poll(Long.MAX_VALUE, 10_000)).isEqualTo(left);
            }
        }
    }

    @Test
    void refusesAStateStoredInAnotherShape() throws IOException {
        List<OperatorContent> first;
        try (StateHarness state = open(1, 1, List.of())) {
            state.addCounts(keys(0, 10), 1);
            first = state.checkpoint(1, SnapshotMode.INCREMENTAL);
        }
        StateSchema other = new StateSchema(
                "counts",
                StateSchema.Form.KEYED,
                List.of(new Column("id", ColumnType.STRING)),
                false,
                List.of(new Column("count", ColumnType.LONG)));
        try (StateHarness state = open(1, 2, first)) {
            SubtaskState subtask = state.instance.subtask("operator", new KeyGroupRange(0, 31));

            assertThatThrownBy(() -> subtask.table(other, new long[1]))
                    .isInstanceOf(IncompatibleStateException.class)
                    .hasMessageContaining("operator.counts");
        }
    }

    @Test
    void refusesAVariableWidthColumnThatDoesNotStartEmpty() throws IOException {
        StateSchema text = new StateSchema(
                "texts",
                StateSchema.Form.KEYED,
                StateContents.COUNTS.key(),
                false,
                List.of(new Column("text", ColumnType.STRING)));
        try (StateHarness state = open(1, 1, List.of())) {
            SubtaskState subtask = state.instance.subtask("operator", new KeyGroupRange(0, 31));

            assertThatThrownBy(() -> subtask.table(text, new long[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("text");
        }
    }

    @Test
    void showsTextAndBytesOfAVersion() throws IOException {
        try (StateHarness state = open(2, 1, List.of())) {
            state.addNote("a", "first");
            state.addNote("a", "sécond");
            List<OperatorContent> version = state.checkpoint(1, SnapshotMode.INCREMENTAL);

            try (SnapshotReader reader = readers.open(version, StateHarness.MAX_PARALLELISM, store.store())) {
                List<Object> value =
                        reader.lookup("operator", "notes", List.of("a")).get(0).value();
                assertThat(value.subList(0, 2)).isEqualTo(List.of("sécond", 2L));
                assertThat((byte[]) value.get(2)).isEqualTo("firstsécond".getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
