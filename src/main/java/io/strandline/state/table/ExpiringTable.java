package io.strandline.state.table;

import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.TimeToLive;
import io.strandline.state.ValueSlab;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table whose entries expire. A last column, which operators do not see, says when an entry was last written or used; 0 says
 * that it came from a version without that column, and is replaced by the time at which that is noticed. With every batch a
 * slice of the slots is gone through for expired entries, which are deleted as if by hand.
 */
public final class ExpiringTable implements KeyedTable {

    private static final int LEAST_SLICE_SLOTS = 256;
    private static final int SLICE_SLOTS_A_ROW = 4;

    private final HotTable table;
    private final EntryLayout layout;
    private final TimeToLive ttl;
    private final int touchedAt;
    private int cursor;

    /** Over a table of {@link TimeToLive#schema}. */
    public ExpiringTable(HotTable table, TimeToLive ttl) {
        this.table = table;
        this.layout = table.layout();
        this.ttl = ttl;
        this.touchedAt = layout.width - 1;
    }

    /** What a new entry starts with. */
    public static long[] initial(long[] declared) {
        return Arrays.copyOf(declared, declared.length + 1);
    }

    /** Whether a value as it is stored has expired. */
    public static boolean isOver(ByteBuffer stored, TimeToLive ttl) {
        long touched = stored.getLong(stored.limit() - Long.BYTES);
        return touched != 0 && ttl.isOver(touched);
    }

    @Override
    public void update(KeyColumns keys, long @Nullable [] namespaces, int[] entries) {
        table.update(keys, namespaces, entries);
        long now = ttl.now().getAsLong();
        long[] words = table.words();
        for (int row = 0; row < keys.size(); row++) {
            int at = entries[row];
            if (hasExpired(words[at + touchedAt], now)) {
                table.entries().reset(at - layout.valueAt);
            }
            words[at + touchedAt] = now;
        }
        expireSlice(keys.size(), now);
    }

    @Override
    public void find(KeyColumns keys, long @Nullable [] namespaces, int[] entries) {
        table.find(keys, namespaces, entries);
        long now = ttl.now().getAsLong();
        boolean refresh = ttl.refresh() == TimeToLive.Refresh.READS_AND_WRITES;
        long[] words = table.words();
        for (int row = 0; row < keys.size(); row++) {
            int at = entries[row];
            if (at >= 0 && hasExpired(words[at + touchedAt], now)) {
                entries[row] = -1;
            } else if (at >= 0 && refresh && words[at + touchedAt] != now) {
                table.entries().change(at - layout.valueAt);
                words[at + touchedAt] = now;
            }
        }
    }

    @Override
    public void remove(KeyColumns keys, long @Nullable [] namespaces) {
        table.remove(keys, namespaces);
    }

    @Override
    public long[] words() {
        return table.words();
    }

    @Override
    public ValueSlab values() {
        return table.values();
    }

    @Override
    public int width() {
        return touchedAt;
    }

    private boolean hasExpired(long touched, long now) {
        return touched != 0 && now - touched >= ttl.duration().toMillis();
    }

    /** A slice that grows with the batch, so that entries go as fast as others come. */
    private void expireSlice(int rows, long now) {
        SlotTable slots = table.slots();
        long[] words = slots.words();
        int from = cursor < slots.capacity() ? cursor : 0;
        int to = Math.min(slots.capacity(), from + Math.max(LEAST_SLICE_SLOTS, SLICE_SLOTS_A_ROW * rows));
        for (int slot = from; slot < to; slot++) {
            int at = slots.offset(slot);
            if ((words[at + layout.metaAt] & Meta.LIVE) != 0) {
                expire(at, words, now);
            }
        }
        cursor = to;
    }

    private void expire(int at, long[] words, long now) {
        long touched = words[at + layout.valueAt + touchedAt];
        if (touched == 0) {
            table.entries().change(at);
            words[at + layout.valueAt + touchedAt] = now;
        } else if (hasExpired(touched, now)) {
            table.entries().delete(at);
        }
    }
}
