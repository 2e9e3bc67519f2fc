package io.strandline.state.table;

/**
 * An entry's meta word: the epoch in which it was last changed (0 when it came from a run) above flags; 0 is a free slot.
 */
final class Meta {

    /** Has a value. */
    static final long LIVE = 1;
    /** Was deleted, or is known to be absent. */
    static final long DELETED = 2;
    /** A run may hold an entry of this key, so that deleting it takes a marker. */
    static final long STORED = 4;
    /** Was copied out since it was last changed. */
    static final long COPIED = 8;
    /** Was used since the last eviction. */
    static final long USED = 16;

    /** Not an entry any more: it has moved to the table's new slots, or was let go. */
    static final long MOVED = 32;

    /** What outlasts a change of epoch. */
    static final long STATE = LIVE | DELETED | STORED | USED;

    static final int EPOCH_SHIFT = 8;

    private Meta() {}

    static long live(long epoch) {
        return epoch << EPOCH_SHIFT | LIVE;
    }

    /** What of a meta word has to equal {@link #live} for an entry to be ready for being overwritten. */
    static boolean isReady(long meta, long live) {
        return ((meta ^ live) & ~(STORED | COPIED | USED | DELETED)) == 0;
    }
}
