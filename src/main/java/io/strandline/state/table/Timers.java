package io.strandline.state.table;

import io.strandline.state.KeyBatch;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.TimerTable;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All timers of one operator's subtask: a {@link HotTable} without values says which there are, a bucket for each time says
 * which are due.
 */
public final class Timers implements TimerTable {

    private final EntryLayout layout;
    private final HotTable table;
    private final TreeMap<Long, TimerBucket> buckets = new TreeMap<>();
    private final KeyBuffer scratch = new KeyBuffer();
    private final FiredRows fired;
    private final long[] record;
    private int[] entries = new int[0];
    private long bytes;
    private @Nullable TimerBucket filling;

    /** Without timers yet. */
    public Timers(EntryLayout layout, HotTable table) {
        this.layout = layout;
        this.table = table;
        this.fired = new FiredRows(new KeyBatch(layout.schema.key()));
        this.record = new long[layout.recordWords];
    }

    @Override
    public void register(KeyColumns keys, long[] namespaces, long[] times) {
        if (entries.length < keys.size()) {
            entries = new int[keys.size()];
        }
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
        while (fired.keys.size() < max && !buckets.isEmpty() && buckets.firstKey() <= upTo) {
            TimerBucket first = buckets.firstEntry().getValue();
            boolean over = first.drain(fired, max);
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
