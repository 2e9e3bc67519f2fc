package io.strandline.api.stream;

import java.time.Duration;

/**
 * How much later than a left value a right one may be to be joined with it.
 *
 * @param lower at least, may be negative
 * @param upper at most
 */
record JoinInterval(Duration lower, Duration upper) {

    private static final long SHORTEST_BUCKET = 1_000;

    JoinInterval {
        if (lower.compareTo(upper) > 0) {
            throw new IllegalArgumentException("an interval from " + lower + " to " + upper);
        }
    }

    /** Whether values of these times are joined. */
    boolean joins(long left, long right) {
        return right - left >= lower.toMillis() && right - left <= upper.toMillis();
    }

    /** From which watermark on nothing can come that a left value is joined with. */
    long leftOver(long time) {
        return time + upper.toMillis();
    }

    /** From which watermark on nothing can come that a right value is joined with. */
    long rightOver(long time) {
        return time - lower.toMillis();
    }

    /** When to look for values that are over: seldom, so that a key's values are not gone through for each of them. */
    long cleaning(long over) {
        long bucket = Math.max(SHORTEST_BUCKET, upper.minus(lower).toMillis());
        return Math.floorDiv(over + bucket - 1, bucket) * bucket;
    }
}
