package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import org.jspecify.annotations.Nullable;

/** Finds, creates, readies and deletes the entries of a table for the rows of one batch after another. */
final class TableEntries {

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private final long[] initial;
    private final KeyBuffer scratch = new KeyBuffer();
    private final CreatedRows created = new CreatedRows();
    private int[] homes = new int[0];
    private long touched;

    TableEntries(EntryLayout layout, SlotTable slots, TableEpochs epochs, long[] initial) {
        this.layout = layout;
        this.slots = slots;
        this.epochs = epochs;
        this.initial = initial.clone();
    }

    /** Rows of the batch whose entries did not exist before it. */
    CreatedRows created() {
        return created;
    }

    /** Takes a batch, and touches every slot once, so that the cache misses of a batch overlap. */
    void begin(KeyColumns keys, long @Nullable [] first, long @Nullable [] second) {
        int rows = keys.size();
        created.clear(rows);
        if (homes.length < rows) {
            homes = new int[rows];
        }
        long[] hashes = keys.hashes();
        long[] words = slots.words();
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            int home = slots.home(hashes[row], word(first, row), word(second, row));
            homes[row] = home;
            sum += words[home];
        }
        touched = sum;
    }

    /** Updates by keys of one word where all entries are at hand. */
    void updateInline(KeyColumns keys, int[] entries) {
        long[] longs = (long[]) keys.array(0);
        long live = Meta.live(epochs.current());
        long[] words = slots.words();
        int metaAt = layout.metaAt;
        int valueAt = layout.valueAt;
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = homes[row];
            if (words[at] != longs[row] || !Meta.isReady(words[at + metaAt], live)) {
                at = findOrCreate(keys, row, longs[row]);
            }
            entries[row] = at + valueAt;
        }
    }

    private int findOrCreate(KeyColumns keys, int row, long key) {
        int at = slots.find(homes[row], key, 0, 0);
        if (at < 0) {
            return create(~at, keys, row, 0, 0);
        }
        ready(at, row);
        return at;
    }

    /** The offset of a row's entry, or {@code ~offset} of the free slot where it would be. */
    int locate(KeyColumns keys, int row, long first, long second) {
        return layout.inlineKey
                ? slots.find(homes[row], ((long[]) keys.array(0))[row], first, second)
                : slots.find(homes[row], keys, row, scratch, first, second);
    }

    /** Fills a free slot with a new entry. */
    int create(int at, KeyColumns keys, int row, long first, long second) {
        take(at, keys, row, first, second);
        System.arraycopy(initial, 0, slots.words(), at + layout.valueAt, layout.width);
        epochs.change(at, Meta.LIVE);
        created.add(row);
        return at;
    }

    /** Fills a free slot with a key that has no value. */
    void take(int at, KeyColumns keys, int row, long first, long second) {
        slots.take(at, keys, row, scratch, Meta.DELETED);
        if (layout.extras > 0) {
            slots.words()[at + layout.extraAt] = first;
        }
        if (layout.extras > 1) {
            slots.words()[at + layout.extraAt + 1] = second;
        }
    }

    /** Saves what a freeze still needs, and makes a row's entry a live one of this epoch. */
    void ready(int at, int row) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        if (Meta.isReady(meta, Meta.live(epochs.current()))) {
            return;
        }
        epochs.save(at);
        if ((meta & Meta.LIVE) == 0) {
            reset(at);
            created.add(row);
        }
        epochs.change(at, Meta.LIVE);
    }

    /** Gives an entry that is ready the value of a new one. */
    void reset(int at) {
        System.arraycopy(initial, 0, slots.words(), at + layout.valueAt, layout.width);
    }

    /** Readies a live entry for being overwritten. */
    void change(int at) {
        epochs.save(at);
        epochs.change(at, Meta.LIVE);
    }

    void delete(int at) {
        if ((slots.words()[at + layout.metaAt] & Meta.LIVE) != 0) {
            epochs.save(at);
            epochs.change(at, Meta.DELETED);
        }
    }

    /** The offset of an entry's value, -1 when it has none. */
    int use(int at) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        if ((meta & Meta.USED) == 0) {
            words[at + layout.metaAt] = meta | Meta.USED;
        }
        return (meta & Meta.LIVE) == 0 ? -1 : at + layout.valueAt;
    }

    static long word(long @Nullable [] words, int row) {
        return words == null ? 0 : words[row];
    }

    /** Row numbers. */
    static final class CreatedRows {

        private int[] rows = new int[0];
        private int count;

        int count() {
            return count;
        }

        int row(int index) {
            return rows[index];
        }

        private void clear(int capacity) {
            count = 0;
            if (rows.length < capacity) {
                rows = new int[capacity];
            }
        }

        private void add(int row) {
            rows[count++] = row;
        }
    }
}
