package io.strandline.catalog.journal;

/** A change's place in the order of all changes: its entry's sequence and its index in the entry, as one ascending number. */
public final class ChangePlace {

    /** An entry has fewer changes than this can number. */
    private static final int INDEX_BITS = 16;

    private ChangePlace() {}

    /** The place of the change at {@code index} of an entry. */
    public static long of(long sequence, int index) {
        return (sequence << INDEX_BITS) + index;
    }

    /** A place that no change of an entry is behind, and before all changes of the next. */
    public static long endOf(long sequence) {
        return of(sequence + 1, 0) - 1;
    }
}
