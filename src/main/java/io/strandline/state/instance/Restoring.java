package io.strandline.state.instance;

import io.strandline.state.table.TableUpkeep;
import io.strandline.state.table.Timers;
import org.jspecify.annotations.Nullable;

/**
 * Puts what runs hold of a table into it, block by block, by the table's owner. Timers have to wait for it; a keyed table works
 * meanwhile, asking the runs for what is not there yet, and asks them no more when all of it is.
 */
final class Restoring {

    private final RunScan scan;
    private final TableUpkeep table;
    private final @Nullable Timers timers;
    private final boolean awaited;
    private boolean over;

    private Restoring(RunScan scan, TableUpkeep table, long expected, @Nullable Timers timers, boolean awaited) {
        this.scan = scan;
        this.table = table;
        this.timers = timers;
        this.awaited = awaited;
        table.beginWarmUp(expected);
    }

    /**
     * Of a table that runs stand behind.
     *
     * @param timers whose table it is, null for a keyed state
     */
    static Restoring of(TableFlush flush, RunScan scan, @Nullable Timers timers) {
        return new Restoring(scan, flush.table(), flush.storedEntries(), timers, timers != null);
    }

    /** Of a table that has nothing but what it is given here. */
    static Restoring whole(RunScan scan, TableUpkeep table, long expected) {
        return new Restoring(scan, table, expected, null, true);
    }

    /** Whether the subtask has to wait for its end. */
    boolean isAwaited() {
        return awaited;
    }

    /** Takes a block in, if one has been read; whether that was all. */
    boolean step() {
        if (!over && table.isSpacious() && scan.hasNext()) {
            boolean last = scan.isLast();
            if (!load()) {
                scan.cancel();
                over = true;
            } else if (last) {
                table.endWarmUp();
                over = true;
            }
        }
        return over;
    }

    private boolean load() {
        if (timers == null) {
            return table.load(scan.next());
        }
        timers.load(scan.next());
        return true;
    }
}
