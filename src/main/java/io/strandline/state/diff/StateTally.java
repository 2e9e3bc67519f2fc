package io.strandline.state.diff;

import java.util.ArrayList;
import java.util.List;

/** What a comparison counted, for the whole state and for each key group. */
public final class StateTally {

    private static final int ADDED = 0;
    private static final int REMOVED = 1;
    private static final int CHANGED = 2;
    private static final int BYTES = 3;
    private static final int UNMODIFIED = 4;
    private static final int COUNTS = 5;

    private final long[][] keyGroups;
    private long sharedEntries;
    private long lookedUpInShared;
    private boolean exact = true;

    StateTally(int keyGroups) {
        this.keyGroups = new long[keyGroups][COUNTS];
    }

    void add(Difference difference) {
        long[] counts = keyGroups[difference.keyGroup()];
        switch (difference.type()) {
            case ADDED -> counts[ADDED]++;
            case REMOVED -> counts[REMOVED]++;
            case CHANGED -> counts[CHANGED]++;
        }
        counts[BYTES] += difference.bytes();
    }

    void addUnmodified(int keyGroup) {
        keyGroups[keyGroup][UNMODIFIED]++;
    }

    void lookedUpInShared(long keys) {
        lookedUpInShared += keys;
    }

    void addShared(long entries, boolean countIsExact) {
        sharedEntries = entries;
        exact = countIsExact;
    }

    /** Counts of the whole state. */
    public Counts total() {
        long[] sums = new long[COUNTS];
        for (long[] counts : keyGroups) {
            for (int i = 0; i < COUNTS; i++) {
                sums[i] += counts[i];
            }
        }
        return counts(sums);
    }

    /**
     * Entries that are the same in both versions. Those in shared runs are not read but counted by what the lists say of the runs,
     * which is exact for a shared oldest run without further ones on it, and else the most there can be.
     */
    public long unmodified() {
        long walked = 0;
        for (long[] counts : keyGroups) {
            walked += counts[UNMODIFIED];
        }
        return walked + Math.max(0, sharedEntries - lookedUpInShared);
    }

    /** Whether {@link #unmodified} is the exact number, not only the most there can be. */
    public boolean unmodifiedIsExact() {
        return exact;
    }

    /** Counts of each key group that has differences, ascending. */
    public List<KeyGroupCounts> keyGroups() {
        List<KeyGroupCounts> found = new ArrayList<>();
        for (int keyGroup = 0; keyGroup < keyGroups.length; keyGroup++) {
            Counts counts = counts(keyGroups[keyGroup]);
            if (counts.differences() > 0) {
                found.add(new KeyGroupCounts(keyGroup, counts));
            }
        }
        return found;
    }

    private static Counts counts(long[] counts) {
        return new Counts(counts[ADDED], counts[REMOVED], counts[CHANGED], counts[BYTES]);
    }

    /**
     * What differs.
     *
     * @param added entries that only the later version has
     * @param removed entries that only the earlier one has
     * @param changed entries with another value
     * @param bytes keys and values of all these as they are stored, the later value of what changed
     */
    public record Counts(long added, long removed, long changed, long bytes) {

        /** How many entries differ. */
        public long differences() {
            return added + removed + changed;
        }
    }

    /** What differs in a key group. */
    public record KeyGroupCounts(int keyGroup, Counts counts) {}
}
