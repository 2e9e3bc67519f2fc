package io.strandline.state.table;

/**
 * How much of a state a table keeps: all of it, or as much as its share of the memory budget; then entries that a run holds are
 * evicted, and changed ones are spilled into a run when they take half of it.
 */
public interface TableDepth {

    /** Keeps everything. */
    TableDepth WHOLE = new TableDepth() {

        @Override
        public long mostSlots(EntryLayout layout) {
            return Long.MAX_VALUE;
        }

        @Override
        public void spill(boolean wait) {
            throw new IllegalStateException("a table that keeps everything has nothing to spill");
        }
    };

    /** Slots that the table should not outgrow. */
    long mostSlots(EntryLayout layout);

    /**
     * Freezes the table and writes what was frozen into a run that reads see, unless that is still going on.
     *
     * @param wait whether to return only when it is over, well or badly
     */
    void spill(boolean wait);
}
