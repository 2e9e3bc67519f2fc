package io.strandline.state.table;

import static io.strandline.state.table.TableEntries.word;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;
import io.strandline.state.run.LookupBatch;
import io.strandline.state.run.RunView;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one state and subtask, decoded, in a {@link SlotTable}. What it does not hold is looked for in the runs, a
 * batch of misses at a time.
 *
 * <p>Every change is stamped with the table's epoch, which a freeze ends. Entries of the epoch before are copied out by
 * {@link TableUpkeep#sweep}, or on being overwritten, whichever comes first.
 */
public final class HotTable implements KeyedTable {

    private final EntryLayout layout;
    private final SlotTable slots;
    private final TableEpochs epochs;
    private final TableEntries entries;
    private final TableRoom room;
    private final TableMeters meters = new TableMeters();
    private final Misses misses;
    private final TableUpkeep upkeep;
    private long outsideBytes;

    /**
     * An empty table.
     *
     * @param initial value of a new entry
     * @param runs where to look for what the table does not hold
     * @param complete whether there is nothing in the runs yet
     * @param background where large arrays are made
     */
    public HotTable(
            EntryLayout layout,
            long[] initial,
            TableDepth depth,
            @Nullable RunView runs,
            boolean complete,
            Executor background) {
        this.layout = layout;
        this.epochs = new TableEpochs(layout, meters);
        this.slots = epochs.slots();
        this.entries = new TableEntries(layout, slots, epochs, initial);
        this.room = new TableRoom(layout, epochs, depth, complete, background);
        this.misses = new Misses(layout, runs);
        this.upkeep = new TableUpkeep(layout, epochs, room, meters, this::load);
        meters.complete(complete);
    }

    /** What has to be done for the table besides using it. */
    public TableUpkeep upkeep() {
        return upkeep;
    }

    @Override
    public void update(KeyColumns keys, long @Nullable [] namespaces, int[] found) {
        update(keys, namespaces, null, found);
    }

    /** Updates by one or two extra words a row. */
    void update(KeyColumns keys, long @Nullable [] first, long @Nullable [] second, int[] found) {
        begin(keys, first, second);
        int rows = keys.size();
        boolean complete = room.isComplete();
        if (layout.inlineKey && first == null && complete) {
            entries.updateInline(keys, found);
            meters.lookedUp(rows, 0);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int at = entries.locate(keys, row, word(first, row), word(second, row));
            if (at >= 0) {
                entries.ready(at, row);
            } else if (complete) {
                at = entries.create(~at, keys, row, word(first, row), word(second, row));
            } else {
                misses.add(keys, row, word(first, row));
                continue;
            }
            found[row] = at + layout.valueAt;
        }
        LookupBatch fetched = fetch(rows);
        for (int i = 0; i < fetched.size(); i++) {
            int row = fetched.row(i);
            int at = admit(keys, fetched, i, word(first, row));
            entries.ready(at, row);
            found[row] = at + layout.valueAt;
        }
    }

    @Override
    public void find(KeyColumns keys, long @Nullable [] namespaces, int[] found) {
        find(keys, namespaces, null, found);
    }

    /** Finds by one or two extra words a row. */
    void find(KeyColumns keys, long @Nullable [] first, long @Nullable [] second, int[] found) {
        begin(keys, first, second);
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = entries.locate(keys, row, word(first, row), word(second, row));
            if (at < 0 && !room.isComplete()) {
                misses.add(keys, row, word(first, row));
                continue;
            }
            found[row] = at < 0 ? -1 : entries.use(at);
        }
        LookupBatch fetched = fetch(rows);
        for (int i = 0; i < fetched.size(); i++) {
            int row = fetched.row(i);
            found[row] = entries.use(admit(keys, fetched, i, word(first, row)));
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
            int at = entries.locate(keys, row, word(first, row), word(second, row));
            if (at >= 0) {
                entries.delete(at);
            } else if (!room.isComplete()) {
                entries.take(~at, keys, row, word(first, row), word(second, row));
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

    /** Its shape and its key groups. */
    public EntryLayout layout() {
        return layout;
    }

    /** Number of its slots; other ones after {@link #words} has been replaced. */
    public int capacity() {
        return slots.capacity();
    }

    /** Whether entries are on their way to other slots, so that going through the slots would miss some. */
    public boolean isMoving() {
        return slots.isMoving();
    }

    /** Whether nothing has to be looked for in runs. */
    public boolean isComplete() {
        return room.isComplete();
    }

    /** Hands on what tells the entries under one key apart, of those in the given slots. */
    public void visit(KeyColumns key, int fromSlot, int toSlot, ExtrasVisitor visitor) {
        KeyBuffer encoded = new KeyBuffer();
        layout.codec.encode(key, 0, encoded);
        long[] words = slots.words();
        long first = layout.inlineKey ? ((long[]) key.array(0))[0] : key.hashes()[0];
        for (int slot = fromSlot; slot < toSlot; slot++) {
            int at = slots.offset(slot);
            if (words[at] == first
                    && (words[at + layout.metaAt] & Meta.LIVE) != 0
                    && (layout.inlineKey || slots.slab().equals(words[at + 1], encoded))) {
                visitor.visit(
                        layout.extras > 0 ? words[at + layout.extraAt] : 0,
                        layout.extras > 1 ? words[at + layout.extraAt + 1] : 0);
            }
        }
    }

    /** The rows of the batch at hand, for what goes beyond a table. */
    TableEntries entries() {
        return entries;
    }

    SlotTable slots() {
        return slots;
    }

    /** What else belongs to the table and takes memory. */
    void outside(long bytes) {
        outsideBytes = bytes;
    }

    /** Takes in what runs hold of keys that the table knows nothing of. */
    private void load(StoredBlock block) {
        KeyColumns keys = block.keys();
        boolean namespaced = layout.schema.namespaced();
        long[] first = layout.timers ? block.times() : namespaced ? block.namespaces() : null;
        long[] second = layout.timers && namespaced ? block.namespaces() : null;
        begin(keys, first, second);
        for (int row = 0; row < keys.size(); row++) {
            int at = entries.locate(keys, row, word(first, row), word(second, row));
            if (at < 0) {
                entries.take(~at, keys, row, word(first, row), word(second, row));
                layout.values.decode(block.value(row), slots.words(), ~at + layout.valueAt, slots.slab());
                slots.words()[~at + layout.metaAt] = Meta.LIVE | Meta.STORED;
            }
        }
    }

    /** Makes room for a batch and takes it. */
    private void begin(KeyColumns keys, long @Nullable [] first, long @Nullable [] second) {
        misses.clear();
        boolean complete = room.isComplete();
        room.reserve(keys.size());
        if (complete != room.isComplete()) {
            meters.complete(room.isComplete());
        }
        entries.begin(keys, first, second);
        meters.holds(slots.used(), slots.bytes() + outsideBytes, epochs.changed());
    }

    private LookupBatch fetch(int rows) {
        LookupBatch fetched = misses.fetch();
        meters.lookedUp(rows, fetched.size());
        return fetched;
    }

    /** Puts what the runs said of a miss into the table, unless an earlier row of the batch did. */
    private int admit(KeyColumns keys, LookupBatch fetched, int miss, long namespace) {
        int row = fetched.row(miss);
        int at = entries.locate(keys, row, namespace, 0);
        if (at >= 0) {
            return at;
        }
        entries.take(~at, keys, row, namespace, 0);
        if (fetched.isFound(miss)) {
            layout.values.decode(fetched.value(miss), slots.words(), ~at + layout.valueAt, slots.slab());
            slots.words()[~at + layout.metaAt] = Meta.LIVE | Meta.STORED | Meta.USED;
        }
        return ~at;
    }

    /** Takes what tells entries under one key apart: of a timer its time and namespace, else the namespace. */
    @FunctionalInterface
    public interface ExtrasVisitor {

        /** One live entry. */
        void visit(long first, long second);
    }
}
