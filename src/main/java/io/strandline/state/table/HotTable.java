package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.run.LookupBatch;
import io.strandline.state.run.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one state and subtask, decoded, in a {@link SlotTable}. What it does not hold is looked for in the runs, a
 * batch of misses at a time.
 *
 * <p>Every change is stamped with the table's epoch, which a freeze ends. Entries of the epoch before are copied out by
 * {@link #sweep}, or on being overwritten, whichever comes first.
 */
final class HotTable implements KeyedTable {

    private static final int LIST_SLICE = 2048;
    private static final int SLOT_SLICE = 8192;

    private final EntryLayout layout;
    private final SlotTable slots;
    private final DirtySet dirty = new DirtySet();
    private final TableDepth depth;
    private final long[] initial;
    private final @Nullable RunView runs;
    private final LookupBatch misses;
    private final KeyBuffer scratch = new KeyBuffer();
    private int[] homes = new int[0];
    private int[] created = new int[0];
    private int createdCount;
    private long touched;
    private long epoch = 1;
    private long unsaved;
    private long lastFrozen;
    private @Nullable EntryCopies copies;
    private boolean sweepsWhole;
    private boolean complete;
    private volatile long storedEpoch;
    private volatile long entriesSeen;
    private volatile long dirtySeen;
    private volatile long bytesSeen;

    /**
     * An empty table.
     *
     * @param initial value of a new entry
     * @param runs where to look for what the table does not hold
     * @param complete whether there is nothing in the runs yet
     */
    HotTable(EntryLayout layout, long[] initial, TableDepth depth, @Nullable RunView runs, boolean complete) {
        this.layout = layout;
        this.initial = initial.clone();
        this.depth = depth;
        this.runs = runs;
        this.complete = complete;
        this.slots = new SlotTable(layout);
        this.misses = new LookupBatch(layout.width);
    }

    @Override
    public void update(KeyColumns keys, long @Nullable [] namespaces, int[] entries) {
        update(keys, namespaces, null, entries);
    }

    /** Updates by one or two extra words a row. */
    void update(KeyColumns keys, long @Nullable [] first, long @Nullable [] second, int[] entries) {
        begin(keys, first, second);
        if (layout.inlineKey && first == null && complete) {
            updateInline(keys, entries);
            return;
        }
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = find(keys, row, word(first, row), word(second, row));
            if (at >= 0) {
                ready(at, row);
            } else if (complete) {
                at = create(~at, keys, row, word(first, row), word(second, row));
            } else {
                miss(keys, row, word(first, row), word(second, row));
                continue;
            }
            entries[row] = at + layout.valueAt;
        }
        fetchMisses();
        for (int i = 0; i < misses.size(); i++) {
            int row = misses.row(i);
            int at = admit(keys, i, word(first, row), word(second, row));
            ready(at, row);
            entries[row] = at + layout.valueAt;
        }
    }

    @Override
    public void find(KeyColumns keys, long @Nullable [] namespaces, int[] entries) {
        begin(keys, namespaces, null);
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = find(keys, row, word(namespaces, row), 0);
            if (at < 0 && !complete) {
                miss(keys, row, word(namespaces, row), 0);
                continue;
            }
            entries[row] = at < 0 ? -1 : use(at);
        }
        fetchMisses();
        for (int i = 0; i < misses.size(); i++) {
            int row = misses.row(i);
            entries[row] = use(admit(keys, i, word(namespaces, row), 0));
        }
    }

    @Override
    public void remove(KeyColumns keys, long @Nullable [] namespaces) {
        remove(keys, namespaces, null);
    }

    /** Removes by one or two extra words a row. */
    void remove(KeyColumns keys, long @Nullable [] first, long @Nullable [] second) {
        begin(keys, first, second);
        int rows = keys.size();
        for (int row = 0; row < rows; row++) {
            int at = find(keys, row, word(first, row), word(second, row));
            if (at >= 0) {
                delete(at);
            } else if (!complete) {
                int marker = ~at;
                take(marker, keys, row, word(first, row), word(second, row));
                change(marker, Meta.DELETED | Meta.STORED);
            }
        }
    }

    @Override
    public long[] words() {
        return slots.words();
    }

    @Override
    public int width() {
        return layout.width;
    }

    /** Rows of the last update whose entries did not exist before it. */
    int[] created() {
        return created;
    }

    /** How many of {@link #created} count. */
    int createdCount() {
        return createdCount;
    }

    /** Puts an entry that a run holds into the table, without a value of its own. */
    void load(KeyColumns keys, long[] first, long @Nullable [] second) {
        begin(keys, first, second);
        for (int row = 0; row < keys.size(); row++) {
            int at = find(keys, row, first[row], word(second, row));
            if (at < 0) {
                take(~at, keys, row, first[row], word(second, row));
                slots.words()[~at + layout.metaAt] = Meta.LIVE | Meta.STORED;
            }
        }
    }

    /** From now on the table holds all there is. */
    void loaded() {
        complete = true;
    }

    /**
     * Ends the epoch, in constant time; {@link #sweep} has to have ended. Only where the table holds all there is, all
     * entries may be copied instead of the changed ones.
     */
    Freeze freeze(Extent extent) {
        int changed = dirty.count();
        if (storedEpoch >= lastFrozen) {
            unsaved = 0;
        }
        unsaved += changed;
        sweepsWhole = complete
                && (extent == Extent.ALL || extent == Extent.MOSTLY_CHANGED_IS_ALL && 2L * changed > slots.used());
        EntryCopies filling = new EntryCopies(layout, slots.slab());
        copies = filling;
        dirty.freeze(sweepsWhole);
        lastFrozen = epoch++;
        return new Freeze(filling, lastFrozen, sweepsWhole, changed);
    }

    /** Copies a slice of what is frozen; whether there is more. */
    boolean sweep() {
        EntryCopies filling = copies;
        if (filling == null) {
            return false;
        }
        boolean more = dirty.sweepsTable() ? sweepSlots() : sweepList();
        if (!more) {
            copies = null;
        }
        return more;
    }

    /** Reads see every entry last changed in {@code frozen} or before in a run now; called by any thread. */
    void stored(long frozen) {
        storedEpoch = Math.max(storedEpoch, frozen);
    }

    /** Entries held, as last counted by the owner. */
    long entries() {
        return entriesSeen;
    }

    /** Bytes taken, as last counted by the owner. */
    long bytes() {
        return bytesSeen;
    }

    /** Entries changed since the last freeze, as last counted by the owner. */
    long dirtyEntries() {
        return dirtySeen;
    }

    private void updateInline(KeyColumns keys, int[] entries) {
        long[] longs = (long[]) keys.array(0);
        long live = Meta.live(epoch);
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
    }

    /** Makes room and touches every slot once, so that the cache misses of a batch overlap. */
    private void begin(KeyColumns keys, long @Nullable [] first, long @Nullable [] second) {
        int rows = keys.size();
        createdCount = 0;
        misses.clear();
        if (homes.length < rows) {
            homes = new int[rows];
            created = new int[rows];
        }
        if (!slots.fits(rows)) {
            makeRoom(rows);
        } else if (2 * (unsaved + dirty.count()) > mostEntries()) {
            spillChanged();
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
        entriesSeen = slots.used();
        dirtySeen = dirty.count();
    }

    private int find(KeyColumns keys, int row, long first, long second) {
        return layout.inlineKey
                ? slots.find(homes[row], ((long[]) keys.array(0))[row], first, second)
                : slots.find(homes[row], keys, row, scratch, first, second);
    }

    private int create(int at, KeyColumns keys, int row, long first, long second) {
        take(at, keys, row, first, second);
        System.arraycopy(initial, 0, slots.words(), at + layout.valueAt, layout.width);
        change(at, Meta.LIVE);
        created[createdCount++] = row;
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
        if (Meta.isReady(meta, Meta.live(epoch))) {
            return;
        }
        copyIfFrozen(at, meta);
        if ((meta & Meta.LIVE) == 0) {
            System.arraycopy(initial, 0, words, at + layout.valueAt, layout.width);
            created[createdCount++] = row;
        }
        change(at, Meta.LIVE);
    }

    private void delete(int at) {
        long meta = slots.words()[at + layout.metaAt];
        if ((meta & Meta.LIVE) != 0) {
            copyIfFrozen(at, meta);
            change(at, Meta.DELETED);
        }
    }

    private void change(int at, long state) {
        long[] words = slots.words();
        long meta = words[at + layout.metaAt];
        words[at + layout.metaAt] = epoch << Meta.EPOCH_SHIFT | meta & Meta.STORED | Meta.USED | state;
        if (meta >>> Meta.EPOCH_SHIFT != epoch) {
            dirty.add(slots.slot(at), slots.capacity());
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

    private void miss(KeyColumns keys, int row, long first, long second) {
        KeyBuffer key = misses.nextKey();
        key.putKeyGroup(KeyColumns.keyGroup(keys.hashes()[row], layout.maxParallelism));
        layout.codec.encode(keys, row, key);
        if (layout.extras > 0) {
            key.putLong(first);
        }
        misses.add(row);
    }

    private void fetchMisses() {
        if (misses.size() > 0 && runs != null) {
            try {
                runs.lookup(misses);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Puts what the runs said of a miss into the table, unless an earlier row of the batch did. */
    private int admit(KeyColumns keys, int miss, long first, long second) {
        int row = misses.row(miss);
        int at = find(keys, row, first, second);
        if (at >= 0) {
            return at;
        }
        take(~at, keys, row, first, second);
        if (misses.isFound(miss)) {
            misses.copyValue(miss, slots.words(), ~at + layout.valueAt);
            slots.words()[~at + layout.metaAt] = Meta.LIVE | Meta.STORED | Meta.USED;
        }
        return ~at;
    }

    private void copyIfFrozen(int at, long meta) {
        EntryCopies filling = copies;
        if (filling == null) {
            return;
        }
        long changed = meta >>> Meta.EPOCH_SHIFT;
        boolean frozen = dirty.sweepsTable()
                ? slots.slot(at) >= dirty.cursor() && changed < epoch && (sweepsWhole || changed == lastFrozen)
                : changed == lastFrozen && (meta & Meta.COPIED) == 0;
        if (frozen) {
            copy(filling, at);
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

    private boolean sweepSlots() {
        int from = dirty.advance(SLOT_SLICE, slots.capacity());
        int to = dirty.cursor();
        long[] words = slots.words();
        EntryCopies filling = copies;
        for (int slot = from; slot < to && filling != null; slot++) {
            int at = slots.offset(slot);
            long changed = words[at + layout.metaAt] >>> Meta.EPOCH_SHIFT;
            boolean frozen = changed == lastFrozen || sweepsWhole && changed < epoch;
            if (frozen && words[at + layout.metaAt] != 0) {
                copy(filling, at);
            }
        }
        return to < slots.capacity();
    }

    private boolean sweepList() {
        int from = dirty.advance(LIST_SLICE, dirty.frozenListed());
        int to = dirty.cursor();
        long[] words = slots.words();
        EntryCopies filling = copies;
        for (int i = from; i < to && filling != null; i++) {
            int at = slots.offset(dirty.frozenSlot(i));
            long meta = words[at + layout.metaAt];
            if (meta >>> Meta.EPOCH_SHIFT == lastFrozen && (meta & Meta.COPIED) == 0) {
                copy(filling, at);
            }
        }
        return to < dirty.frozenListed();
    }

    private void spillChanged() {
        if (storedEpoch >= lastFrozen) {
            unsaved = 0;
        }
        if (2 * (unsaved + dirty.count()) > mostEntries()) {
            depth.spill(false);
        }
    }

    private void makeRoom(int rows) {
        while (sweep()) {
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
        dirty.clear();
        slots.rebuild(SlotTable.capacityFor(entries), eviction, (slot, meta) -> {
            slots.words()[slots.offset(slot) + layout.metaAt] = meta & ~Meta.USED;
            if (meta >>> Meta.EPOCH_SHIFT == epoch) {
                dirty.add(slot, slots.capacity());
            }
        });
        complete &= !eviction.evicted();
        bytesSeen = slots.bytes();
    }

    private long mostEntries() {
        return depth.mostSlots(layout) / 2;
    }

    private Eviction count() {
        boolean evicts = depth != TableDepth.WHOLE;
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

    private static long word(long @Nullable [] words, int row) {
        return words == null ? 0 : words[row];
    }

    /** Which entries a freeze copies. */
    enum Extent {
        /** Those changed since the last freeze. */
        CHANGES,
        /** The same, or all when more than half have changed. */
        MOSTLY_CHANGED_IS_ALL,
        /** All. */
        ALL
    }

    /** What a freeze began: copies that are complete once the sweep is. */
    record Freeze(EntryCopies copies, long epoch, boolean whole, int changed) {}
}
