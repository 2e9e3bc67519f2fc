package io.strandline.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBatch;
import io.strandline.state.KeyHasher;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A freeze is as long for many keys as for few: it copies nothing, and a sweep copies a bounded slice. */
class HotTableFreezeTests {

    private static final int BATCH = 1024;
    private static final int LARGEST_SLICE = 8192;
    private static final StateSchema SCHEMA = new StateSchema(
            "counts",
            StateSchema.Form.KEYED,
            List.of(new Column("id", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG), new Column("sum", ColumnType.LONG)));

    private final EntryLayout layout = new EntryLayout(SCHEMA, new KeyGroupRange(0, 127), 128);
    private final HotTable table = new HotTable(layout, new long[2], TableDepth.WHOLE, null, true, Runnable::run);
    private final KeyHasher hasher = new KeyHasher(SCHEMA.key());
    private final KeyBatch keys = new KeyBatch(SCHEMA.key());

    @ParameterizedTest
    @CsvSource({"100000, 1000", "100000, 100000", "2000000, 1000", "2000000, 2000000"})
    void copiesNothingWhenFrozenAndABoundedSliceAtATime(int size, int changed, TestReporter reporter) {
        update(0, size);
        drain(table.upkeep().freeze(TableUpkeep.Extent.CHANGES));
        long shortest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            update(0, changed);
            long began = System.nanoTime();
            TableUpkeep.Freeze freeze = table.upkeep().freeze(TableUpkeep.Extent.CHANGES);
            shortest = Math.min(shortest, System.nanoTime() - began);

            assertThat(freeze.copies().size()).isZero();
            assertThat(freeze.changed()).isEqualTo(changed);
            drain(freeze);
            assertThat(freeze.copies().size()).isEqualTo(changed);
        }
        reporter.publishEntry(
                "shortest freeze, %d keys, %d changed".formatted(size, changed),
                TimeUnit.NANOSECONDS.toMicros(shortest) + " µs");
    }

    private void drain(TableUpkeep.Freeze freeze) {
        boolean more = true;
        while (more) {
            int before = freeze.copies().size();
            more = table.upkeep().sweep();
            assertThat(freeze.copies().size() - before).isLessThanOrEqualTo(LARGEST_SLICE);
        }
    }

    private void update(int from, int to) {
        long[] ids = new long[BATCH];
        long[] hashes = new long[BATCH];
        int[] entries = new int[BATCH];
        for (int at = from; at < to; at += BATCH) {
            int rows = Math.min(BATCH, to - at);
            for (int row = 0; row < rows; row++) {
                ids[row] = at + row;
            }
            hasher.hash(new Object[] {ids}, rows, hashes);
            keys.bind(new Object[] {ids}, hashes, rows);
            table.update(keys, null, entries);
            long[] words = table.words();
            for (int row = 0; row < rows; row++) {
                words[entries[row]]++;
            }
        }
    }
}
