package io.strandline.state.table;

import java.util.concurrent.Executor;
import java.util.function.LongPredicate;

/**
 * Makes room in a table: by growing it, by letting go of delete markers that runs hold, and in a bounded table by evicting
 * entries that runs hold. All of it happens while entries move to a fresh array, a slice a batch; arrays are made in the
 * background. What no run holds stays, so that a bounded table says when it has to be spilled.
 */
final class TableRoom {

    private static final long LEAST_SLOTS = 1 << 6;
    private static final int SLOTS_A_ROW = 8;
    private static final int SAMPLE = 1 << 12;
    private static final int SLICE_SLOTS = 1 << 13;

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private final TableDepth depth;
    private final Compaction compaction;
    private final FreshSlots fresh;
    private long unsaved;
    private long outgrownBytes;
    private int movingFrom;
    private long expectedEntries;
    private int leastCapacity;
    private boolean crowded;
    private boolean complete;
    private boolean warming;
    private volatile long writtenEpoch;
    private volatile long storedEpoch;

    /**
     * Room for an empty table.
     *
     * @param complete whether there is nothing in the runs yet
     * @param background where large arrays are made
     */
    TableRoom(EntryLayout layout, TableEpochs epochs, TableDepth depth, boolean complete, Executor background) {
        this.layout = layout;
        this.slots = epochs.slots();
        this.epochs = epochs;
        this.depth = depth;
        this.compaction = new Compaction(layout, epochs);
        this.fresh = new FreshSlots(layout, background);
        this.complete = complete;
    }

    /** Whether the table holds all there is, so that no run need be asked. */
    boolean isComplete() {
        return complete;
    }

    /** Whether there would be room for so many entries that runs hold, in a table that has had to let some go. */
    boolean mayWarmUp(long stored) {
        return !complete && !warming && 4 * stored <= mostEntries();
    }

    /**
     * All that runs hold, about so many entries, is about to be put into the table if it has room for them: until then it forgets
     * nothing it knows better.
     */
    void beginWarmUp(long expected) {
        warming = 2 * expected <= mostEntries();
        expectedEntries = warming ? expected : 0;
    }

    /**
     * Whether slots for all that is expected are there, besides what the table has. Entries come in the order of their slots: in a
     * table that grew along with them all would crowd in the first.
     */
    boolean isSpacious() {
        if (expectedEntries > 0 && !slots.isMoving() && epochs.isSettled()) {
            int capacity = SlotTable.capacityFor(Math.min(expectedEntries + slots.used(), mostEntries()));
            if (capacity <= slots.capacity() || !fresh.isMaking() && moveTo(capacity, false, meta -> true)) {
                expectedEntries = 0;
                leastCapacity = capacity;
            }
        }
        return expectedEntries == 0;
    }

    /** Whether the table still takes in what runs hold, and has room for so many entries of them. */
    boolean warmsUp(int entries) {
        if (warming && slots.used() + entries > mostEntries() / 2) {
            stopWarming();
        }
        return warming;
    }

    /** All that runs hold is in the table. */
    void endWarmUp() {
        complete |= warming;
        stopWarming();
    }

    private void stopWarming() {
        warming = false;
        leastCapacity = 0;
    }

    /** A run holds every entry last changed in {@code frozen} or before; called by any thread. */
    synchronized void written(long frozen) {
        writtenEpoch = Math.max(writtenEpoch, frozen);
    }

    /** Reads see every entry last changed in {@code frozen} or before in a run now; called by any thread. */
    synchronized void stored(long frozen) {
        storedEpoch = Math.max(storedEpoch, frozen);
    }

    /** So many entries are about to be frozen: none moves any more, and they cannot go until they are stored. */
    void freeze(int changed) {
        moveAll();
        forgetSaved();
        unsaved += changed;
    }

    /** What was frozen could not be written: it counts as changed again. */
    void giveBack() {
        unsaved = 0;
        epochs.giveBack(writtenEpoch);
    }

    /** Does a slice of moving, copying or giving back; whether there is more. */
    boolean sweep() {
        if (slots.isMoving()) {
            move(SLICE_SLOTS);
            return true;
        }
        return epochs.sweep();
    }

    /** Whether what no run holds takes half of the room. */
    boolean isMostlyUnsaved() {
        return depth.isBounded() && 2 * unsaved() > mostEntries();
    }

    /** Whether what no run holds takes so much of the room that nothing should be added to it. */
    boolean isFull() {
        return depth.isBounded() && 4 * unsaved() > 3 * mostEntries();
    }

    /** Makes sure that so many entries can be added without anything moving. */
    void reserve(int rows) {
        compaction.step();
        if (slots.isMoving()) {
            move(SLOTS_A_ROW * rows);
        } else {
            boolean halfFull = slots.used() + rows > slots.capacity() / 2;
            crowded |= halfFull || hasOutgrown();
            if (crowded && epochs.isSettled() && !fresh.isMaking()) {
                beginMoving(rows, false);
            }
        }
        if (!slots.fits(rows)) {
            makeNow(rows);
        }
    }

    /** Whether what entries name has come to take more than there is room for; not asked again before it has grown further. */
    private boolean hasOutgrown() {
        if (!depth.isBounded()) {
            return false;
        }
        if (slots.bytes() <= depth.mostBytes()) {
            outgrownBytes = 0;
            return false;
        }
        if (slots.bytes() <= outgrownBytes) {
            return false;
        }
        outgrownBytes = slots.bytes() + slots.bytes() / 4;
        return true;
    }

    /** Begins to move at once: for a batch that does not fit any more. */
    private void makeNow(int rows) {
        moveAll();
        while (epochs.sweep()) {
            // what is frozen has to be out before entries move
        }
        if (!slots.fits(rows)) {
            beginMoving(rows, true);
        }
    }

    /** Begins to move, unless {@code now} is false and the array is still being made. */
    private void beginMoving(int rows, boolean now) {
        long most = mostEntries();
        Eviction eviction = sample();
        long entries = eviction.wanted() + rows;
        if (entries > most && warming) {
            stopWarming();
            eviction = sample();
            entries = eviction.wanted() + rows;
        }
        if (entries > most) {
            eviction.limit(most - most / 4 - rows - eviction.pinned());
            entries = Math.max(most - most / 4, eviction.pinned() + rows);
        }
        int capacity = SlotTable.capacityFor(Math.max(entries, eviction.doubtful()));
        if (moveTo(Math.max(capacity, leastCapacity), now, eviction)) {
            complete &= !eviction.takesLive();
        }
    }

    private boolean moveTo(int capacity, boolean now, LongPredicate keeps) {
        long[] array = fresh.take(capacity, now);
        if (array == null) {
            return false;
        }
        crowded = false;
        movingFrom = slots.used();
        epochs.beginMoving();
        slots.beginMove(array, capacity, keeps);
        return true;
    }

    private void move(int oldSlots) {
        if (!slots.move(oldSlots)) {
            compaction.moved(movingFrom, slots.used());
        }
    }

    private void moveAll() {
        while (slots.isMoving()) {
            move(SLICE_SLOTS);
        }
    }

    /** Estimates what is in the table by every so manieth slot. */
    private Eviction sample() {
        boolean evicts = depth.isBounded();
        long forgettable = warming ? -1 : complete && !evicts ? writtenEpoch : storedEpoch;
        Eviction eviction = new Eviction(epochs.current(), forgettable, evicts);
        long[] words = slots.words();
        int stride = Math.max(1, slots.capacity() / SAMPLE);
        for (int slot = 0; slot < slots.capacity(); slot += stride) {
            long meta = words[slots.offset(slot) + layout.metaAt];
            if (meta != 0) {
                eviction.count(meta);
            }
        }
        eviction.scale(slots.used());
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
        if (!depth.isBounded()) {
            return Long.MAX_VALUE / 4;
        }
        long named = slots.slab().keptBytes() / Math.max(1, slots.used());
        long fitting = depth.mostBytes() / ((long) layout.stride * Long.BYTES + named);
        return Math.max(LEAST_SLOTS, Long.highestOneBit(fitting)) / 2;
    }
}
