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
}
