package io.strandline.state.table;

import io.strandline.state.StateSize.TableFigures;
import java.util.concurrent.atomic.AtomicLong;

/** A table's figures: written by its owner once a batch, read by any thread. */
final class TableMeters {

    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();
    private final AtomicLong lookups = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong copied = new AtomicLong();
    private volatile boolean complete;

    /** What the table takes, without copies. */
    void holds(long heldEntries, long heldBytes, long changedEntries) {
        entries.lazySet(heldEntries);
        bytes.lazySet(heldBytes);
        changed.lazySet(changedEntries);
    }

    /** Rows looked up, and those of them that runs were asked for. */
    void lookedUp(int rows, int missing) {
        lookups.lazySet(lookups.getPlain() + rows);
        if (missing > 0) {
            misses.lazySet(misses.getPlain() + missing);
        }
    }

    void complete(boolean holdsAll) {
        complete = holdsAll;
    }

    /** Bytes of copies that came, or went if negative; by any thread. */
    void copied(long more) {
        copied.addAndGet(more);
    }

    /** Bytes without copies. */
    long bytes() {
        return bytes.get();
    }

    TableFigures read(String operator, String state) {
        return new TableFigures(
                operator,
                state,
                entries.get(),
                bytes.get() + copied.get(),
                changed.get(),
                lookups.get(),
                misses.get(),
                complete);
    }
}
