package io.strandline.bench.measure;

/**
 * A histogram of nanoseconds with 32 buckets to each power of two, so a percentile is at most 3 % too high (idea: HdrHistogram,
 * Gil Tene). Written by one thread; what another reads may lag behind.
 */
public final class Latencies {

    private static final int PRECISION = 5;
    private static final int BUCKETS = 64 << PRECISION;

    private final long[] counts = new long[BUCKETS];

    /** Adds one; a negative one counts as 0. */
    public void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
    }

    void add(Latencies other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
    }

    void reset() {
        java.util.Arrays.fill(counts, 0);
    }

    /** Number of latencies. */
    public long count() {
        long count = 0;
        for (long inBucket : counts) {
            count += inBucket;
        }
        return count;
    }

    /** The value that a share of all do not exceed, in microseconds; 0 when there are none. */
    public double micros(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0) {
                return upperBound(bucket) / 1e3;
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int exponent = Math.max(0, 63 - PRECISION - Long.numberOfLeadingZeros(nanos | 1));
        return (exponent << PRECISION) + (int) (nanos >>> exponent);
    }

    private static long upperBound(int bucket) {
        int exponent = Math.max(0, (bucket >>> PRECISION) - 1);
        long mantissa = bucket - ((long) exponent << PRECISION);
        return ((mantissa + 1) << exponent) - 1;
    }
}
