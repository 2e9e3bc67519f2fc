package io.strandline.state.table;

import org.jspecify.annotations.Nullable;

/**
 * The epochs of a table: which entries changed in this one, and which of the one before are frozen and not yet copied. An
 * entry's meta word says in which epoch it last changed.
 */
final class TableEpochs {

    private static final int LIST_SLICE = 2048;
    private static final int SLOT_SLICE = 8192;

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableMeters meters;
    private final DirtySet dirty = new DirtySet();
    private long epoch = 1;
    private long lastFrozen;
    private @Nullable EntryCopies copies;
    private boolean sweepsWhole;
    private int returnCursor = -1;
    private long writtenEpoch;

    TableEpochs(EntryLayout layout, TableMeters meters) {
        this.layout = layout;
        this.slots = new SlotTable(layout, this::moved);
        this.meters = meters;
    }

    SlotTable slots() {
        return slots;
    }

    long current() {
        return epoch;
    }

    long lastFrozen() {
        return lastFrozen;
    }

    /** Entries changed in this epoch. */
    int changed() {
        return dirty.count();
    }

    /** Stamps an entry as changed now and live or deleted. */
    void change(int at, long state) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        words[at + layout.metaAt] = epoch << Meta.EPOCH_SHIFT | meta & Meta.STORED | Meta.USED | state;
        if (meta >>> Meta.EPOCH_SHIFT != epoch) {
            dirty.add(slots.slot(at), slots.capacity());
        }
    }

    /** Ends the epoch. */
    TableUpkeep.Freeze freeze(boolean whole) {
        int changed = dirty.count();
        EntryCopies filling = new EntryCopies(layout, slots.slab());
        copies = filling;
        sweepsWhole = whole;
        dirty.freeze(whole);
        lastFrozen = epoch++;
        return new TableUpkeep.Freeze(filling, lastFrozen, whole, changed);
    }

    /** Counts what was last changed in an epoch before this one and after {@code written} as changed now, in slices. */
    void giveBack(long written) {
        writtenEpoch = written;
        returnCursor = 0;
    }

    /** Whether some of what is frozen is not copied yet. */
    boolean isSweeping() {
        return copies != null;
    }

    /** Whether nothing is being copied or given back, so that entries may move. */
    boolean isSettled() {
        return copies == null && returnCursor < 0;
    }

    /** Copies a slice of what is frozen, or gives back a slice of what was; whether there is more. */
    boolean sweep() {
        EntryCopies filling = copies;
        if (filling == null) {
            return returnCursor >= 0 && returnSlice();
        }
        boolean more = dirty.sweepsTable() ? sweepSlots(filling) : sweepList(filling);
        if (!more) {
            filling.seal();
            copies = null;
            meters.copied(filling.bytes());
        }
        return more;
    }

    /** Copies an entry that is about to change, if it is frozen and not yet copied. */
    void save(int at) {
        EntryCopies filling = copies;
        if (filling == null) {
            return;
        }
        long meta = slots.words()[at + layout.metaAt];
        long changed = meta >>> Meta.EPOCH_SHIFT;
        boolean frozen = dirty.sweepsTable()
                ? slots.slot(at) >= dirty.cursor() && changed < epoch && (sweepsWhole || changed == lastFrozen)
                : changed == lastFrozen && (meta & Meta.COPIED) == 0;
        if (frozen) {
            copy(filling, at);
        }
    }

    /** Entries are about to move: the sweep is over, and {@link #moved} says where they went. */
    void beginMoving() {
        dirty.clearList();
    }

    /** An entry has moved. */
    void moved(int slot, int at) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        words[at + layout.metaAt] = meta & ~Meta.USED;
        if (meta >>> Meta.EPOCH_SHIFT == epoch) {
            dirty.list(slot, slots.capacity());
        }
    }

    /** Copies an entry out, unless it is a marker that no run needs. */
    private void copy(EntryCopies filling, int at) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        boolean needed = (meta & Meta.LIVE) != 0 || (meta & Meta.STORED) != 0 && !sweepsWhole;
        if (needed) {
            filling.add(words, at);
            words[at + layout.metaAt] = meta | Meta.STORED | Meta.COPIED;
        }
    }

    private boolean returnSlice() {
        int to = Math.min(slots.capacity(), returnCursor + SLOT_SLICE);
        long[] words = slots.words();
        for (int slot = returnCursor; slot < to; slot++) {
            int metaAt = slots.offset(slot) + layout.metaAt;
            long changed = words[metaAt] >>> Meta.EPOCH_SHIFT;
            if (changed > writtenEpoch && changed < epoch) {
                words[metaAt] = epoch << Meta.EPOCH_SHIFT | words[metaAt] & Meta.STATE;
                dirty.add(slot, slots.capacity());
            }
        }
        returnCursor = to < slots.capacity() ? to : -1;
        return returnCursor >= 0;
    }

    private boolean sweepSlots(EntryCopies filling) {
        int from = dirty.advance(SLOT_SLICE, slots.capacity());
        int to = dirty.cursor();
        long[] words = slots.words();
        for (int slot = from; slot < to; slot++) {
            int at = slots.offset(slot);
            long meta = words[at + layout.metaAt];
            long changed = meta >>> Meta.EPOCH_SHIFT;
            if (meta != 0 && (changed == lastFrozen || sweepsWhole && changed < epoch)) {
                copy(filling, at);
            }
        }
        return to < slots.capacity();
    }

    private boolean sweepList(EntryCopies filling) {
        int from = dirty.advance(LIST_SLICE, dirty.frozenListed());
        int to = dirty.cursor();
        long[] words = slots.words();
        for (int i = from; i < to; i++) {
            int at = slots.offset(dirty.frozenSlot(i));
            long meta = words[at + layout.metaAt];
            if (meta >>> Meta.EPOCH_SHIFT == lastFrozen && (meta & Meta.COPIED) == 0) {
                copy(filling, at);
            }
        }
        return to < dirty.frozenListed();
    }
}
