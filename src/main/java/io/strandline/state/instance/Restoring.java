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
    private boolean over;

    Restoring(RunScan scan, TableUpkeep table, long expected, @Nullable Timers timers) {
        this.scan = scan;
        this.table = table;
        this.timers = timers;
        table.beginWarmUp(expected);
    }

    /** Whether the subtask has to wait for its end. */
    boolean isAwaited() {
        return timers != null;
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
