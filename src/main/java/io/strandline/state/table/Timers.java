package io.strandline.state.table;

import io.strandline.state.KeyBatch;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.TimerTable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All timers of one operator's subtask: a {@link HotTable} without values says which there are, a bucket for each time says
 * which are due. One that was taken back is gone from the table at once and from its bucket when it would have fired, or when more
 * than half of the bucket's were taken back.
 */
public final class Timers implements TimerTable {

    private static final int SIFTED_ROWS = 1 << 10;

    private final EntryLayout layout;
    private final HotTable table;
    private final TreeMap<Long, TimerBucket> buckets = new TreeMap<>();
    private final KeyBuffer scratch = new KeyBuffer();
    private final FiredRows fired;
    private final FiredRows sifted;
    private final long[] record;
    private int[] entries = new int[0];
    private long bytes;
    private @Nullable TimerBucket filling;
    /** What tells the last timer of the slice before, if it lives; entries may lie elsewhere from one slice to the next. */
    private @Nullable List<Object> lastSifted;

    /** Without timers yet. */
    public Timers(EntryLayout layout, HotTable table) {
        this.layout = layout;
        this.table = table;
        this.fired = new FiredRows(new KeyBatch(layout.schema.key()));
        this.sifted = new FiredRows(new KeyBatch(layout.schema.key()));
        this.record = new long[layout.recordWords];
    }

    @Override
    public void register(KeyColumns keys, long[] namespaces, long[] times) {
        reserve(keys.size());
        table.outside(bytes);
        table.update(keys, times, extra(namespaces), entries);
        for (int i = 0; i < table.entries().created().count(); i++) {
            int row = table.entries().created().row(i);
            add(keys, row, namespaces[row], times[row]);
        }
        recount();
    }

    @Override
    public Fired poll(long upTo, int max) {
        fired.clear(max);
        lastSifted = null;
        while (fired.keys.size() < max && !buckets.isEmpty() && buckets.firstKey() <= upTo) {
            TimerBucket first = buckets.firstEntry().getValue();
            boolean over = first.hasDead() ? sift(first, max - fired.size(), this::fire) : first.drain(fired, max);
            bytes += first.recount();
            if (over) {
                buckets.pollFirstEntry();
                bytes -= first.bytes();
            }
        }
        table.outside(bytes);
        table.remove(fired.keys, fired.times, extra(fired.namespaces));
        return fired;
    }

    @Override
    public void remove(KeyColumns keys, long[] namespaces, long[] times) {
        recount();
        reserve(keys.size());
        table.find(keys, times, extra(namespaces), entries);
        for (int row = 0; row < keys.size(); row++) {
            TimerBucket bucket = entries[row] < 0 ? null : buckets.get(times[row]);
            if (bucket != null) {
                bucket.died();
            }
        }
        table.remove(keys, times, extra(namespaces));
        for (int row = 0; row < keys.size(); row++) {
            TimerBucket bucket = buckets.get(times[row]);
            if (bucket != null && bucket.isMostlyDead()) {
                rebuild(bucket);
            }
        }
        table.outside(bytes);
    }

    @Override
    public long earliest() {
        return buckets.isEmpty() ? Long.MAX_VALUE : buckets.firstKey();
    }

    /** Takes over timers of a version. */
    public void load(StoredBlock block) {
        table.upkeep().load(block);
        for (int row = 0; row < block.keys().size(); row++) {
            add(block.keys(), row, block.namespaces()[row], block.times()[row]);
        }
        recount();
    }

    /** Puts what lives of a bucket into one of its own. */
    private void rebuild(TimerBucket bucket) {
        TimerBucket living = new TimerBucket(layout, bucket.time());
        boolean over = false;
        lastSifted = null;
        while (!over) {
            over = sift(bucket, SIFTED_ROWS, row -> put(living, sifted.keys, row, sifted.namespaces[row]));
        }
        bytes -= bucket.bytes();
        if (living.isEmpty()) {
            buckets.remove(bucket.time());
        } else {
            buckets.put(bucket.time(), living);
            bytes += living.recount();
        }
    }

    /**
     * Moves timers out of a bucket, at most {@code max}, and hands on those that were not taken back; whether none is left. One that was
     * taken back and set again is there twice, side by side.
     */
    private boolean sift(TimerBucket bucket, int max, IntConsumer living) {
        sifted.clear(max);
        boolean over = bucket.drain(sifted, max);
        int rows = sifted.size();
        reserve(rows);
        table.find(sifted.keys, sifted.times, extra(sifted.namespaces), entries);
        int dead = 0;
        for (int row = 0; row < rows; row++) {
            boolean again = row == 0 ? isLastSifted() : entries[row] == entries[row - 1];
            if (entries[row] < 0 || again) {
                dead++;
            } else {
                living.accept(row);
            }
        }
        bucket.buried(dead);
        lastSifted = rows > 0 && entries[rows - 1] >= 0 ? identity(rows - 1) : null;
        return over;
    }

    private boolean isLastSifted() {
        return lastSifted != null && lastSifted.equals(identity(0));
    }

    private List<Object> identity(int row) {
        scratch.clear();
        layout.codec.encode(sifted.keys, row, scratch);
        return List.of(
                ByteBuffer.wrap(Arrays.copyOf(scratch.bytes(), scratch.length())),
                sifted.namespaces[row],
                sifted.times[row]);
    }

    private void fire(int row) {
        scratch.clear();
        layout.codec.encode(sifted.keys, row, scratch);
        int at = fired.size();
        fired.namespaces[at] = sifted.namespaces[row];
        fired.times[at] = sifted.times[row];
        fired.keys.append(
                ByteBuffer.wrap(scratch.bytes(), 0, scratch.length()),
                sifted.keys.hashes()[row]);
    }

    private void reserve(int rows) {
        if (entries.length < rows) {
            entries = new int[rows];
        }
    }

    private long @Nullable [] extra(long[] namespaces) {
        return layout.schema.namespaced() ? namespaces : null;
    }

    private void add(KeyColumns keys, int row, long namespace, long time) {
        TimerBucket bucket = filling;
        if (bucket == null || bucket.time() != time) {
            recount();
            bucket = buckets.computeIfAbsent(time, at -> new TimerBucket(layout, at));
            filling = bucket;
        }
        put(bucket, keys, row, namespace);
    }

    private void put(TimerBucket bucket, KeyColumns keys, int row, long namespace) {
        if (layout.inlineKey) {
            record[0] = ((long[]) keys.array(0))[row];
        } else {
            scratch.clear();
            layout.codec.encode(keys, row, scratch);
            record[0] = keys.hashes()[row];
            record[1] = bucket.slab().add(scratch, 0);
        }
        record[layout.extraAt] = bucket.time();
        if (layout.schema.namespaced()) {
            record[layout.extraAt + 1] = namespace;
        }
        bucket.add(record);
    }

    private void recount() {
        TimerBucket filled = filling;
        if (filled != null) {
            bytes += filled.recount();
            filling = null;
        }
    }

    /** The rows of one poll. */
    private static final class FiredRows implements Fired, TimerBucket.Due {

        private final ByteBuffer whole = ByteBuffer.allocate(Long.BYTES);
        private final KeyBatch keys;
        private long[] namespaces = new long[0];
        private long[] times = new long[0];

        FiredRows(KeyBatch keys) {
            this.keys = keys;
        }

        void clear(int capacity) {
            keys.clear(capacity);
            if (times.length < capacity) {
                namespaces = new long[capacity];
                times = new long[capacity];
            }
        }

        @Override
        public int size() {
            return keys.size();
        }

        @Override
        public void add(EntryLayout layout, long[] record, int at, ByteSlab slab) {
            int row = keys.size();
            times[row] = record[at + layout.extraAt];
            namespaces[row] = layout.schema.namespaced() ? record[at + layout.extraAt + 1] : 0;
            ByteBuffer encoded = layout.inlineKey
                    ? whole.clear().putLong(record[at] ^ Long.MIN_VALUE).flip()
                    : slab.view(record[at + 1]);
            keys.append(encoded, layout.hash(record, at));
        }

        @Override
        public KeyColumns keys() {
            return keys;
        }

        @Override
        public long[] namespaces() {
            return namespaces;
        }

        @Override
        public long[] times() {
            return times;
        }
    }
}
