package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import java.util.function.LongPredicate;

/**
 * The slots that a table is moving out of, a slice at a time. What has been moved, or let go, is marked, so that probing goes on
 * behind it.
 */
final class OldSlots {

    private final EntryLayout layout;
    private final long[] words;
    private final int capacity;
    private final SlotPlace place;
    private final LongPredicate keeps;
    private int cursor;

    /** {@code keeps} is asked once for each entry's meta word, unless the entry is asked for first. */
    OldSlots(EntryLayout layout, long[] words, int capacity, SlotPlace place, LongPredicate keeps) {
        this.layout = layout;
        this.words = words;
        this.capacity = capacity;
        this.place = place;
        this.keeps = keeps;
    }

    long[] words() {
        return words;
    }

    /** Whether every slot has been visited. */
    boolean isOver() {
        return cursor == capacity;
    }

    /** The next slot's offset. */
    int next() {
        return SlotTable.LEAD + cursor++ * layout.stride;
    }

    /** Whether an entry is at an offset that has not gone yet. */
    boolean holds(int at) {
        long meta = words[at + layout.metaAt];
        return meta != 0 && meta != Meta.MOVED;
    }

    /** Whether the entry at an offset has to stay. */
    boolean keeps(int at) {
        return keeps.test(words[at + layout.metaAt]);
    }

    /** Nothing is at an offset any more. */
    void leave(int at) {
        words[at + layout.metaAt] = Meta.MOVED;
    }

    /** The offset of the entry that is still here under a key of one word, -1 if there is none. */
    int find(long key, long first, long second) {
        int slot = place.slot(EntryLayout.hashOf(key), first, second);
        for (int at = at(slot); words[at + layout.metaAt] != 0; at = at(slot)) {
            if (words[at] == key && layout.extrasEqual(words, at, first, second) && holds(at)) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
        return -1;
    }

    /** The same for an encoded key with its hash. */
    int find(long hash, ByteSlab slab, KeyBuffer key, long first, long second) {
        int slot = place.slot(hash, first, second);
        for (int at = at(slot); words[at + layout.metaAt] != 0; at = at(slot)) {
            if (words[at] == hash
                    && layout.extrasEqual(words, at, first, second)
                    && holds(at)
                    && slab.equals(words[at + 1], key)) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
        return -1;
    }

    private int at(int slot) {
        return SlotTable.LEAD + slot * layout.stride;
    }
}
