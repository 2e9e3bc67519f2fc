package io.strandline.state.instance;

/**
 * How much is paid for short reads and little garbage, see {@link MergePlan}.
 *
 * @param rewrite bytes that may be rewritten for each byte flushed: the files of a version whose every key changes evenly grow to
 *     about {@code 1 + 1 / rewrite} times its live bytes
 * @param leastChange what changed of a key group, as a share of its base, before the base is rewritten
 * @param mostDepth runs that may lie over one key group
 * @param slices into how many files a base over all key groups is divided
 * @param leastSliceBytes bytes below which a base is not divided further
 */
record MergeRules(double rewrite, double leastChange, int mostDepth, int slices, long leastSliceBytes) {

    /** What instances merge by: see the decision record on merging by slices for what others would cost. */
    static final MergeRules STEADY = new MergeRules(1.25, 0.1, 96, 64, 64 << 10);

    /** Runs merged at once for the sake of depth, at the least and at the most. */
    static final int LEAST_STRETCH = 4;

    static final int MOST_STRETCH = 8;

    /** Small runs that may lie one over the other, and how many if they are nothing to write. */
    static final int MOST_SMALL = 12;

    static final int MOST_TINY = 8;

    public MergeRules {
        if (rewrite <= 0 || leastChange < 0 || mostDepth < MOST_SMALL || slices < 1 || leastSliceBytes < 0) {
            throw new IllegalArgumentException("runs cannot be merged with rewrite %s, change %s, depth %d, %d slices"
                    .formatted(rewrite, leastChange, mostDepth, slices));
        }
    }
}
