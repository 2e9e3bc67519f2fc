package io.strandline.security.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many things happen a second on average, and so many at once after a pause. */
public final class TokenBucket {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final double size;
    private final LongSupplier nanos;
    private double tokens;
    private long filledAt;

    /**
     * A full bucket.
     *
     * @param nanos a clock that only ever goes forward, such as {@link System#nanoTime}
     */
    public TokenBucket(int perSecond, int size, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.size = size;
        this.nanos = nanos;
        this.tokens = size;
        this.filledAt = nanos.getAsLong();
    }

    /** Takes one if there is one; otherwise says how long until there is. */
    public synchronized Duration take() {
        fill();
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * NANOS));
    }

    /** Whether nothing was taken for so long that it is full again. */
    synchronized boolean isFull() {
        fill();
        return tokens >= size;
    }

    private void fill() {
        long now = nanos.getAsLong();
        tokens = Math.min(size, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
