package io.strandline.state.table;

import java.util.function.LongPredicate;

/**
 * Chooses what stays when a table moves to other slots. Delete markers go once reads find them in a run. Of entries that a run
 * holds, about {@code room} stay, those used since the last time first (a coarse second chance). How many there are of each kind
 * is estimated from a sample.
 */
final class Eviction implements LongPredicate {

    private static final int TRUSTED_SAMPLE = 256;

    private final long epoch;
    private final long storedEpoch;
    private final boolean evicts;
    private long counted;
    private long total;
    private long pinned;
    private long used;
    private long unused;
    private double usedShare = 1;
    private double unusedShare = 1;
    private double usedDebt;
    private double unusedDebt;

    /**
     * Counts nothing yet.
     *
     * @param storedEpoch entries last changed at or before it are in a run that reads see
     * @param evicts whether live entries may go at all
     */
    Eviction(long epoch, long storedEpoch, boolean evicts) {
        this.epoch = epoch;
        this.storedEpoch = storedEpoch;
        this.evicts = evicts;
    }

    /** First: counts an entry of the sample. */
    void count(long meta) {
        counted++;
        if (!mayGo(meta) || !evicts && (meta & Meta.LIVE) != 0) {
            pinned++;
        } else if ((meta & Meta.LIVE) != 0) {
            if ((meta & Meta.USED) != 0) {
                used++;
            } else {
                unused++;
            }
        }
    }

    /** Between: the sample stands for so many entries. */
    void scale(long entries) {
        total = entries;
        double factor = (double) entries / Math.max(1, counted);
        pinned = Math.round(pinned * factor);
        used = Math.round(used * factor);
        unused = Math.round(unused * factor);
    }

    /**
     * How many entries there has to be room for whatever the sample says: it may have met none of a few that are rare, and is
     * itself no measure if it is small.
     */
    long doubtful() {
        if (counted >= total) {
            return 0;
        }
        return counted < TRUSTED_SAMPLE ? total : total / 8 * 3;
    }

    /** Entries that have to stay. */
    long pinned() {
        return pinned;
    }

    /** Entries that would stay if there were room. */
    long wanted() {
        return pinned + used + unused;
    }

    /** Between: how many entries that may go can stay. */
    void limit(long room) {
        long kept = Math.max(0, room);
        usedShare = used == 0 ? 0 : Math.min(1, (double) kept / used);
        unusedShare = unused == 0 ? 0 : Math.min(1, (double) Math.max(0, kept - used) / unused);
    }

    /** Whether a live entry may have to go. */
    boolean takesLive() {
        return evicts && (usedShare < 1 || unusedShare < 1);
    }

    /** Then: whether an entry stays. */
    @Override
    public boolean test(long meta) {
        if (!mayGo(meta)) {
            return true;
        }
        if ((meta & Meta.LIVE) == 0) {
            return false;
        }
        return !evicts || ((meta & Meta.USED) != 0 ? takesUsed() : takesUnused());
    }

    private boolean takesUsed() {
        usedDebt += usedShare;
        if (usedDebt < 1) {
            return false;
        }
        usedDebt -= 1;
        return true;
    }

    private boolean takesUnused() {
        unusedDebt += unusedShare;
        if (unusedDebt < 1) {
            return false;
        }
        unusedDebt -= 1;
        return true;
    }

    /** Whether nothing is lost with an entry: no run has to hear of it, or one has. */
    private boolean mayGo(long meta) {
        long changed = meta >>> Meta.EPOCH_SHIFT;
        return (meta & (Meta.LIVE | Meta.STORED)) == 0 || changed <= storedEpoch && changed != epoch;
    }
}
