package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import java.util.function.LongPredicate;

/**
 * Open addressing over one {@code long[]}: slots of {@link EntryLayout#stride} words, linear probing. Without extra words slots
 * lie in the order of the hash and so of the key group; with them the hash is mixed with the extra words.
 */
final class SlotTable {

    /** Words before the first slot: with the array's header they fill a cache line where the array begins at one. */
    static final int LEAD = 6;

    private static final int LEAST_CAPACITY = 1 << 8;
    private static final int MOST_CAPACITY = 1 << 30;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final EntryLayout layout;
    private final long firstHash;
    private final long hashSpan;
    private long[] words;
    private final ByteSlab slab = new ByteSlab();
    private int capacity;
    private long slotsPerHash;
    private int used;

    SlotTable(EntryLayout layout) {
        this.layout = layout;
        if (layout.extras == 0) {
            firstHash = firstHashOf(layout.keyGroups.first());
            hashSpan = firstHashOf(layout.keyGroups.last() + 1) - firstHash;
        } else {
            firstHash = 0;
            hashSpan = 1L << 32;
        }
        this.words = allocate(LEAST_CAPACITY);
    }

    /** The smallest capacity at which {@code entries} fill at most half of the slots. */
    static int capacityFor(long entries) {
        long least = Long.highestOneBit(Math.max(LEAST_CAPACITY, 2 * entries) * 2 - 1);
        if (least > MOST_CAPACITY) {
            throw new IllegalStateException(entries + " entries are more than one table holds");
        }
        return (int) least;
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

    /** Whether {@code more} entries fit without making room: at most five eighths of the slots are taken. */
    boolean fits(long more) {
        return used + more <= capacity - (capacity >> 2) - (capacity >> 3);
    }

    /** Bytes of the slots and of all that they name. */
    long bytes() {
        return (long) words.length * Long.BYTES + slab.bytes();
    }

    int offset(int slot) {
        return LEAD + slot * layout.stride;
    }

    int slot(int at) {
        return (at - LEAD) / layout.stride;
    }

    /**
     * The share of the slots where entries lie whose key groups are up to that of {@code hash}; 1 where entries do not lie in the
     * order of their key groups.
     */
    double share(long hash) {
        if (layout.extras > 0) {
            return 1;
        }
        int first = layout.keyGroups.first();
        int come = KeyColumns.keyGroup(hash, layout.maxParallelism) - first + 1;
        return (double) come / (layout.keyGroups.last() - first + 1);
    }

    /** The slot at which the search for an entry begins. */
    int home(long hash, long first, long second) {
        long place = hash;
        if (layout.extras > 0) {
            place = (place + first * MIX ^ Long.rotateLeft(second * MIX, 31)) * MIX;
            place = (place ^ place >>> 32) * MIX;
        }
        return (int) (((place >>> 32) - firstHash) * slotsPerHash >>> 32);
    }

    /** The offset of an entry whose key is one word, or {@code ~offset} of the free slot where it would be. */
    int find(int home, long key, long first, long second) {
        long[] table = words;
        int slot = home;
        while (true) {
            int at = LEAD + slot * layout.stride;
            if (table[at + layout.metaAt] == 0) {
                return ~at;
            }
            if (table[at] == key && extrasEqual(table, at, first, second)) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }

    /** The same for an encoded key, which is asked for only when the hash is met. */
    int find(int home, KeyColumns keys, int row, KeyBuffer scratch, long first, long second) {
        long[] table = words;
        long hash = keys.hashes()[row];
        boolean encoded = false;
        int slot = home;
        while (true) {
            int at = LEAD + slot * layout.stride;
            if (table[at + layout.metaAt] == 0) {
                return ~at;
            }
            if (table[at] == hash && extrasEqual(table, at, first, second)) {
                if (!encoded) {
                    scratch.clear();
                    layout.codec.encode(keys, row, scratch);
                    encoded = true;
                }
                if (slab.equals(table[at + 1], scratch)) {
                    return at;
                }
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }

    /** Fills a free slot with a row's key; {@code scratch} takes its encoding. */
    void take(int at, KeyColumns keys, int row, KeyBuffer scratch, long meta) {
        if (layout.inlineKey) {
            words[at] = ((long[]) keys.array(0))[row];
        } else {
            scratch.clear();
            layout.codec.encode(keys, row, scratch);
            words[at] = keys.hashes()[row];
            words[at + 1] = slab.add(scratch, 0);
        }
        words[at + layout.metaAt] = meta;
        used++;
    }

    /**
     * Moves the entries to keep into a table of another capacity.
     *
     * @param keeps asked once for each entry's meta word
     * @param moved told the new slot of each entry kept
     */
    void rebuild(int newCapacity, LongPredicate keeps, Moved moved) {
        long[] old = words;
        int oldCapacity = capacity;
        words = allocate(newCapacity);
        used = 0;
        for (int slot = 0; slot < oldCapacity; slot++) {
            int from = offset(slot);
            long meta = old[from + layout.metaAt];
            if (meta != 0 && keeps.test(meta)) {
                int at = freeSlot(old, from);
                System.arraycopy(old, from, words, at, layout.recordWords);
                used++;
                moved.moved(slot(at), meta);
            }
        }
    }

    private int freeSlot(long[] record, int from) {
        long first = layout.extras > 0 ? record[from + layout.extraAt] : 0;
        long second = layout.extras > 1 ? record[from + layout.extraAt + 1] : 0;
        int slot = home(layout.hash(record, from), first, second);
        while (words[offset(slot) + layout.metaAt] != 0) {
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
        return offset(slot);
    }

    private boolean extrasEqual(long[] table, int at, long first, long second) {
        return layout.extras == 0
                || table[at + layout.extraAt] == first
                        && (layout.extras == 1 || table[at + layout.extraAt + 1] == second);
    }

    private long[] allocate(int slots) {
        capacity = slots;
        slotsPerHash = ((long) slots << 32) / hashSpan;
        return new long[Math.toIntExact((long) slots * layout.stride + LEAD)];
    }

    private long firstHashOf(int keyGroup) {
        return (((long) keyGroup << 32) + layout.maxParallelism - 1) / layout.maxParallelism;
    }

    /** Learns where entries went. */
    @FunctionalInterface
    interface Moved {

        /** The entry with this meta word is in this slot now. */
        void moved(int slot, long meta);
    }
}
