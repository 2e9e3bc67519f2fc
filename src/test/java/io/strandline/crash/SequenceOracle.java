package io.strandline.crash;

import java.util.ArrayList;
import java.util.List;
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
            walk(seed, partition, ends[partition], (offset, random) -> {
                long[] countAndSum = result.computeIfAbsent(key(random, keys), none -> new long[2]);
                countAndSum[0]++;
                countAndSum[1] += random & 0xffff;
            });
        }
        return result;
    }

    /** What tumbling windows over offsets, taken as milliseconds, yield; each row as {@link #window} writes it. */
    static List<String> windows(long seed, long keys, int partitions, long records, long size) {
        Map<List<Long>, long[]> windows =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        for (int partition = 0; partition < partitions; partition++) {
            walk(seed, partition, records, (offset, random) -> {
                long[] sums = windows.computeIfAbsent(List.of(offset / size, key(random, keys)), none -> new long[2]);
                sums[0]++;
                sums[1] += random & 0xffff;
            });
        }
        List<String> rows = new ArrayList<>();
        windows.forEach((place, sums) -> rows.add(window(place.get(1), sums[0], sums[1])));
        return rows;
    }

    static String window(long key, long count, long total) {
        return key + ": " + count + " " + total;
    }

    /** One side of a join. */
    record Side(long seed, int partitions, long records) {}

    /** The pairs of equal key whose offsets differ by {@code lower} to {@code upper}, each as {@link #pair} writes it. */
    static List<String> pairs(Side left, Side right, long keys, long lower, long upper) {
        long[] rightKeys = new long[Math.toIntExact(right.records())];
        walk(right.seed(), 0, right.records(), (offset, random) -> rightKeys[(int) offset] = key(random, keys));
        List<String> pairs = new ArrayList<>();
        for (int partition = 0; partition < left.partitions(); partition++) {
            long from = partition;
            walk(left.seed(), partition, left.records(), (offset, random) -> {
                for (long other = Math.max(0, offset + lower); other <= offset + upper; other++) {
                    if (other < rightKeys.length && rightKeys[(int) other] == key(random, keys)) {
                        pairs.add(pair(from, offset, other));
                    }
                }
            });
        }
        return pairs;
    }

    static String pair(long partition, long left, long right) {
        return partition + ": " + left + " " + right;
    }

    private static void walk(long seed, int partition, long records, Visitor visitor) {
        long state = mix(seed + (partition + 1) * GOLDEN);
        for (long offset = 0; offset < records; offset++) {
            state += GOLDEN;
            visitor.visit(offset, mix(state));
        }
    }

    /** Takes the random number that a record is made of. */
    private interface Visitor {
        void visit(long offset, long random);
    }

    private static long key(long random, long keys) {
        return ((random >>> 32) * keys) >>> 32;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
