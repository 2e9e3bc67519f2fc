package io.strandline.state.table;

/**
 * Moves what a table's entries name out of the old chunks of its slab, a slice of slots at a time between batches, once half of
 * the slab may be garbage: since the last time it has come to be twice as large as what was needed then.
 */
final class Compaction {

    private static final int SLICE_SLOTS = 2048;
    private static final long SLICE_BYTES = 1 << 18;
    private static final long LEAST_GARBAGE_BYTES = 1 << 18;

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private long neededBytes;
    private boolean active;
    private int cursor;

    Compaction(EntryLayout layout, TableEpochs epochs) {
        this.layout = layout;
        this.slots = epochs.slots();
        this.epochs = epochs;
    }

    /** Does a slice, if there is something to do and nothing else moves. */
    void step() {
        if (slots.isMoving()) {
            return;
        }
        ByteSlab slab = slots.slab();
        if (!active) {
            if (slab.bytes() <= 2 * neededBytes + LEAST_GARBAGE_BYTES) {
                return;
            }
            active = true;
            cursor = 0;
            slab.condemn();
        }
        rescueSlice(slab);
        if (cursor == slots.capacity() && !epochs.isSweeping()) {
            slab.drop();
            neededBytes = slab.bytes();
            active = false;
        }
    }

    /** Entries have moved to other slots, and some have gone. */
    void moved(int before, int after) {
        cursor = 0;
        neededBytes = neededBytes * after / Math.max(1, before);
    }

    private void rescueSlice(ByteSlab slab) {
        long[] words = slots.words();
        int end = Math.min(slots.capacity(), cursor + SLICE_SLOTS);
        long fullAt = slab.keptBytes() + SLICE_BYTES;
        while (cursor < end && slab.keptBytes() <= fullAt) {
            int at = slots.offset(cursor++);
            if (words[at + layout.metaAt] != 0) {
                for (int reference : layout.references) {
                    words[at + reference] = slab.rescue(words[at + reference]);
                }
            }
        }
    }
}
