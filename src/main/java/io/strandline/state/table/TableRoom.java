package io.strandline.state.table;

/**
 * Makes room in a table: by growing it, by letting go of delete markers that runs hold, and in a bounded table by evicting
 * entries that runs hold and spilling those that they do not.
 */
final class TableRoom {

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private final TableDepth depth;
    private final Compaction compaction;
    private long unsaved;
    private boolean complete;
    private volatile long storedEpoch;

    /**
     * Room for an empty table.
     *
     * @param complete whether there is nothing in the runs yet
     */
    TableRoom(EntryLayout layout, SlotTable slots, TableEpochs epochs, TableDepth depth, boolean complete) {
        this.layout = layout;
        this.slots = slots;
        this.epochs = epochs;
        this.depth = depth;
        this.compaction = new Compaction(layout, slots, epochs);
        this.complete = complete;
    }

    /** Whether the table holds all there is, so that no run need be asked. */
    boolean isComplete() {
        return complete;
    }

    void setComplete() {
        complete = true;
    }

    /** Reads see every entry last changed in {@code frozen} or before in a run now; called by any thread. */
    synchronized void stored(long frozen) {
        storedEpoch = Math.max(storedEpoch, frozen);
    }

    /** So many entries are frozen: they cannot go until they are stored. */
    void frozen(int changed) {
        forgetSaved();
        unsaved += changed;
    }

    /** Makes sure that so many entries can be added without anything moving. */
    void reserve(int rows) {
        compaction.step();
        if (!slots.fits(rows)) {
            make(rows);
        } else if (isMostlyUnsaved()) {
            forgetSaved();
            if (isMostlyUnsaved()) {
                depth.spill(false);
            }
        }
    }

    private void make(int rows) {
        while (epochs.sweep()) {
            // what is frozen has to be out before entries move
        }
        long most = mostEntries();
        Eviction eviction = count();
        if (eviction.pinned() + rows > most - most / 4) {
            depth.spill(true);
            eviction = count();
        }
        long entries = eviction.wanted() + rows;
        if (entries > most) {
            eviction.limit(most - most / 4 - rows - eviction.pinned());
            entries = Math.max(most, eviction.pinned() + rows);
        }
        epochs.beginMoving();
        slots.rebuild(SlotTable.capacityFor(entries), eviction, epochs::moved);
        compaction.moved();
        complete &= !eviction.evicted();
    }

    private Eviction count() {
        boolean evicts = depth != TableDepth.WHOLE;
        long epoch = epochs.current();
        Eviction eviction = new Eviction(epoch, complete && !evicts ? epoch - 1 : storedEpoch, evicts);
        long[] words = slots.words();
        for (int slot = 0; slot < slots.capacity(); slot++) {
            long meta = words[slots.offset(slot) + layout.metaAt];
            if (meta != 0) {
                eviction.count(meta);
            }
        }
        return eviction;
    }

    private boolean isMostlyUnsaved() {
        return 2 * (unsaved + epochs.changed()) > mostEntries();
    }

    private void forgetSaved() {
        if (storedEpoch >= epochs.lastFrozen()) {
            unsaved = 0;
        }
    }

    private long mostEntries() {
        return depth.mostSlots(layout) / 2;
    }
}
