package io.strandline.state.table;

/**
 * Where the search for an entry begins among so many slots. Without extra words by the hash, in its order; with them the hash is
 * mixed with the extra words.
 */
final class SlotPlace {

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final boolean mixed;
    private final long firstHash;
    private final long slotsPerHash;

    SlotPlace(EntryLayout layout, int slots) {
        this.mixed = layout.extras > 0;
        this.firstHash = mixed ? 0 : firstHashOf(layout, layout.keyGroups.first());
        long span = mixed ? 1L << 32 : firstHashOf(layout, layout.keyGroups.last() + 1) - firstHash;
        this.slotsPerHash = ((long) slots << 32) / span;
    }

    int slot(long hash, long first, long second) {
        long place = hash;
        if (mixed) {
            place = (place + first * MIX ^ Long.rotateLeft(second * MIX, 31)) * MIX;
            place = (place ^ place >>> 32) * MIX;
        }
        return (int) (((place >>> 32) - firstHash) * slotsPerHash >>> 32);
    }

    private static long firstHashOf(EntryLayout layout, int keyGroup) {
        return (((long) keyGroup << 32) + layout.maxParallelism - 1) / layout.maxParallelism;
    }
}
