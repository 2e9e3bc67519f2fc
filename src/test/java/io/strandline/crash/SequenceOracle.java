package io.strandline.crash;

import java.util.Map;
import java.util.TreeMap;

/** The {@code sequence} source's published formula, written again from its description, and what follows from it. */
public final class SequenceOracle {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private SequenceOracle() {}

    /**
     * For each key how many records there are, and the sum of their values.
     *
     * @param ends number of records of each partition
     */
    public static Map<Long, long[]> countsAndSums(long seed, long keys, long[] ends) {
        Map<Long, long[]> result = new TreeMap<>();
        for (int partition = 0; partition < ends.length; partition++) {
            long state = mix(seed + (partition + 1) * GOLDEN);
            for (long i = 0; i < ends[partition]; i++) {
                state += GOLDEN;
                long random = mix(state);
                long key = ((random >>> 32) * keys) >>> 32;
                long[] countAndSum = result.computeIfAbsent(key, none -> new long[2]);
                countAndSum[0]++;
                countAndSum[1] += random & 0xffff;
            }
        }
        return result;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
