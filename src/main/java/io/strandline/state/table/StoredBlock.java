package io.strandline.state.table;

import io.strandline.state.KeyBatch;
import io.strandline.state.KeyBuffer;
import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A block of live entries as runs hold them, with decoded keys: filled by another thread, then taken over by a table's owner.
 * Values are still as they are stored.
 */
public final class StoredBlock {

    private static final int ENTRIES = 1024;
    private static final int VALUE_BYTES = 1 << 20;
    private static final int KEY_GROUP_BYTES = 2;

    private final EntryLayout layout;
    private final KeyBatch keys;
    private final long[] times = new long[ENTRIES];
    private final long[] namespaces = new long[ENTRIES];
    private final int[] valueEnds = new int[ENTRIES];
    private final KeyBuffer values = new KeyBuffer();

    /** An empty block. */
    public StoredBlock(EntryLayout layout) {
        this.layout = layout;
        this.keys = new KeyBatch(layout.schema.key());
        keys.clear(ENTRIES);
    }

    /** Fills it anew; whether the cursor may have more. */
    public boolean fill(RunReader.Cursor entries) throws IOException {
        keys.clear(ENTRIES);
        values.clear();
        while (keys.size() < ENTRIES && values.length() < VALUE_BYTES) {
            if (!entries.next()) {
                return false;
            }
            ByteBuffer value = entries.value();
            if (value != null) {
                add(entries.key(), value);
            }
        }
        return true;
    }

    KeyBatch keys() {
        return keys;
    }

    /** Times of timers, one an entry. */
    long[] times() {
        return times;
    }

    long[] namespaces() {
        return namespaces;
    }

    /** A value as it is stored, in an array. */
    ByteBuffer value(int row) {
        int from = row == 0 ? 0 : valueEnds[row - 1];
        return ByteBuffer.wrap(values.bytes(), from, valueEnds[row] - from);
    }

    private void add(ByteBuffer entry, ByteBuffer value) {
        int row = keys.size();
        ByteBuffer stored = entry.duplicate();
        stored.position(stored.position() + KEY_GROUP_BYTES);
        times[row] = layout.timers ? stored.getLong() ^ Long.MIN_VALUE : 0;
        int namespaceBytes = layout.schema.namespaced() ? Long.BYTES : 0;
        ByteBuffer key = stored.slice(stored.position(), stored.remaining() - namespaceBytes);
        namespaces[row] = namespaceBytes == 0 ? 0 : stored.getLong(stored.limit() - Long.BYTES) ^ Long.MIN_VALUE;
        keys.append(key, Murmur3.hash(key));
        values.put(value.duplicate());
        valueEnds[row] = values.length();
    }
}
