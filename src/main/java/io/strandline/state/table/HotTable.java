package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.TableFigures;
import io.strandline.state.ValueSlab;
import io.strandline.state.run.LookupBatch;
import io.strandline.state.run.RunView;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one state and subtask, decoded, in a {@link SlotTable}. What it does not hold is looked for in the runs, a
 * batch of misses at a time.
 *
 * <p>Every change is stamped with the table's epoch, which a freeze ends. Entries of the epoch before are copied out by
 * {@link #sweep}, or on being overwritten, whichever comes first.
 */
public final class HotTable implements KeyedTable {

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableMeters meters = new TableMeters();
    private final TableEpochs epochs;
    private final TableRoom room;
    private final Misses misses;
    private final long[] initial;
    private final KeyBuffer scratch = new KeyBuffer();
    private final CreatedRows created = new CreatedRows();
    private int[] homes = new int[0];
    private long touched;
    private long outsideBytes;

    /**
     * An empty table.
     *
     * @param initial value of a new entry
     * @param runs where to look for what the table does not hold
     * @param complete whether there is nothing in the runs yet
     */
    public HotTable(EntryLayout layout, long[] initial, TableDepth depth, @Nullable RunView runs, boolean complete) {
        this.layout = layout;
        this.initial = initial.clone();
        this.slots = new SlotTable(layout);
        this.epochs = new TableEpochs(layout, slots, meters);
        this.room = new TableRoom(layout, slots, epochs, depth, complete);
        this.misses = new Misses(layout, runs);
        meters.complete(complete);
    }

    @Override
    public void update(KeyColumns keys, long @Nullable [] namespaces, int[] entries) {
        update(keys, namespaces, null, entries);
    }

    /** Updates by one or two extra words a row. */
    void update(KeyColumns keys, long @Nullable [] first, long @Nullable [] second, int[] entries) {
        begin(keys, first, second);
        boolean complete = room.isComplete();
        if (layout.inlineKey && first == null && complete) {
            updateInline(keys, entries);
            return;
        }
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = locate(keys, row, word(first, row), word(second, row));
            if (at >= 0) {
                ready(at, row);
            } else if (complete) {
                at = create(~at, keys, row, word(first, row), word(second, row));
            } else {
                misses.add(keys, row, word(first, row));
                continue;
            }
            entries[row] = at + layout.valueAt;
        }
        LookupBatch fetched = fetch(rows);
        for (int i = 0; i < fetched.size(); i++) {
            int row = fetched.row(i);
            int at = admit(keys, fetched, i, word(first, row));
            ready(at, row);
            entries[row] = at + layout.valueAt;
        }
    }

    @Override
    public void find(KeyColumns keys, long @Nullable [] namespaces, int[] entries) {
        begin(keys, namespaces, null);
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = locate(keys, row, word(namespaces, row), 0);
            if (at < 0 && !room.isComplete()) {
                misses.add(keys, row, word(namespaces, row));
                continue;
            }
            entries[row] = at < 0 ? -1 : use(at);
        }
        LookupBatch fetched = fetch(rows);
        for (int i = 0; i < fetched.size(); i++) {
            int row = fetched.row(i);
            entries[row] = use(admit(keys, fetched, i, word(namespaces, row)));
        }
    }

    @Override
    public void remove(KeyColumns keys, long @Nullable [] namespaces) {
        remove(keys, namespaces, null);
    }

    /** Removes by one or two extra words a row; what is not held is marked as deleted without being looked for. */
    void remove(KeyColumns keys, long @Nullable [] first, long @Nullable [] second) {
        begin(keys, first, second);
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = locate(keys, row, word(first, row), word(second, row));
            if (at >= 0) {
                delete(at);
            } else if (!room.isComplete()) {
                take(~at, keys, row, word(first, row), word(second, row));
                epochs.change(~at, Meta.DELETED | Meta.STORED);
            }
        }
    }

    @Override
    public long[] words() {
        return slots.words();
    }

    @Override
    public ValueSlab values() {
        return slots.slab();
    }

    @Override
    public int width() {
        return layout.width;
    }

    /** Rows of the last update whose entries did not exist before it. */
    CreatedRows created() {
        return created;
    }

    /** All that runs hold is about to be put into the table, block by block; until then it forgets nothing it knows better. */
    public void beginWarmUp() {
        room.beginWarmUp();
    }

    /** Takes in what runs hold of keys that the table knows nothing of; false when it has no room for all there is. */
    public boolean load(StoredBlock block) {
        KeyColumns keys = block.keys();
        if (!room.warmsUp(keys.size())) {
            return false;
        }
        boolean namespaced = layout.schema.namespaced();
        long[] first = layout.timers ? block.times() : namespaced ? block.namespaces() : null;
        long[] second = layout.timers && namespaced ? block.namespaces() : null;
        begin(keys, first, second);
        for (int row = 0; row < keys.size(); row++) {
            int at = locate(keys, row, word(first, row), word(second, row));
            if (at < 0) {
                take(~at, keys, row, word(first, row), word(second, row));
                layout.values.decode(block.value(row), slots.words(), ~at + layout.valueAt, slots.slab());
                slots.words()[~at + layout.metaAt] = Meta.LIVE | Meta.STORED;
            }
        }
        return true;
    }

    /** All that runs hold was put into the table: unless it had no room, it asks them no more. */
    public void endWarmUp() {
        room.endWarmUp();
        meters.complete(room.isComplete());
    }

    /** Whether the table holds all there is, so that no run is asked. */
    public boolean isComplete() {
        return room.isComplete();
    }

    /** Whether changes that no run holds take half of the table's room, so that they have to be spilled. */
    public boolean isMostlyUnsaved() {
        return room.isMostlyUnsaved();
    }

    /** Whether they take so much of it that nothing should be added before a spill is over. */
    public boolean isFull() {
        return room.isFull();
    }

    /** What was frozen and no run holds could not be written: it counts as changed again, once {@link #sweep} is over. */
    public void giveBack() {
        room.giveBack();
    }

    /** A run holds every entry last changed in {@code frozen} or before; called by any thread. */
    public void written(long frozen) {
        room.written(frozen);
    }

    /**
     * Ends the epoch, in constant time; {@link #sweep} has to have ended. Only where the table holds all there is, all
     * entries may be copied instead of the changed ones.
     */
    public Freeze freeze(Extent extent) {
        int changed = epochs.changed();
        boolean all = extent == Extent.ALL || extent == Extent.MOSTLY_CHANGED_IS_ALL && 2L * changed > slots.used();
        room.frozen(changed);
        return epochs.freeze(all && room.isComplete());
    }

    /** Copies a slice of what is frozen, or gives back a slice of what was; whether there is more. */
    public boolean sweep() {
        return epochs.sweep();
    }

    /** Reads see every entry last changed in {@code frozen} or before in a run now; called by any thread. */
    public void stored(long frozen) {
        room.stored(frozen);
    }

    /** Copies of a freeze are no longer needed: a run holds them, or they were given back; called by any thread. */
    public void release(Freeze freeze) {
        meters.copied(-freeze.copies().bytes());
    }

    /** Bytes taken, without copies, as the owner last counted; called by any thread. */
    public long bytes() {
        return meters.bytes();
    }

    /** What the table takes and finds, as its owner last counted; called by any thread. */
    public TableFigures figures(String operator) {
        return meters.read(operator, layout.schema.name());
    }

    /** What else belongs to the table and takes memory. */
    void outside(long bytes) {
        outsideBytes = bytes;
    }

    private void updateInline(KeyColumns keys, int[] entries) {
        long[] longs = (long[]) keys.array(0);
        long live = Meta.live(epochs.current());
        long[] words = slots.words();
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = slots.find(homes[row], longs[row], 0, 0);
            if (at < 0) {
                at = create(~at, keys, row, 0, 0);
            } else if (!Meta.isReady(words[at + layout.metaAt], live)) {
                ready(at, row);
            }
            entries[row] = at + layout.valueAt;
        }
        meters.lookedUp(rows, 0);
    }

    /** Makes room and touches every slot once, so that the cache misses of a batch overlap. */
    private void begin(KeyColumns keys, long @Nullable [] first, long @Nullable [] second) {
        int rows = keys.size();
        created.clear(rows);
        misses.clear();
        if (homes.length < rows) {
            homes = new int[rows];
        }
        boolean complete = room.isComplete();
        room.reserve(rows);
        if (complete != room.isComplete()) {
            meters.complete(room.isComplete());
        }
        long[] hashes = keys.hashes();
        long[] words = slots.words();
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            int home = slots.home(hashes[row], word(first, row), word(second, row));
            homes[row] = home;
            sum += words[slots.offset(home)];
        }
        touched = sum;
        meters.holds(slots.used(), slots.bytes() + outsideBytes, epochs.changed());
    }

    private LookupBatch fetch(int rows) {
        LookupBatch fetched = misses.fetch();
        meters.lookedUp(rows, fetched.size());
        return fetched;
    }

    private int locate(KeyColumns keys, int row, long first, long second) {
        return layout.inlineKey
                ? slots.find(homes[row], ((long[]) keys.array(0))[row], first, second)
                : slots.find(homes[row], keys, row, scratch, first, second);
    }

    private int create(int at, KeyColumns keys, int row, long first, long second) {
        take(at, keys, row, first, second);
        System.arraycopy(initial, 0, slots.words(), at + layout.valueAt, layout.width);
        epochs.change(at, Meta.LIVE);
        created.add(row);
        return at;
    }

    private void take(int at, KeyColumns keys, int row, long first, long second) {
        slots.take(at, keys, row, scratch, Meta.DELETED);
        if (layout.extras > 0) {
            slots.words()[at + layout.extraAt] = first;
        }
        if (layout.extras > 1) {
            slots.words()[at + layout.extraAt + 1] = second;
        }
    }

    /** Saves what a freeze still needs, and makes the entry a live one of this epoch. */
    private void ready(int at, int row) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        if (Meta.isReady(meta, Meta.live(epochs.current()))) {
            return;
        }
        epochs.save(at);
        if ((meta & Meta.LIVE) == 0) {
            System.arraycopy(initial, 0, words, at + layout.valueAt, layout.width);
            created.add(row);
        }
        epochs.change(at, Meta.LIVE);
    }

    private void delete(int at) {
        if ((slots.words()[at + layout.metaAt] & Meta.LIVE) != 0) {
            epochs.save(at);
            epochs.change(at, Meta.DELETED);
        }
    }

    private int use(int at) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        if ((meta & Meta.USED) == 0) {
            words[at + layout.metaAt] = meta | Meta.USED;
        }
        return (meta & Meta.LIVE) == 0 ? -1 : at + layout.valueAt;
    }

    /** Puts what the runs said of a miss into the table, unless an earlier row of the batch did. */
    private int admit(KeyColumns keys, LookupBatch fetched, int miss, long namespace) {
        int row = fetched.row(miss);
        int at = locate(keys, row, namespace, 0);
        if (at >= 0) {
            return at;
        }
        take(~at, keys, row, namespace, 0);
        if (fetched.isFound(miss)) {
            layout.values.decode(fetched.value(miss), slots.words(), ~at + layout.valueAt, slots.slab());
            slots.words()[~at + layout.metaAt] = Meta.LIVE | Meta.STORED | Meta.USED;
        }
        return ~at;
    }

    private static long word(long @Nullable [] words, int row) {
        return words == null ? 0 : words[row];
    }

    /** Which entries a freeze copies. */
    public enum Extent {
        /** Those changed since the last freeze. */
        CHANGES,
        /** The same, or all when more than half have changed. */
        MOSTLY_CHANGED_IS_ALL,
        /** All. */
        ALL
    }

    /** What a freeze began: copies that are complete once the sweep is. */
    public record Freeze(EntryCopies copies, long epoch, boolean whole, int changed) {}

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
