package io.strandline.state.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies of entries' records, in the order they came: what one freeze caught, filled by the table's owner and then handed to
 * the flusher, or the timers of one time.
 */
public final class EntryCopies {

    private static final int BLOCK_RECORDS = 1 << 12;
    private static final int FIRST_RECORDS = 16;

    private final EntryLayout layout;
    private ByteSlab slab;
    private final List<long[]> blocks = new ArrayList<>();
    private long[] last = {};
    private long bytes;
    private int size;

    EntryCopies(EntryLayout layout, ByteSlab slab) {
        this.layout = layout;
        this.slab = slab;
    }

    /** Bytes of the copies, without what they name. */
    long bytes() {
        return bytes;
    }

    EntryLayout layout() {
        return layout;
    }

    /** Nothing more will be added: what these records name is kept as it is now, whatever becomes of the table. */
    void seal() {
        slab = slab.view();
    }

    /** What the references in these records name. */
    ByteSlab slab() {
        return slab;
    }

    /** Copies the record at {@code at}. */
    void add(long[] words, int at) {
        int to = offset(size);
        if (to == 0) {
            last = new long[(size == 0 ? FIRST_RECORDS : BLOCK_RECORDS) * layout.recordWords];
            blocks.add(last);
            bytes += (long) last.length * Long.BYTES;
        } else if (to == last.length) {
            bytes += (long) last.length * Long.BYTES;
            last = Arrays.copyOf(last, 2 * to);
            blocks.set(blocks.size() - 1, last);
        }
        for (int i = 0; i < layout.recordWords; i++) {
            last[to + i] = words[at + i];
        }
        size++;
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** The array that record {@code index} lies in, at {@link #offset}. */
    long[] block(int index) {
        return blocks.get(index / BLOCK_RECORDS);
    }

    /** Copies record {@code index} out. */
    void copyTo(int index, long[] target, int to) {
        long[] block = block(index);
        int from = offset(index);
        for (int i = 0; i < layout.recordWords; i++) {
            target[to + i] = block[from + i];
        }
    }

    int offset(int index) {
        return (index & BLOCK_RECORDS - 1) * layout.recordWords;
    }
}
