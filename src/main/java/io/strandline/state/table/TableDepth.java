package io.strandline.state.table;

/**
 * How much of a state a table keeps: all of it, or as much as its share of the memory budget; then entries that a run holds are
 * evicted, and changed ones have to be spilled into a run when they take half of it.
 */
@FunctionalInterface
public interface TableDepth {

    /** Keeps everything. */
    TableDepth WHOLE = () -> Long.MAX_VALUE;

    /** Bytes that the table should not outgrow; asked once a batch. */
    long mostBytes();

    /** Whether there is a limit at all, so that entries may have to go. */
    default boolean isBounded() {
        return this != WHOLE;
    }
}
