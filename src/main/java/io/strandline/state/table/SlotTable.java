package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Open addressing over one {@code long[]}: slots of {@link EntryLayout#stride} words, linear probing. Without extra words slots
 * lie in the order of the hash and so of the key group; with them the hash is mixed with the extra words.
 *
 * <p>Entries move to another array a slice at a time; one that is asked for meanwhile moves at once, so that every offset given out
 * is one of {@link #words}. The idea is Redis' incremental rehashing.
 */
final class SlotTable {

    /** Words before the first slot: with the array's header they fill a cache line where the array begins at one. */
    static final int LEAD = 6;

    private static final int LEAST_CAPACITY = 1 << 8;
    private static final int MOST_CAPACITY = 1 << 30;

    private final EntryLayout layout;
    private final Moved moved;
    private final ByteSlab slab = new ByteSlab();
    private long[] words;
    private int capacity;
    private SlotPlace place;
    private int used;
    private @Nullable OldSlots old;

    /** An empty table; {@code moved} is told the new slot of each entry that moves. */
    SlotTable(EntryLayout layout, Moved moved) {
        this.layout = layout;
        this.moved = moved;
        this.words = allocate(layout, LEAST_CAPACITY);
        this.capacity = LEAST_CAPACITY;
        this.place = new SlotPlace(layout, LEAST_CAPACITY);
    }

    /** The smallest capacity at which {@code entries} fill at most half of the slots. */
    static int capacityFor(long entries) {
        long least = Long.highestOneBit(Math.max(LEAST_CAPACITY, 2 * entries) * 2 - 1);
        if (least > MOST_CAPACITY) {
            throw new IllegalStateException(entries + " entries are more than one table holds");
        }
        return (int) least;
    }

    /** The array for so many slots; takes a while if it is large, on any thread. */
    static long[] allocate(EntryLayout layout, int slots) {
        return new long[Math.toIntExact((long) slots * layout.stride + LEAD)];
    }

    long[] words() {
        return words;
    }

    /** Keys and contents of values. */
    ByteSlab slab() {
        return slab;
    }

    int capacity() {
        return capacity;
    }

    int used() {
        return used;
    }

    /** Whether {@code more} entries fit: at most three quarters of the slots are taken. */
    boolean fits(int more) {
        return used + more <= capacity - (capacity >> 2);
    }

    /** Bytes of the slots and of all that they name. */
    long bytes() {
        OldSlots leaving = old;
        return (long) words.length * Long.BYTES
                + (leaving == null ? 0 : (long) leaving.words().length * Long.BYTES)
                + slab.bytes();
    }

    int offset(int slot) {
        return LEAD + slot * layout.stride;
    }

    int slot(int at) {
        return (at - LEAD) / layout.stride;
    }

    /** The offset at which the search for an entry begins. */
    int home(long hash, long first, long second) {
        return LEAD + place.slot(hash, first, second) * layout.stride;
    }

    /** The offset of an entry whose key is one word, or {@code ~offset} of the free slot where it would be. */
    int find(int home, long key, long first, long second) {
        long[] table = words;
        int at = home;
        while (true) {
            if (table[at + layout.metaAt] == 0) {
                OldSlots leaving = old;
                return leaving == null ? ~at : pull(leaving, leaving.find(key, first, second), at);
            }
            if (table[at] == key && layout.extrasEqual(table, at, first, second)) {
                return at;
            }
            at = next(at);
        }
    }

    /** The same for an encoded key, which is asked for only when the hash is met. */
    int find(int home, KeyColumns keys, int row, KeyBuffer scratch, long first, long second) {
        long[] table = words;
        long hash = keys.hashes()[row];
        boolean encoded = false;
        int at = home;
        while (true) {
            if (table[at + layout.metaAt] == 0) {
                OldSlots leaving = old;
                if (leaving == null) {
                    return ~at;
                }
                encode(keys, row, scratch);
                return pull(leaving, leaving.find(hash, slab, scratch, first, second), at);
            }
            if (table[at] == hash && layout.extrasEqual(table, at, first, second)) {
                if (!encoded) {
                    encode(keys, row, scratch);
                    encoded = true;
                }
                if (slab.equals(table[at + 1], scratch)) {
                    return at;
                }
            }
            at = next(at);
        }
    }

    /** Fills a free slot with a row's key; {@code scratch} takes its encoding. */
    void take(int at, KeyColumns keys, int row, KeyBuffer scratch, long meta) {
        if (layout.inlineKey) {
            words[at] = ((long[]) keys.array(0))[row];
        } else {
            encode(keys, row, scratch);
            words[at] = keys.hashes()[row];
            words[at + 1] = slab.add(scratch, 0);
        }
        words[at + layout.metaAt] = meta;
        used++;
    }

    /**
     * Begins to move the entries to keep into a fresh array; not before the move before is over.
     *
     * @param fresh from {@link #allocate}
     * @param newCapacity its slots
     */
    void beginMove(long[] fresh, int newCapacity, LongPredicate keeps) {
        old = new OldSlots(layout, words, capacity, place, keeps);
        words = fresh;
        capacity = newCapacity;
        place = new SlotPlace(layout, newCapacity);
    }

    /** Whether entries are moving. */
    boolean isMoving() {
        return old != null;
    }

    /** Moves what lies in the next so many old slots; whether there is more. */
    boolean move(int slots) {
        OldSlots leaving = old;
        for (int i = 0; leaving != null && i < slots; i++) {
            int from = leaving.next();
            if (leaving.holds(from)) {
                if (leaving.keeps(from)) {
                    move(leaving, from, freeSlot(leaving.words(), from));
                } else {
                    leaving.leave(from);
                    used--;
                }
            }
            if (leaving.isOver()) {
                old = null;
                leaving = null;
            }
        }
        return leaving != null;
    }

    /** Moves the entry at {@code from}, if there is one, to a free slot. */
    private int pull(OldSlots leaving, int from, int free) {
        return from < 0 ? ~free : move(leaving, from, free);
    }

    private int move(OldSlots leaving, int from, int to) {
        System.arraycopy(leaving.words(), from, words, to, layout.recordWords);
        leaving.leave(from);
        moved.moved(slot(to), to);
        return to;
    }

    private int freeSlot(long[] record, int from) {
        long first = layout.extras > 0 ? record[from + layout.extraAt] : 0;
        long second = layout.extras > 1 ? record[from + layout.extraAt + 1] : 0;
        int at = home(layout.hash(record, from), first, second);
        while (words[at + layout.metaAt] != 0) {
            at = next(at);
        }
        return at;
    }

    /** The next slot's offset; behind the last comes the first. */
    private int next(int at) {
        int next = at + layout.stride;
        return next == words.length ? LEAD : next;
    }

    private void encode(KeyColumns keys, int row, KeyBuffer scratch) {
        scratch.clear();
        layout.codec.encode(keys, row, scratch);
    }

    /** Learns where entries went. */
    @FunctionalInterface
    interface Moved {

        /** An entry is in this slot now, which begins at this offset. */
        void moved(int slot, int at);
    }
}
