package io.strandline.state;

import java.util.List;

/**
 * How big an instance's state is right now.
 *
 * @param tables one a state, over all subtasks
 * @param storedBytes bytes of the files that the newest cut names
 */
public record StateSize(List<TableFigures> tables, long storedBytes) {

    public StateSize {
        tables = List.copyOf(tables);
    }

    /** Bytes of memory that all tables take. */
    public long hotBytes() {
        return tables.stream().mapToLong(TableFigures::bytes).sum();
    }

    /**
     * What one keyed state or the timers of one operator take, and how often they are found in memory.
     *
     * @param entries held in memory
     * @param bytes of memory: the table, the keys and values it names, timers' order, and copies that wait for being written
     * @param dirtyEntries changed since the last freeze
     * @param lookups rows that asked for an entry since the instance started
     * @param misses rows of those that runs had to be asked for
     * @param complete whether memory holds all there is, so that no run is asked
     */
    public record TableFigures(
            String operator,
            String state,
            long entries,
            long bytes,
            long dirtyEntries,
            long lookups,
            long misses,
            boolean complete) {

        /** Both, of two subtasks. */
        public TableFigures plus(TableFigures other) {
            return new TableFigures(
                    operator,
                    state,
                    entries + other.entries,
                    bytes + other.bytes,
                    dirtyEntries + other.dirtyEntries,
                    lookups + other.lookups,
                    misses + other.misses,
                    complete && other.complete);
        }
    }
}
