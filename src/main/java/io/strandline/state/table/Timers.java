package io.strandline.state.table;

import io.strandline.state.KeyBatch;
import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.TimerTable;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All timers of one operator's subtask: a {@link HotTable} without values says which there are, a bucket for each time says
 * which are due.
 */
public final class Timers implements TimerTable {

    private final EntryLayout layout;
    private final HotTable table;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    private final KeyBuffer scratch = new KeyBuffer();
    private final FiredRows fired;
    private final long[] record;
    private int[] entries = new int[0];
    private long bytes;

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
        Bucket bucket = null;
        for (int i = 0; i < table.entries().created().count(); i++) {
            int row = table.entries().created().row(i);
            if (bucket == null || bucket.time != times[row]) {
                bucket = bucket(times[row]);
            }
            add(bucket, keys, row, namespaces[row]);
        }
    }

    @Override
    public Fired poll(long upTo, int max) {
        fired.clear(max);
        while (fired.keys.size() < max && !buckets.isEmpty() && buckets.firstKey() <= upTo) {
            Map.Entry<Long, Bucket> first = buckets.firstEntry();
            if (first.getValue().drain(fired, max)) {
                buckets.pollFirstEntry();
                bytes -= first.getValue().counted;
            } else {
                bytes += first.getValue().recount();
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
            add(bucket(block.times()[row]), block.keys(), row, block.namespaces()[row]);
        }
    }

    private long @Nullable [] extra(long[] namespaces) {
        return layout.schema.namespaced() ? namespaces : null;
    }

    private Bucket bucket(long time) {
        return buckets.computeIfAbsent(time, at -> new Bucket(layout, at));
    }

    private void add(Bucket bucket, KeyColumns keys, int row, long namespace) {
        if (layout.inlineKey) {
            record[0] = ((long[]) keys.array(0))[row];
        } else {
            scratch.clear();
            layout.codec.encode(keys, row, scratch);
            record[0] = keys.hashes()[row];
            record[1] = bucket.copies.slab().add(scratch, 0);
        }
        record[layout.extraAt] = bucket.time;
        if (layout.schema.namespaced()) {
            record[layout.extraAt + 1] = namespace;
        }
        bucket.add(record);
        bytes += bucket.recount();
    }

    /** The timers of one time, sorted when they become due. */
    private static final class Bucket {

        private static final long OWN_BYTES = 256;

        private final EntryLayout layout;
        private final long time;
        private final ByteBuffer key = ByteBuffer.allocate(Long.BYTES);
        private EntryCopies copies;
        private int @Nullable [] order;
        private int drained;
        private long counted;

        Bucket(EntryLayout layout, long time) {
            this.layout = layout;
            this.time = time;
            this.copies = new EntryCopies(layout, new ByteSlab());
        }

        /** Counts the bytes it takes; returns how many more they are than before. */
        long recount() {
            int[] sorted = order;
            long before = counted;
            counted = OWN_BYTES
                    + copies.bytes()
                    + copies.slab().bytes()
                    + (sorted == null ? 0 : (long) sorted.length * Integer.BYTES);
            return counted - before;
        }

        /** Adds a timer; one that comes while the bucket is being drained is sorted in with those not yet fired. */
        void add(long[] record) {
            int[] sorted = order;
            if (sorted != null) {
                EntryCopies rest = new EntryCopies(layout, copies.slab());
                for (int i = drained; i < sorted.length; i++) {
                    rest.add(copies.block(sorted[i]), copies.offset(sorted[i]));
                }
                copies = rest;
                order = null;
                drained = 0;
            }
            copies.add(record, 0);
        }

        /** Moves timers out until {@code max} fired; whether none is left. */
        boolean drain(FiredRows fired, int max) {
            int[] sorted = order == null ? EntryOrder.of(copies) : order;
            order = sorted;
            while (drained < sorted.length && fired.keys.size() < max) {
                int index = sorted[drained++];
                long[] block = copies.block(index);
                int at = copies.offset(index);
                int row = fired.keys.size();
                fired.times[row] = time;
                fired.namespaces[row] = layout.schema.namespaced() ? block[at + layout.extraAt + 1] : 0;
                ByteBuffer encoded = layout.inlineKey
                        ? key.clear().putLong(block[at] ^ Long.MIN_VALUE).flip()
                        : copies.slab().view(block[at + 1]);
                fired.keys.append(encoded, layout.hash(block, at));
            }
            return drained == sorted.length;
        }
    }

    /** The rows of one poll. */
    private static final class FiredRows implements Fired {

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
