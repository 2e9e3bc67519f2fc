package io.strandline.snapshot;

/**
 * A named, typed column.
 *
 * @param name as pipelines and answers name it; with a tilde in it for a column that an operator keeps for itself
 */
public record Column(String name, ColumnType type) {

    private static final char OWN = '~';

    /** Whether an operator keeps it for itself: no pipeline can name it, and no answer shows it. */
    public boolean isInternal() {
        return name.indexOf(OWN) >= 0;
    }
}
