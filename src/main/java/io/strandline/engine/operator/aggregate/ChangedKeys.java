package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.KeyRows;
import io.strandline.snapshot.Column;
import io.strandline.state.KeyColumns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of keys with the time of each one's last change, in order of their first; taken out a batch at a time. */
final class ChangedKeys {

    private static final int FREE = -1;

    private final List<Column> columns;
    private final int batchSize;
    private final List<KeyRows> rows = new ArrayList<>();
    private final Deque<KeyRows> leaving = new ArrayDeque<>();
    private int[] slots;
    private int size;

    ChangedKeys(List<Column> columns, int batchSize) {
        this.columns = columns;
        this.batchSize = batchSize;
        this.slots = new int[2 * batchSize];
        Arrays.fill(slots, FREE);
    }

    /** Adds the keys of a batch. */
    void add(KeyColumns keys, long[] times) {
        for (int row = 0; row < keys.size(); row++) {
            if (2 * size >= slots.length) {
                grow();
            }
            add(keys, row, times[row]);
        }
    }

    /** Whether no key waits. */
    boolean isEmpty() {
        return size == 0 && leaving.isEmpty();
    }

    /** Whether {@link #take} has something to hand out. */
    boolean isLeaving() {
        return !leaving.isEmpty();
    }

    /** From here on {@link #take} hands out what has been added, and the set is empty. */
    void release() {
        leaving.addAll(rows);
        rows.clear();
        Arrays.fill(slots, FREE);
        size = 0;
    }

    /** The next released keys, null when there are none. */
    @Nullable
    KeyRows take() {
        return leaving.poll();
    }

    private void add(KeyColumns keys, int row, long time) {
        int slot = slot(keys.hashes()[row]);
        while (slots[slot] != FREE) {
            KeyRows chunk = rows.get(slots[slot] / batchSize);
            int index = slots[slot] % batchSize;
            if (chunk.same(index, keys, row)) {
                chunk.times()[index] = time;
                return;
            }
            slot = (slot + 1) % slots.length;
        }
        if (rows.isEmpty() || rows.get(rows.size() - 1).full()) {
            rows.add(new KeyRows(columns, batchSize));
        }
        rows.get(rows.size() - 1).append(keys, row, 0, time);
        slots[slot] = size++;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        Arrays.fill(slots, FREE);
        for (int key = 0; key < size; key++) {
            int slot = slot(rows.get(key / batchSize).hashes()[key % batchSize]);
            while (slots[slot] != FREE) {
                slot = (slot + 1) % slots.length;
            }
            slots[slot] = key;
        }
    }

    private int slot(long hash) {
        return (int) Long.remainderUnsigned(hash, slots.length);
    }
}
