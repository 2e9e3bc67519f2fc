package io.strandline.state.table;

/**
 * Makes room in a table: by growing it, by letting go of delete markers that runs hold, and in a bounded table by evicting
 * entries that runs hold. What no run holds stays, so that a bounded table says when it has to be spilled.
 */
final class TableRoom {

    private static final long LEAST_SLOTS = 1 << 10;

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private final TableDepth depth;
    private final Compaction compaction;
    private long unsaved;
    private long outgrownBytes;
    private boolean complete;
    private long expectedEntries;
    private boolean warming;
    private long loaded;
    private double loadedShare = 1;
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

    /**
     * All that runs hold, about so many entries, is about to be put into the table if it has room for them: until then it forgets
     * nothing it knows better.
     */
    void beginWarmUp(long expected) {
        warming = 2 * expected <= mostEntries();
        expectedEntries = expected;
    }

    /** Whether the table still takes in what runs hold, and has room for so many entries of them. */
    boolean warmsUp(int entries) {
        if (warming && 2L * (slots.used() + entries) > mostEntries()) {
            warming = false;
        }
        if (warming && expectedEntries > 0) {
            // they come in the order of their slots: in a table that grows along with them all would want the first
            reserve(Math.toIntExact(expectedEntries));
            expectedEntries = 0;
        }
        return warming;
    }

    /**
     * So many entries of runs are next. They come in the order of their key groups and lie in that order, too: unless there is
     * room for the later ones from the beginning, those that come first crowd in the first slots.
     *
     * @param share of the key groups that has come with them
     */
    void load(int entries, double share) {
        loaded += entries;
        loadedShare = share;
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
        if (!slots.fits(rows + yetToLoad()) || hasOutgrown()) {
            make(rows);
        }
    }

    private long yetToLoad() {
        if (!warming) {
            return 0;
        }
        long all = Math.min((long) (loaded / loadedShare), mostEntries() - slots.used());
        return Math.max(0, all - loaded);
    }

    /** Whether what entries name has come to take more than there is room for; not asked again before it has grown further. */
    private boolean hasOutgrown() {
        if (depth == TableDepth.WHOLE || slots.bytes() <= Math.max(outgrownBytes, depth.mostBytes())) {
            return false;
        }
        outgrownBytes = slots.bytes() + slots.bytes() / 4;
        return true;
    }

    private void make(int rows) {
        while (epochs.sweep()) {
            // what is frozen has to be out before entries move
        }
        long most = mostEntries();
        int before = slots.used();
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
        long expected = Math.max(entries, Math.min(most, entries + yetToLoad()));
        slots.rebuild(SlotTable.capacityFor(expected), eviction, epochs::moved);
        compaction.moved(before, slots.used());
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

    /** Half of the slots that there is room for, with what an entry names on average. */
    private long mostEntries() {
        if (depth == TableDepth.WHOLE) {
            return Long.MAX_VALUE / 4;
        }
        long named = slots.slab().keptBytes() / Math.max(1, slots.used());
        long fitting = depth.mostBytes() / ((long) layout.stride * Long.BYTES + named);
        return Math.max(LEAST_SLOTS, Long.highestOneBit(fitting)) / 2;
    }
}
