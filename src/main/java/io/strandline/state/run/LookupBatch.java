package io.strandline.state.run;

import io.strandline.state.KeyBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keys of one batch that a table did not hold, and what the runs said of them. Reused, not thread-safe. */
public final class LookupBatch {

    private final int width;
    private final KeyBuffer keys = new KeyBuffer();
    private int[] ends = new int[64];
    private int[] rows = new int[64];
    private boolean[] found = new boolean[64];
    private boolean[] settled = new boolean[64];
    private long[] words;
    private int size;

    /** For values of {@code width} words. */
    public LookupBatch(int width) {
        this.width = width;
        this.words = new long[64 * width];
    }

    /** Forgets all keys. */
    public void clear() {
        keys.clear();
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
            found = Arrays.copyOf(found, 2 * size);
            settled = Arrays.copyOf(settled, 2 * size);
            words = Arrays.copyOf(words, 2 * size * width);
        }
        ends[size] = keys.length();
        rows[size] = row;
        found[size] = false;
        settled[size++] = false;
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

    /** Notes the value of key {@code index}. */
    public void found(int index, ByteBuffer value) {
        value.slice().asLongBuffer().get(words, index * width, width);
        found[index] = true;
        settled[index] = true;
    }

    /** Notes that key {@code index} was deleted. */
    public void deleted(int index) {
        settled[index] = true;
    }

    /** Whether key {@code index} was found or deleted, so that older runs need not be asked. */
    public boolean isSettled(int index) {
        return settled[index];
    }

    /** Whether key {@code index} has a value. */
    public boolean isFound(int index) {
        return found[index];
    }

    /** Copies the value of key {@code index}. */
    public void copyValue(int index, long[] target, int at) {
        System.arraycopy(words, index * width, target, at, width);
    }
}
