package io.strandline.state.run;

import io.strandline.state.KeyBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keys of one batch that a table did not hold, and what the runs said of them. Reused, not thread-safe. */
public final class LookupBatch {

    private static final int UNSETTLED = -2;
    private static final int DELETED = -1;

    private final KeyBuffer keys = new KeyBuffer();
    private final KeyBuffer values = new KeyBuffer();
    private int[] ends = new int[64];
    private int[] rows = new int[64];
    private int[] valueStarts = new int[64];
    private int[] valueLengths = new int[64];
    private int size;

    /** Forgets all keys. */
    public void clear() {
        keys.clear();
        values.clear();
        size = 0;
    }

    /** Where the next key is to be encoded; {@link #add} ends it. */
    public KeyBuffer nextKey() {
        return keys;
    }

    /** Ends the key that was encoded into {@link #nextKey}. */
    public void add(int row) {
        if (size == rows.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size);
            valueStarts = Arrays.copyOf(valueStarts, 2 * size);
            valueLengths = Arrays.copyOf(valueLengths, 2 * size);
        }
        ends[size] = keys.length();
        rows[size] = row;
        valueLengths[size++] = UNSETTLED;
    }

    /** Number of keys. */
    public int size() {
        return size;
    }

    /** The row key {@code index} came from. */
    public int row(int index) {
        return rows[index];
    }

    /** The stored key. */
    public ByteBuffer key(int index) {
        int from = index == 0 ? 0 : ends[index - 1];
        return ByteBuffer.wrap(keys.bytes(), from, ends[index] - from);
    }

    /** Copies the value of key {@code index} as it is stored. */
    public void found(int index, ByteBuffer value) {
        valueStarts[index] = values.length();
        valueLengths[index] = value.remaining();
        values.put(value.duplicate());
    }

    /** Notes that key {@code index} was deleted. */
    public void deleted(int index) {
        valueLengths[index] = DELETED;
    }

    /** Whether key {@code index} was found or deleted, so that older runs need not be asked. */
    public boolean isSettled(int index) {
        return valueLengths[index] != UNSETTLED;
    }

    /** Whether key {@code index} has a value. */
    public boolean isFound(int index) {
        return valueLengths[index] >= 0;
    }

    /** The value of key {@code index} as it is stored, in an array; valid until the batch is cleared. */
    public ByteBuffer value(int index) {
        return ByteBuffer.wrap(values.bytes(), valueStarts[index], valueLengths[index]);
    }
}
