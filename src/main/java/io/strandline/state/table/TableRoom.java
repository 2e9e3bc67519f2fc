package io.strandline.state.table;

/**
 * Makes room in a table: by growing it, by letting go of delete markers that runs hold, and in a bounded table by evicting
 * entries that runs hold. What no run holds stays, so that a bounded table says when it has to be spilled.
 */
final class TableRoom {

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private final TableDepth depth;
    private final Compaction compaction;
    private long unsaved;
    private boolean complete;
    private boolean warming;
    private volatile long writtenEpoch;
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

    /** All that runs hold is about to be put into the table: until then it forgets nothing it knows better. */
    void beginWarmUp() {
        warming = true;
    }

    /** Whether the table still takes in what runs hold, and has room for so many entries of them. */
    boolean warmsUp(int entries) {
        if (warming && 2L * (slots.used() + entries) > mostEntries()) {
            warming = false;
        }
        return warming;
    }

    /** All that runs hold is in the table. */
    void endWarmUp() {
        complete |= warming;
        warming = false;
    }

    /** A run holds every entry last changed in {@code frozen} or before; called by any thread. */
    synchronized void written(long frozen) {
        writtenEpoch = Math.max(writtenEpoch, frozen);
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

    /** What was frozen could not be written: it counts as changed again. */
    void giveBack() {
        unsaved = 0;
        epochs.giveBack(writtenEpoch);
    }

    /** Whether what no run holds takes half of the room. */
    boolean isMostlyUnsaved() {
        return depth != TableDepth.WHOLE && 2 * unsaved() > mostEntries();
    }

    /** Whether what no run holds takes so much of the room that nothing should be added to it. */
    boolean isFull() {
        return depth != TableDepth.WHOLE && 4 * unsaved() > 3 * mostEntries();
    }

    /** Makes sure that so many entries can be added without anything moving. */
    void reserve(int rows) {
        compaction.step();
        if (!slots.fits(rows)) {
            make(rows);
        }
    }

    private void make(int rows) {
        while (epochs.sweep()) {
            // what is frozen has to be out before entries move
        }
        long most = mostEntries();
        Eviction eviction = count();
        long entries = eviction.wanted() + rows;
        if (entries > most && warming) {
            warming = false;
            eviction = count();
            entries = eviction.wanted() + rows;
        }
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
        long forgettable = warming ? -1 : complete && !evicts ? writtenEpoch : storedEpoch;
        Eviction eviction = new Eviction(epochs.current(), forgettable, evicts);
        long[] words = slots.words();
        for (int slot = 0; slot < slots.capacity(); slot++) {
            long meta = words[slots.offset(slot) + layout.metaAt];
            if (meta != 0) {
                eviction.count(meta);
            }
        }
        return eviction;
    }

    private long unsaved() {
        forgetSaved();
        return unsaved + epochs.changed();
    }

    private void forgetSaved() {
        if (unsaved > 0 && storedEpoch >= epochs.lastFrozen()) {
            unsaved = 0;
        }
    }

    private long mostEntries() {
        return depth.mostSlots(layout) / 2;
    }
}
