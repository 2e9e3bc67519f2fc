package io.strandline.state.table;

import java.util.Arrays;

/**
 * The slots changed since the last freeze, and those of the freeze that are not copied yet. A list of slots as long as that is
 * at most a sixteenth of the table; beyond that nothing is kept and the sweep goes over the table from front to back.
 */
final class DirtySet {

    private static final int LEAST_LIST = 1024;
    private static final int LIST_SHARE_SHIFT = 4;

    private int[] slots = new int[LEAST_LIST];
    private int listed;
    private boolean unlisted;
    private int count;

    private int[] frozenSlots = new int[LEAST_LIST];
    private int frozenListed;
    private boolean frozenUnlisted;
    private int cursor;

    /** Notes a slot that was clean until now. */
    void add(int slot, int capacity) {
        count++;
        list(slot, capacity);
    }

    /** Notes the slot that a dirty entry has moved to, or is in again. */
    void list(int slot, int capacity) {
        if (unlisted) {
            return;
        }
        if (listed == slots.length) {
            if (listed >= Math.max(LEAST_LIST, capacity >> LIST_SHARE_SHIFT)) {
                unlisted = true;
                return;
            }
            slots = Arrays.copyOf(slots, 2 * listed);
        }
        slots[listed++] = slot;
    }

    /** How many slots are dirty. */
    int count() {
        return count;
    }

    /** Forgets where the dirty slots are: they are about to be listed again under other numbers. */
    void clearList() {
        listed = 0;
        unlisted = false;
    }

    /** Swaps the dirty slots for an empty set; constant time. */
    void freeze(boolean whole) {
        int[] swapped = frozenSlots;
        frozenSlots = slots;
        frozenListed = listed;
        frozenUnlisted = whole || unlisted;
        cursor = 0;
        slots = swapped;
        count = 0;
        clearList();
    }

    /** Whether the sweep goes over the whole table. */
    boolean sweepsTable() {
        return frozenUnlisted;
    }

    /** Where the sweep stands: a slot, or an index into the frozen list. */
    int cursor() {
        return cursor;
    }

    /** Moves the sweep on and returns where it stood. */
    int advance(int by, int end) {
        int from = cursor;
        cursor = Math.min(end, cursor + by);
        return from;
    }

    int frozenListed() {
        return frozenListed;
    }

    int frozenSlot(int index) {
        return frozenSlots[index];
    }
}
