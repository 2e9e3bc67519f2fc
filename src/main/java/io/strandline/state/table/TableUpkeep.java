package io.strandline.state.table;

import io.strandline.state.StateSize.TableFigures;
import java.util.function.Consumer;

/**
 * What has to be done for a table besides using it: freezing and copying, taking in what was restored, saying when memory is
 * short. By the table's owner, except where it says otherwise.
 */
public final class TableUpkeep {

    private final EntryLayout layout;
    private final TableEpochs epochs;
    private final TableRoom room;
    private final TableMeters meters;
    private final Consumer<StoredBlock> loader;

    TableUpkeep(
            EntryLayout layout, TableEpochs epochs, TableRoom room, TableMeters meters, Consumer<StoredBlock> loader) {
        this.layout = layout;
        this.epochs = epochs;
        this.room = room;
        this.meters = meters;
        this.loader = loader;
    }

    /**
     * Ends the epoch, in constant time; {@link #sweep} has to have ended. Only where the table holds all there is, all
     * entries may be copied instead of the changed ones.
     */
    public Freeze freeze(Extent extent) {
        int changed = epochs.changed();
        boolean all = extent == Extent.ALL
                || extent == Extent.MOSTLY_CHANGED_IS_ALL
                        && 2L * changed > epochs.slots().used();
        room.freeze(changed);
        return epochs.freeze(all && room.isComplete());
    }

    /** Copies a slice of what is frozen, gives back a slice of what was, or moves a slice to other slots; whether there is more. */
    public boolean sweep() {
        return room.sweep();
    }

    /** What was frozen and no run holds could not be written: it counts as changed again, once {@link #sweep} is over. */
    public void giveBack() {
        room.giveBack();
    }

    /** Copies of a freeze are no longer needed: a run holds them, or they were given back; by any thread. */
    public void release(Freeze freeze) {
        meters.copied(-freeze.copies().bytes());
    }

    /** A run holds every entry last changed in {@code frozen} or before; by any thread. */
    public void written(long frozen) {
        room.written(frozen);
    }

    /** Reads see every entry last changed in {@code frozen} or before in a run now; by any thread. */
    public void stored(long frozen) {
        room.stored(frozen);
    }

    /** Its entries' layout. */
    public EntryLayout layout() {
        return layout;
    }

    /** Whether there would be room for so many entries that runs hold, in a table that has had to let some go. */
    public boolean mayWarmUp(long stored) {
        return room.mayWarmUp(stored);
    }

    /**
     * All that runs hold, about so many entries, is about to be put into the table, block by block; until then it forgets nothing it
     * knows better.
     */
    public void beginWarmUp(long expected) {
        room.beginWarmUp(expected);
    }

    /** Whether there are slots for all that is expected, so that blocks may come. */
    public boolean isSpacious() {
        return room.isSpacious();
    }

    /** Takes in what runs hold of keys that the table knows nothing of; false when it has no room for all there is. */
    public boolean load(StoredBlock block) {
        boolean fits = room.warmsUp(block.keys().size());
        if (fits) {
            loader.accept(block);
        }
        return fits;
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

    /** Bytes taken, without copies, as the owner last counted; by any thread. */
    public long bytes() {
        return meters.bytes();
    }

    /** What the table takes and finds, as its owner last counted; by any thread. */
    public TableFigures figures(String operator) {
        return meters.read(operator, layout.schema.name());
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
}
