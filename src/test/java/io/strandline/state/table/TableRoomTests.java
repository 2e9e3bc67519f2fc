package io.strandline.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBatch;
import io.strandline.state.KeyHasher;
import io.strandline.state.KeyedTable;
import io.strandline.state.TimeToLive;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a table makes of its room: under wrong guesses, and when entries come and go for good. */
class TableRoomTests {

    private static final int BATCH = 1024;
    private static final int SMALL_BATCH = 64;
    private static final int KEY_GROUPS = 128;
    private static final StateSchema SCHEMA = new StateSchema(
            "counts",
            StateSchema.Form.KEYED,
            List.of(new Column("id", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG)));

    private final KeyHasher hasher = new KeyHasher(SCHEMA.key());

    /** Of so few entries among so many markers a sample may see none. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void keepsTheFewEntriesThatAreLeftAmongMarkers() {
        int half = 1 << 20;
        int all = half - SMALL_BATCH;
        HotTable table = table(SCHEMA, new long[1]);
        for (long from = 0; from < all; from += SMALL_BATCH) {
            update(table, LongStream.range(from, from + SMALL_BATCH).toArray());
        }
        assertThat(table.slots().capacity()).isEqualTo(2 * half);
        long[] left =
                LongStream.range(0, 300).filter(id -> !isSampled(table, id)).toArray();
        long[] sampled =
                LongStream.range(0, 300).filter(id -> isSampled(table, id)).toArray();
        table.remove(keys(sampled), null);
        for (long from = 300; from < all; from += SMALL_BATCH) {
            table.remove(
                    keys(LongStream.range(from, Math.min(all, from + SMALL_BATCH))
                            .toArray()),
                    null);
        }
        write(table);

        for (int id = all; id < half + SMALL_BATCH; id++) {
            update(table, new long[] {id});
        }
        while (table.upkeep().sweep()) {
            Thread.onSpinWait();
        }

        assertThat(table.slots().used()).isEqualTo(left.length + 2 * SMALL_BATCH);
        int[] found = new int[left.length];
        table.find(keys(left), null, found);
        assertThat(found).doesNotContain(-1);
    }

    @Test
    void letsEntriesExpireAsFastAsOthersCome() {
        AtomicLong now = new AtomicLong(1);
        TimeToLive ttl = new TimeToLive(Duration.ofMillis(40), TimeToLive.Refresh.WRITES, now::get);
        HotTable table = table(TimeToLive.schema(SCHEMA), ExpiringTable.initial(new long[1]));
        ExpiringTable expiring = new ExpiringTable(table, ttl);
        int alive = 40 * BATCH;
        for (int batch = 0; batch < 1000; batch++) {
            now.incrementAndGet();
            update(
                    expiring,
                    LongStream.range((long) batch * BATCH, (batch + 1L) * BATCH).toArray());
            if (batch % 10 == 9) {
                write(table);
            }
        }

        assertThat(table.slots().used()).isLessThan(6 * alive);
    }

    /** Values that grow are all that makes the table outgrow its bounds: again and again. */
    @Test
    void keepsToItsBoundsHoweverOftenItOutgrewThem() {
        long most = 4L << 20;
        StateSchema notes = new StateSchema(
                "notes", SCHEMA.form(), SCHEMA.key(), false, List.of(new Column("note", ColumnType.BYTES)));
        HotTable table = table(notes, new long[1], () -> most);
        Random random = new Random(3);
        byte[] more = new byte[512];
        for (int step = 0; step < 5000; step++) {
            int[] entries = new int[SMALL_BATCH];
            table.update(keys(random.longs(SMALL_BATCH, 0, 900).toArray()), null, entries);
            for (int entry : entries) {
                table.words()[entry] = table.values().append(table.words()[entry], more, 0, more.length);
            }
            if (step % 10 == 9) {
                write(table);
            }
            assertThat(table.slots().bytes()).isLessThan(2 * most);
        }
    }

    /** However few large values fill it: what was written has to make room for the next. */
    @Test
    void keepsToItsBoundsWhenEveryEntryIsLarge() {
        long most = 4L << 20;
        StateSchema notes = new StateSchema(
                "notes", SCHEMA.form(), SCHEMA.key(), false, List.of(new Column("note", ColumnType.BYTES)));
        HotTable table = table(notes, new long[1], () -> most);
        byte[] large = new byte[64 << 10];
        for (long id = 0; id < 2000; id++) {
            int[] entries = new int[1];
            table.update(keys(new long[] {id}), null, entries);
            table.words()[entries[0]] = table.values().put(large, 0, large.length);
            if (table.upkeep().isMostlyUnsaved()) {
                write(table);
            }
            assertThat(table.slots().bytes()).isLessThan(4 * most);
        }
    }

    /** Stored entries come in the order of their slots, so that those which are there already must not have taken half of the room. */
    @Test
    void makesRoomForWhatWarmsUpBesidesWhatItHas() {
        int half = 1 << 15;
        HotTable table = table(SCHEMA, new long[1], () -> 1L << 40);
        for (long from = 0; from < half; from += BATCH) {
            update(table, LongStream.range(from, from + BATCH).toArray());
        }
        write(table);

        table.upkeep().beginWarmUp(half + BATCH);
        while (!table.upkeep().isSpacious()) {
            table.upkeep().sweep();
        }

        assertThat(table.slots().capacity()).isGreaterThanOrEqualTo(SlotTable.capacityFor(2L * half + BATCH));
    }

    /** A table that was about to grow by itself must not do so again, to less, behind the warm-up's back. */
    @Test
    void keepsTheRoomForWhatWarmsUpWhenBatchesCome() {
        HotTable table = table(SCHEMA, new long[1]);
        update(table, LongStream.range(0, 700).toArray());
        TableUpkeep.Freeze freeze = table.upkeep().freeze(TableUpkeep.Extent.CHANGES);
        update(table, LongStream.range(700, 1100).toArray());
        finish(table, freeze);
        int expected = 1 << 14;

        table.upkeep().beginWarmUp(expected);
        while (!table.upkeep().isSpacious()) {
            table.upkeep().sweep();
        }
        while (table.upkeep().sweep()) {
            Thread.onSpinWait();
        }
        update(table, LongStream.range(1100, 1200).toArray());

        assertThat(table.slots().capacity()).isGreaterThanOrEqualTo(SlotTable.capacityFor(expected));
    }

    private boolean isSampled(HotTable table, long id) {
        int[] found = new int[1];
        table.find(keys(new long[] {id}), null, found);
        return table.slots().slot(found[0] - 2) % 512 == 0;
    }

    private static HotTable table(StateSchema schema, long[] initial) {
        return table(schema, initial, TableDepth.WHOLE);
    }

    private static HotTable table(StateSchema schema, long[] initial, TableDepth depth) {
        EntryLayout layout = new EntryLayout(schema, new KeyGroupRange(0, KEY_GROUPS - 1), KEY_GROUPS);
        return new HotTable(layout, initial, depth, null, true, Runnable::run);
    }

    private void update(KeyedTable table, long[] ids) {
        table.update(keys(ids), null, new int[ids.length]);
    }

    /** Freezes the table and lets a run hold what was frozen. */
    private static void write(HotTable table) {
        finish(table, table.upkeep().freeze(TableUpkeep.Extent.CHANGES));
    }

    private static void finish(HotTable table, TableUpkeep.Freeze freeze) {
        while (table.upkeep().sweep()) {
            Thread.onSpinWait();
        }
        table.upkeep().written(freeze.epoch());
        table.upkeep().stored(freeze.epoch());
    }

    private KeyBatch keys(long[] ids) {
        long[] hashes = new long[ids.length];
        hasher.hash(new Object[] {ids}, ids.length, hashes);
        KeyBatch batch = new KeyBatch(SCHEMA.key());
        batch.bind(new Object[] {ids}, hashes, ids.length);
        return batch;
    }
}
