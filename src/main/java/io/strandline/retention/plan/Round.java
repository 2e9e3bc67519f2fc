package io.strandline.retention.plan;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Says when something that recurs is due, by monotonic time: the first time one interval after the start. */
public final class Round {

    private final LongSupplier nanoTime;
    private long last;

    /**
     * Starts the first interval.
     *
     * @param nanoTime monotonic nanoseconds, as {@link System#nanoTime}
     */
    public Round(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Whether an interval has passed since the last time it was due; null never does. */
    public synchronized boolean due(@Nullable Duration interval) {
        long now = nanoTime.getAsLong();
        if (interval == null || Duration.ofNanos(now - last).compareTo(interval) < 0) {
            return false;
        }
        last = now;
        return true;
    }
}
